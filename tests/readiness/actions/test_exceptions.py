"""Exceptions and conditions: who may, until when, once, and what follows for the figures."""

import datetime as dt

import pytest

from accounts.models import AuditEntry
from plans.models import FootprintGrant, Plan
from readiness.actions.conditions import meet_condition
from readiness.actions.decisions import HasGrant
from readiness.actions.exceptions import (
    ExceptionRefused,
    ExceptionStands,
    grant_exception,
    withdraw_exception,
)
from readiness.models import Condition, CriterionException, Decision
from tests.readiness.country import NOW, TODAY
from tests.readiness.deciding import assessed, decided, reviewer

YEAR = dt.date(2017, 7, 1)


def grant(somewhere, *, by=None, **changes):
    values = {"key": "gp_breadth", "reason": "A rural footprint", "expires_on": YEAR, **changes}
    return grant_exception(plan=somewhere.plan, by=by or reviewer(), now=NOW, **values)


def state(somewhere, key="gp_breadth"):
    return assessed(somewhere.plan, as_at=TODAY).results.get(key=key)


def test_an_exception_lets_a_criterion_pass_and_its_end_ends_that(somewhere):
    assert state(somewhere).state == "not_met"
    by = reviewer("Dr Reviewer")
    granted = grant(somewhere, by=by)
    plan = Plan.objects.get(pk=somewhere.plan.pk)
    assert plan.change_no > plan.assessed_no
    assert AuditEntry.objects.get(verb="exception granted").actor == by
    row = state(somewhere)
    assert row.state == "exception"
    assert row.evidence["exception"]["approver"] == "Dr Reviewer"

    assert withdraw_exception(exception=granted, reason="Heard since", by=by, now=NOW)
    assert state(somewhere).state == "not_met"
    assert not withdraw_exception(exception=granted, reason="Again", by=by, now=NOW)
    assert CriterionException.objects.get().withdrawn_reason == "Heard since"
    assert AuditEntry.objects.filter(verb="exception withdrawn").count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"key": "no_such_criterion"}, "Choose a criterion"),
        ({"key": "hwb_of_another"}, "Choose a criterion"),
        ({"reason": "  "}, "Enter why"),
        ({"expires_on": TODAY}, "after 1 July 2016 and by 1 July 2017"),
        ({"expires_on": TODAY - dt.timedelta(1)}, "after 1 July 2016"),
        ({"expires_on": YEAR + dt.timedelta(1)}, "by 1 July 2017"),
    ],
)
def test_an_exception_that_may_not_be_is_refused(somewhere, changes, sentence):
    with pytest.raises(ExceptionRefused, match=sentence):
        grant(somewhere, **changes)
    assert not CriterionException.objects.exists()


def test_the_same_sent_twice_is_granted_once_and_another_waits(somewhere):
    by = reviewer()
    first = grant(somewhere, by=by)
    assert grant(somewhere, by=by) == first
    with pytest.raises(ExceptionStands) as told:
        grant(somewhere, by=reviewer())
    assert told.value.exception == first
    assert grant(somewhere, key="recent", by=by) != first
    withdraw_exception(exception=first, reason="Too long", by=by, now=NOW)
    assert grant(somewhere, by=by, expires_on=TODAY + dt.timedelta(30)) != first


def test_who_may_write_there_neither_grants_nor_withdraws_nor_marks(somewhere):
    granted = grant(somewhere)
    decided(somewhere.plan, "conditions")
    by = reviewer()
    FootprintGrant.objects.create(user=by, footprint=somewhere.plan.footprint, valid_from=TODAY)
    with pytest.raises(HasGrant):
        grant(somewhere, key="recent", by=by)
    with pytest.raises(HasGrant):
        withdraw_exception(exception=granted, reason="No", by=by, now=NOW)
    with pytest.raises(HasGrant):
        meet_condition(condition=Condition.objects.get(), how="Done", by=by, now=NOW)
    assert CriterionException.objects.standing().count() == 1
    assert Condition.objects.get().met_at is None


def test_to_withdraw_a_reason_is_needed(somewhere):
    granted = grant(somewhere)
    with pytest.raises(ExceptionRefused):
        withdraw_exception(exception=granted, reason=" ", by=reviewer(), now=NOW)


def test_an_exception_is_no_reason_that_is_missing(somewhere):
    """A must that is met by exception asks the reviewer for nothing more."""
    grant(somewhere)
    made = decided(somewhere.plan)
    assert "gp_breadth" not in made.reasons.values_list("key", flat=True)
    assert '"approver"' in made.snapshot


def test_a_condition_is_met_once_and_the_snapshot_stays(somewhere):
    made = decided(somewhere.plan, "conditions")
    before, by = (made.snapshot, made.sha256), reviewer()
    condition = made.conditions.get()
    assert meet_condition(condition=condition, how="All were heard", by=by, now=NOW)
    assert not meet_condition(condition=condition, how="By me", by=reviewer(), now=NOW)
    condition.refresh_from_db()
    assert (condition.met_how, condition.met_by) == ("All were heard", by)
    after = Decision.objects.get()
    assert (after.snapshot, after.sha256) == before
    assert AuditEntry.objects.filter(verb="condition met").count() == 1
    with pytest.raises(ValueError, match="how"):
        meet_condition(condition=condition, how=" ", by=by, now=NOW)
