"""Results, decisions with a true snapshot, conditions and exceptions as rows."""

import datetime as dt

from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from plans.models import Plan
from readiness.actions import ensure_policies
from readiness.actions.stored import assessment_row, result_rows
from readiness.models import (
    Assessment,
    Condition,
    CriterionException,
    CriterionResult,
    Decision,
)
from readiness.queries.computed import computed
from readiness.queries.snapshots import frozen
from readiness.rules.canonical import canonical, digest
from tests.factories import accounts


def results(plan: Plan) -> Assessment:
    """A current assessment as at today with its results; no flag is raised or cleared by it."""
    ensure_policies()  # a test that commits leaves none behind
    today, now = timezone.localdate(), timezone.now()
    found = computed([plan.pk], as_at=today)[plan.pk]
    Assessment.objects.filter(plan=plan, is_current=True).update(is_current=False)
    row = assessment_row(found, as_at=today, now=now, change_no=plan.change_no)
    row.save()
    CriterionResult.objects.bulk_create(result_rows(row, found))
    Plan.objects.filter(pk=plan.pk).update(assessed_no=plan.change_no)
    return row


def decision(
    plan: Plan,
    outcome: str = "conditions",
    by: User | None = None,
    summary: str = "The board has read the plan.",
) -> Decision:
    """The next decision on the plan, as it stands today, with one condition."""
    by = by or accounts.user(Role.REVIEWER)
    today, now = timezone.localdate(), timezone.now()
    number = Decision.objects.filter(plan=plan).count() + 1
    condition = {
        "text": "Hear every practice",
        "owner": "Programme director",
        "due_on": today + dt.timedelta(60),
    }
    words = {
        "number": number,
        "outcome": outcome,
        "outcome_name": outcome.capitalize(),
        "summary": summary,
        "decided_by": by.name,
        "reasons": {"gp_breadth": "More visits are planned"},
        "conditions": [condition],
    }
    found = computed([plan.pk], as_at=today)[plan.pk]
    text = canonical(frozen(plan, found, as_at=today, decided_at=now, decision=words))
    made = Decision.objects.create(
        plan=plan,
        number=number,
        outcome=outcome,
        summary=words["summary"],
        decided_at=now,
        decided_by=by,
        assessment=Assessment.objects.filter(plan=plan).latest("pk"),
        snapshot=text,
        sha256=digest(text),
    )
    made.reasons.create(key="gp_breadth", reason="More visits are planned")
    Condition.objects.create(decision=made, **condition)
    return made


def excepted(plan: Plan, key: str = "gp_breadth", **changes) -> CriterionException:
    """An exception in force for thirty days."""
    today = timezone.localdate()
    values = {
        "reason": "A rural footprint",
        "starts_on": today,
        "expires_on": today + dt.timedelta(30),
        "recorded_at": timezone.now(),
        "recorded_by": accounts.user(Role.REVIEWER),
    }
    return CriterionException.objects.create(plan=plan, key=key, **{**values, **changes})
