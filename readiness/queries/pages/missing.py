"""The missing list: who belongs to a plan's footprint, who was not heard, and what was last tried."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from accounts.models import User
from engagement.models import Participation
from plans.access import plans_visible_to
from plans.models import Plan
from plans.queries.moment import Moment
from readiness.models import Criterion, CriterionResult
from readiness.queries.facts import members_of
from readiness.queries.pages.dossier import stood
from readiness.queries.policies import policies_in_force
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


def everybody(plan: Plan, moment: Moment) -> Sequence[Member]:
    """Everybody who belongs to the plan's footprint on the day and how far each was reached, as far
    as it had been recorded."""
    return members_of(plan.pk, as_at=moment.day, known=moment.known)


def breadth_parameters(plan: Plan, moment: Moment) -> Mapping[str, object]:
    """The thresholds by which the plan's breadth was last judged, or those in force on a day in
    the past; empty where no policy judges it. One statement."""
    if moment.is_past:
        in_force = policies_in_force(as_at=moment.day).get(plan.plan_type)
        criteria = in_force.criteria if in_force else ()
        return next((one.parameters for one in criteria if one.key == "gp_breadth"), {})
    judged = Criterion.objects.filter(
        key="gp_breadth",
        policy__assessments__plan=plan,
        policy__assessments__is_current=True,
    )
    return judged.values_list("parameters", flat=True).first() or {}


def last_contacts(
    plan: Plan, organisation_ids: Iterable[int], moment: Moment
) -> dict[int, LastContact]:
    """The newest record in this plan of each organisation, by its id; one statement."""
    found = Participation.objects.filter(
        stood(moment.known),
        event__credits__plan=plan,
        organisation__in=list(organisation_ids),
    ).order_by("-held_on", "-pk")
    if moment.is_past:
        found = found.filter(held_on__lte=moment.day)
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
