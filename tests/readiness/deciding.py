"""A plan that can be decided on, for the tests of decisions."""

import datetime as dt
import uuid

from accounts.models import User
from accounts.roles import Role
from plans.models import Plan
from readiness.actions import assess_plans
from readiness.actions.decisions import Seen, decide
from readiness.models import Assessment, Decision
from readiness.rules.deciding import UNMET as UNMET_STATES
from readiness.rules.deciding import ConditionFacts, Verdict
from tests.factories import accounts
from tests.readiness.country import NOW, at

SUMMARY = "The board has read the plan and the record behind it."


def reviewer(name: str = "") -> User:
    return accounts.user(Role.REVIEWER, name=name)


def assessed(plan: Plan, *, as_at: dt.date) -> Assessment:
    """The plan's current assessment as at the day."""
    assess_plans(plan_ids=[plan.pk], as_at=as_at, now=at(as_at))
    return Assessment.objects.get(plan=plan, is_current=True)


def unmet(assessment: Assessment) -> list[str]:
    """Keys of the musts that need a reason."""
    rows = assessment.results.filter(criterion__strength="must", state__in=UNMET_STATES)
    return list(rows.order_by("criterion__position").values_list("key", flat=True))


def verdict(assessment: Assessment, outcome: str = "agree", **changes) -> Verdict:
    """A decision that lacks nothing."""
    conditions = {
        "conditions": [
            ConditionFacts(
                text="Hear the practices of Wigan",
                owner="Programme director",
                due_on=assessment.as_at + dt.timedelta(90),
            )
        ]
    }
    values = {
        "outcome": outcome,
        "summary": SUMMARY,
        "reasons": {key: f"Reason for {key}" for key in unmet(assessment)},
        **(conditions if outcome == "conditions" else {}),
    }
    return Verdict(**{**values, **changes})


def seen(assessment: Assessment, *, number: int = 0, form_key: uuid.UUID | None = None) -> Seen:
    return Seen(assessment_id=assessment.pk, number=number, form_key=form_key or uuid.uuid4())


def decided(
    plan: Plan, outcome: str = "agree", *, by: User | None = None, now: dt.datetime = NOW, **changes
) -> Decision:
    """A decision on the plan as it is assessed at `now`."""
    assessment = assessed(plan, as_at=now.date())
    return decide(
        plan=plan,
        verdict=verdict(assessment, outcome, **changes),
        seen=seen(assessment, number=Decision.objects.filter(plan=plan).count()),
        by=by or reviewer(),
        now=now,
    )
