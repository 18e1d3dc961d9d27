"""The missing list: who belongs to a plan's footprint, who was not heard, and what was last tried."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import User
from engagement.models import Participation
from plans.access import plans_visible_to
from plans.models import Plan
from readiness.models import Criterion, CriterionResult
from readiness.queries.facts import members_of
from readiness.rules.facts import Member


@dataclass(frozen=True, kw_only=True)
class LastContact:
    """The newest record in a plan that names an organisation, whatever came of it."""

    held_on: dt.date
    channel: str
    status: str
    level: str
    outcome: str
    capacity: str


def everybody(plan: Plan, *, today: dt.date) -> list[Member]:
    """Everybody who belongs to the plan's footprint on ``today``; one statement."""
    return members_of(plan.pk, as_at=today)


def breadth_parameters(plan: Plan) -> dict[str, object]:
    """The thresholds by which the plan's breadth was last judged; empty before its first time."""
    judged = Criterion.objects.filter(
        key="gp_breadth",
        policy__assessments__plan=plan,
        policy__assessments__is_current=True,
    )
    return judged.values_list("parameters", flat=True).first() or {}


def last_contacts(plan: Plan, organisation_ids: Iterable[int]) -> dict[int, LastContact]:
    """The newest record in this plan of each organisation, by its id; one statement."""
    found = Participation.objects.filter(
        event__credits__plan=plan,
        event__withdrawn_at__isnull=True,
        organisation__in=list(organisation_ids),
    ).order_by("-held_on", "-pk")
    columns = (
        "organisation_id", "held_on", "event__channel", "event__status", "event__level",
        "outcome", "capacity",
    )  # fmt: skip
    newest: dict[int, LastContact] = {}
    for organisation, held_on, channel, status, level, outcome, capacity in found.values_list(
        *columns
    ):
        newest.setdefault(
            organisation,
            LastContact(
                held_on=held_on,
                channel=channel,
                status=status,
                level=level,
                outcome=outcome,
                capacity=capacity,
            ),
        )
    return newest


@dataclass(frozen=True, kw_only=True)
class ListOfPlan:
    """What the stored assessment says is missing in a plan; None where it does not know."""

    code: str
    name: str
    plan_type: str
    submission_on: dt.date
    practices: int | None = None
    practices_heard: int | None = None
    lmcs: int | None = None
    lmcs_heard: int | None = None


def missing_lists(user: User, *, today: dt.date) -> list[ListOfPlan]:
    """Every plan in scope with its stored counts, most practices missing first; two statements."""
    plans = plans_visible_to(user, today=today)
    columns = ("pk", "code", "footprint__name", "plan_type", "submission_on")
    stored = CriterionResult.objects.filter(
        assessment__is_current=True,
        assessment__plan__in=plans.values("pk"),
        key__in=("gp_breadth", "lmc_reached"),
    )
    evidence = {
        (plan, key): numbers
        for plan, key, numbers in stored.order_by().values_list(
            "assessment__plan_id", "key", "evidence"
        )
    }
    found = [
        _list_of(
            row, evidence.get((row[0], "gp_breadth"), {}), evidence.get((row[0], "lmc_reached"), {})
        )
        for row in plans.values_list(*columns)
    ]
    return sorted(found, key=lambda one: (_heard(one) - (one.practices or 0), one.name))


def _heard(one: ListOfPlan) -> int:
    return one.practices_heard or 0


def _list_of(
    row: tuple[int, str, str, str, dt.date], breadth: dict[str, int], lmcs: dict[str, int]
) -> ListOfPlan:
    _, code, name, plan_type, submission_on = row
    return ListOfPlan(
        code=code,
        name=name,
        plan_type=plan_type,
        submission_on=submission_on,
        practices=breadth.get("practices"),
        practices_heard=breadth.get("heard"),
        lmcs=lmcs.get("lmcs"),
        lmcs_heard=lmcs.get("heard"),
    )
