"""What the rules find, by the policies in force or by others, of what was known at a moment."""

import datetime as dt

import pytest
from django.utils import timezone

from plans.models import PlanType
from readiness.actions import ensure_policies
from readiness.models import Policy
from readiness.queries.computed import computed
from readiness.queries.policies import policies_in_force
from readiness.rules.states import State
from tests.factories import accounts, engagement
from tests.readiness.queries.scattered import DAY, footprint_of

pytestmark = pytest.mark.django_db

THEN = timezone.make_aware(dt.datetime(2016, 6, 1))


@pytest.fixture(autouse=True)
def policies(db):
    """A test that commits empties the tables after it; the policies come back as for any plan."""
    ensure_policies()


def lmc_reached(found):
    return next(result for _, result in found.lines() if result.key == "lmc_reached")


def test_a_result_is_that_of_what_was_known():
    plan, _, lmc, _ = footprint_of(1)
    logged_late = engagement.event(plan, recorded_at=THEN)
    engagement.took_part(lmc, logged_late, capacity="representative")
    now, then = (computed([plan.pk], as_at=DAY, known=known)[plan.pk] for known in (None, THEN))
    assert (lmc_reached(now).state, lmc_reached(then).state) == (State.MET, State.NOT_MET)
    assert (len(now.facts.contacts), len(then.facts.contacts)) == (1, 0)


def newer_policy(approved_at):
    """A version after the last, in force on the day, with one criterion only."""
    last = Policy.objects.filter(plan_type=PlanType.STP_2016).order_by("version").last()
    made = Policy.objects.create(
        plan_type=last.plan_type,
        version=last.version + 1,
        effective_from=max(DAY, last.effective_from),
        title="Shorter",
        approved_at=approved_at,
        approved_by=accounts.user(),
    )
    criterion = last.criteria.get(key="lmc_reached")
    criterion.pk, criterion.policy = None, made
    criterion.save()
    return made


@pytest.mark.parametrize(("minutes", "is_known"), [(-1, True), (0, False)])
def test_a_policy_judges_once_it_was_approved(minutes, is_known):
    plan, *_ = footprint_of(1)
    newer = newer_policy(THEN + dt.timedelta(minutes=minutes))
    day = newer.effective_from
    assert computed([plan.pk], as_at=day)[plan.pk].in_force.policy == newer
    found = computed([plan.pk], as_at=day, known=THEN)[plan.pk]
    assert (found.in_force.policy == newer) is is_known


def test_policies_that_are_given_take_the_place_of_those_in_force():
    plan, *_ = footprint_of(1)
    place, *_ = footprint_of(1)
    place.plan_type = PlanType.NHP_2026
    place.save()
    given = {PlanType.STP_2016: policies_in_force(as_at=DAY)[PlanType.STP_2016]}
    newer = newer_policy(THEN)
    found = computed([plan.pk, place.pk], as_at=max(DAY, newer.effective_from), policies=given)
    assert {pk: one.in_force for pk, one in found.items()} == {plan.pk: given[PlanType.STP_2016]}
