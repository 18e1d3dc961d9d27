"""assess_plans: what is stored, when, and what happens when somebody writes meanwhile."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagement.models import EventPlan
from plans.actions import mark_changed
from plans.models import Plan, PlanType
from readiness.actions import Tally, assess, assess_plans
from readiness.actions.assess import CHUNK
from readiness.models import Assessment, Criterion, CriterionResult, Flag, Policy
from stakeholders.models import OpenPeriod
from tests.factories import engagement, plans, stakeholders
from tests.readiness.country import NOW, TODAY, at, country

MOST_STATEMENTS = 70
CRITERIA = 25
"""Of version 2 of the policy for an STP; 17 of them are musts."""

TOMORROW = TODAY + dt.timedelta(1)


def assess_now(*, plan_ids=None, as_at=TODAY) -> Tally:
    return assess_plans(plan_ids=plan_ids, as_at=as_at, now=at(as_at))


def current(plan):
    return Assessment.objects.get(plan=plan, is_current=True)


def result(plan, key):
    return current(plan).results.get(key=key)


def test_an_assessment_keeps_every_result_and_what_is_behind_it(somewhere):
    held = somewhere.meeting(somewhere.lmc, *somewhere.practices[:1])
    assess_now()
    assessment = current(somewhere.plan)
    assert (assessment.as_at, assessment.overall, assessment.musts) == (TODAY, "not_met", 17)
    assert assessment.results.count() == CRITERIA
    breadth = result(somewhere.plan, "gp_breadth")
    assert breadth.figure == "1 of 5 practices; 20% of patients"
    assert set(breadth.evidence["missing"]) == {one.pk for one in somewhere.practices[1:]}
    assert len(breadth.evidence["fewest"]) == 1
    assert breadth.evidence["events"] == [held.pk]
    assert result(somewhere.plan, "lmc_reached").state == "met"


def test_the_headline_says_in_a_line_what_is_thin(somewhere):
    assess_now()
    headline = current(somewhere.plan).headline
    assert headline["states"]["gp_breadth"] == "not_met"
    assert headline["figures"]["lmc_reached"] == "0 of 1 LMC"
    assert headline["lmcs_missing"] == [somewhere.lmc.name]
    assert headline["localities_silent"] == [somewhere.commissioner.name]
    assert headline["thin"][:2] == ["lmc_reached", "no_proxy"]


def test_assessing_twice_stores_once(somewhere):
    assert assess_now().stored == 1
    again = assess_now()
    assert (again.stored, again.unchanged) == (0, 1)
    assert Assessment.objects.count() == 1


def test_another_day_is_another_assessment_and_the_former_one_stays(somewhere):
    assess_now()
    former = current(somewhere.plan)
    assess_now(as_at=TOMORROW)
    former.refresh_from_db()
    assert not former.is_current
    assert former.results.count() == CRITERIA
    assert current(somewhere.plan).as_at == TOMORROW


def test_an_older_day_never_replaces_a_newer_one(somewhere):
    assess_now(as_at=TOMORROW)
    assert assess_now().overtaken == 1
    assert current(somewhere.plan).as_at == TOMORROW


def test_a_result_that_moved_without_a_mark_is_stored_all_the_same(somewhere):
    assess_now()
    somewhere.meeting(*somewhere.practices)
    assert assess_now().stored == 1
    assert result(somewhere.plan, "gp_breadth").state == "met"


def test_assessing_ends_the_plan_s_being_stale(somewhere):
    mark_changed(plan_ids=[somewhere.plan.pk], now=NOW)
    assess_now()
    somewhere.plan.refresh_from_db()
    assert somewhere.plan.assessed_no == somewhere.plan.change_no == 2


def meanwhile(monkeypatch, what):
    """Let something else happen after the facts are read and before the results are stored."""
    computed = assess.computed

    def interrupted(*args, **kwargs):
        monkeypatch.setattr(assess, "computed", computed)
        found = computed(*args, **kwargs)
        what()
        return found

    monkeypatch.setattr(assess, "computed", interrupted)


def test_a_change_made_while_computing_is_not_lost(somewhere, monkeypatch):
    meanwhile(monkeypatch, lambda: mark_changed(plan_ids=[somewhere.plan.pk], now=NOW))
    assess_now()
    somewhere.plan.refresh_from_db()
    assert (somewhere.plan.assessed_no, somewhere.plan.change_no) == (1, 2)


def test_a_slow_worker_never_overwrites_a_newer_assessment(somewhere, monkeypatch):
    def somebody_else_logs_and_assesses():
        somewhere.meeting(*somewhere.practices)
        mark_changed(plan_ids=[somewhere.plan.pk], now=NOW)
        assess_now()

    meanwhile(monkeypatch, somebody_else_logs_and_assesses)
    assert assess_now().overtaken == 1
    assert result(somewhere.plan, "gp_breadth").state == "met"
    somewhere.plan.refresh_from_db()
    assert somewhere.plan.assessed_no == somewhere.plan.change_no


def test_two_workers_that_read_the_same_leave_one_assessment(somewhere, monkeypatch):
    meanwhile(monkeypatch, assess_now)
    assert assess_now().unchanged == 1
    assert Assessment.objects.count() == 1
    assert Flag.objects.values("key").distinct().count() == Flag.objects.count()


def at_once(*calls):
    """PostgreSQL: in threads of their own. SQLite lets one writer in at a time: in turn."""
    if connection.vendor == "sqlite":
        return [call() for call in calls]

    def closing(call):
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(closing, calls))


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_have_the_effect_of_one():
    here = country()
    tallies = at_once(*[assess_now] * 4)
    assert sum(tally.stored for tally in tallies) == 1
    assert Assessment.objects.filter(plan=here.plan).count() == 1
    assert CriterionResult.objects.count() == CRITERIA
    flags = list(Flag.objects.values_list("key", flat=True))
    assert len(flags) == len(set(flags)) > 0


def test_a_plan_whose_type_has_no_policy_is_counted_and_not_assessed(somewhere):
    Criterion.objects.filter(policy__plan_type=PlanType.STP_2016).delete()
    Policy.objects.filter(plan_type=PlanType.STP_2016).delete()
    assert assess_now() == Tally(no_policy=1)


def test_a_footprint_without_practices_is_no_data_and_never_a_crash(somewhere):
    OpenPeriod.objects.update(valid_to=TODAY - dt.timedelta(1))
    assess_now()
    assert result(somewhere.plan, "gp_breadth").state == "no_data"
    assert result(somewhere.plan, "lmc_reached").state == "no_data"


def test_unknown_plans_are_nothing_to_do(somewhere):
    assert assess_now(plan_ids=[somewhere.plan.pk + 1]) == Tally()
    assert assess_now(plan_ids=[]) == Tally()


def statements_of_a_night(day):
    """How many it takes to assess every plan, each with an event that nobody has counted.

    Rows are inserted many at a time, as many as the database takes in a statement.
    """
    mark_changed(plan_ids=None, now=NOW)
    for plan in Plan.objects.all():
        engagement.took_part(stakeholders.practice(), engagement.event(plan))
    with CaptureQueriesContext(connection) as captured:
        tally = assess_now(as_at=day)
    assert tally.stored == Plan.objects.count()
    return sum(not one["sql"].startswith("INSERT") for one in captured)


def test_the_number_of_statements_does_not_grow_with_the_plans(somewhere):
    """It does with the chunks, each of which is a transaction of its own: so does no list."""
    assess_now()
    one = statements_of_a_night(TOMORROW)
    for _ in range(1, CHUNK):
        country(practices=2)
    assess_now()
    chunk = statements_of_a_night(TOMORROW + dt.timedelta(1))
    assert chunk == one <= MOST_STATEMENTS


def test_sixty_plans_are_assessed_as_one_is(somewhere):
    for _ in range(1, 60):
        plans.plan(plans.footprint(somewhere.commissioner))
    held = somewhere.meeting(*somewhere.practices)
    for plan in Plan.objects.exclude(pk=somewhere.plan.pk):
        EventPlan.objects.create(event=held, plan=plan, held_on=held.held_on)
    tally = assess_now()
    assert (tally.stored, tally.unchanged, tally.overtaken) == (60, 0, 0)
    assert tally.flags.raised == Flag.objects.count() > 60
    figures = CriterionResult.objects.filter(key="gp_breadth").values_list("figure", flat=True)
    assert list(figures) == ["5 of 5 practices; 100% of patients"] * 60
    assert assess_now().unchanged == 60


def test_plans_of_both_types_are_assessed_by_their_own_policy(somewhere):
    place = plans.plan(somewhere.plan.footprint, plan_type=PlanType.NHP_2026)
    assess_now()
    assert current(place).policy.plan_type == PlanType.NHP_2026
    assert current(somewhere.plan).policy.plan_type == PlanType.STP_2016
