"""Raise, sharpen and clear flags: at most one is open for each plan and criterion.

A flag is raised for a must that is not met or is disputed, and for a should that belongs to thin
engagement once the milestone is near. It clears when the criterion is met, let pass by a named
exception, or no longer asked. It stays open while there is no data: not knowing is not better. What
comes back is a new flag that is linked to the one that had cleared.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from accounts import audit
from readiness.actions.clearing import why_cleared
from readiness.actions.visits import Occasion, Visit
from readiness.models import Flag
from readiness.queries.assessments import last_cleared_flags, open_flags
from readiness.rules.flags import Urgency
from readiness.rules.states import State

RAISING = frozenset({State.NOT_MET, State.DISPUTED})
FAILING = RAISING | {State.NO_DATA}
RISING = tuple(Urgency)


@dataclass(frozen=True, kw_only=True)
class FlagTally:
    """How many flags were raised, became more urgent, and were cleared."""

    raised: int = 0
    escalated: int = 0
    cleared: int = 0


@dataclass(frozen=True, kw_only=True)
class _Change:
    """A flag with new values, and what the audit trail says of it."""

    flag: Flag
    verb: str
    before: dict[str, Any]
    after: dict[str, Any]


def update_flags(visits: Iterable[Visit], *, occasion: Occasion) -> FlagTally:
    """Bring the flags of the plans in line with what was found.

    Call it inside the transaction that stores the assessments and holds the plans: nobody else
    can be changing flags of the same plans then. Running it again changes nothing.
    """
    visits = list(visits)
    by_plan = {visit.plan.pk: visit for visit in visits}
    standing = open_flags(by_plan)
    raised = [flag for visit in visits for flag in _raised(visit, standing, occasion)]
    _link_to_former(raised)
    changes = [
        change
        for (plan_id, _), flag in standing.items()
        for change in _changes(flag, by_plan[plan_id], occasion)
    ]
    _save(raised, changes, occasion)
    verbs = [change.verb for change in changes]
    return FlagTally(
        raised=len(raised), escalated=verbs.count("escalated"), cleared=verbs.count("cleared")
    )


def _raised(
    visit: Visit, standing: Mapping[tuple[int, str], Flag], occasion: Occasion
) -> list[Flag]:
    return [
        Flag(
            plan=visit.plan,
            key=key,
            severity=visit.urgency,
            figure=result.figure,
            raised_at=occasion.now,
            raised_by=visit.assessment,
            severity_since=occasion.now,
        )
        for key, result in visit.due().items()
        if result.state in RAISING and (visit.plan.pk, key) not in standing
    ]


def _link_to_former(raised: Iterable[Flag]) -> None:
    """Each new flag names the one of its plan and criterion that cleared last, if there is one."""
    raised = list(raised)
    if not raised:
        return
    former = last_cleared_flags({flag.plan_id for flag in raised})
    for flag in raised:
        flag.previous = former.get((flag.plan_id, flag.key))


def _changes(flag: Flag, visit: Visit, occasion: Occasion) -> list[_Change]:
    """What becomes of one open flag: nothing, another severity or figure, or its end."""
    _, result = visit.askable().get(flag.key, (None, None))
    if result is None or result.state not in FAILING:
        return [_cleared(flag, visit, occasion)]
    before = {"severity": flag.severity, "figure": flag.figure}
    after = {"severity": str(visit.urgency), "figure": result.figure}
    if before == after:
        return []
    flag.figure = result.figure
    if before["severity"] == after["severity"]:
        return [_Change(flag=flag, verb="", before=before, after=after)]
    rises = RISING.index(visit.urgency) > RISING.index(Urgency(flag.severity))
    flag.severity, flag.severity_since = visit.urgency, occasion.now
    verb = "escalated" if rises else "eased"
    return [_Change(flag=flag, verb=verb, before=before, after=after)]


def _cleared(flag: Flag, visit: Visit, occasion: Occasion) -> _Change:
    clearing = why_cleared(flag.key, visit)
    flag.cleared_at = occasion.now
    flag.cleared_in = visit.assessment
    flag.cleared_by_id = clearing.event_id
    flag.cleared_because = clearing.because
    after = {"because": clearing.because, "event": clearing.event_id}
    return _Change(flag=flag, verb="cleared", before={"figure": flag.figure}, after=after)


def _save(raised: list[Flag], changes: list[_Change], occasion: Occasion) -> None:
    """Three statements, and an audit row for each flag that was raised, moved or cleared.

    A figure that moves while the flag stands is kept and not audited: each assessment has it.
    """
    Flag.objects.bulk_create(raised)
    columns = ["severity", "figure", "severity_since"]
    columns += ["cleared_at", "cleared_in", "cleared_by", "cleared_because"]
    Flag.objects.bulk_update([change.flag for change in changes], columns)
    for flag in raised:
        after = {"severity": flag.severity, "figure": flag.figure, "reopens": flag.previous_id}
        audit.record(by=occasion.by, verb="raised", obj=flag, after=after, at=occasion.now)
    for change in changes:
        if change.verb:
            audit.record(
                by=occasion.by,
                verb=change.verb,
                obj=change.flag,
                before=change.before,
                after=change.after,
                at=occasion.now,
            )
