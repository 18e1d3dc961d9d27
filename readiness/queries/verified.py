"""Whether a decision's snapshot is sound, and what the record says otherwise of that day now."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from engagement.models import Event
from readiness.models import Decision, Policy, PolicyStatus
from readiness.queries.computed import computed
from readiness.queries.policies import PolicyInForce
from readiness.queries.snapshots import frozen, policy_words
from readiness.rules.canonical import canonical, digest, plain
from readiness.rules.since import Change, Mark, changes, events_apart
from readiness.rules.snapshot import Difference, Snapshot, day_of, differences, faults


@dataclass(frozen=True, kw_only=True)
class Verified:
    """One decision, looked at again.

    faults       what is wrong with the snapshot itself; none for a sound one
    differences  criteria whose figure is another one by the record as it is now
    changes      what became of the records since, whether or not it moved a figure
    """

    decision: Decision
    faults: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def is_sound(self) -> bool:
        return not self.faults


def verified_decisions(*, code: str | None = None) -> Iterator[Verified]:
    """Every decision, or those on the plan with this code, oldest first, one at a time."""
    decisions = Decision.objects.select_related("plan__footprint", "decided_by")
    if code is not None:
        decisions = decisions.filter(plan__code=code)
    for pk in list(decisions.order_by("decided_at", "pk").values_list("pk", flat=True)):
        yield verified(decisions.get(pk=pk))


def verified(decision: Decision) -> Verified:
    """Hash, judge again from the frozen records, then compare with the record as it is now."""
    wrong = [] if digest(decision.snapshot) == decision.sha256 else ["Its SHA-256 does not hold."]
    try:
        snapshot: Snapshot = json.loads(decision.snapshot)
        wrong += [*_row_faults(decision, snapshot), *faults(snapshot)]
        then, now = snapshot, _as_recorded_now(decision, snapshot)
    except (ValueError, KeyError, TypeError) as problem:
        return Verified(decision=decision, faults=(*wrong, f"It cannot be read: {problem!r}."))
    if now is None:
        return Verified(decision=decision, faults=tuple(wrong))
    return Verified(
        decision=decision,
        faults=tuple(wrong),
        differences=tuple(differences(then, now)),
        changes=tuple(
            changes(
                then,
                now,
                _marks(events_apart(then, now)),
                later_policy=_later_policy(then, now),
            )
        ),
    )


def _row_faults(decision: Decision, snapshot: Snapshot) -> Iterator[str]:
    """The row beside the snapshot must say what the snapshot says."""
    words = snapshot["decision"]
    row = {
        "number": decision.number,
        "outcome": decision.outcome,
        "summary": decision.summary,
        "reasons": dict(decision.reasons.values_list("key", "reason")),
        "conditions": sorted(
            plain(list(decision.conditions.values("text", "owner", "due_on"))), key=canonical
        ),
    }
    for name, value in row.items():
        frozen_value = words[name]
        if name == "conditions":
            frozen_value = sorted(frozen_value, key=canonical)
        if canonical(frozen_value) != canonical(value):
            yield f"The {name} on record is not the one that was frozen."
    if canonical(snapshot) != decision.snapshot:
        yield "Its text is not in the canonical form."


def _as_recorded_now(decision: Decision, snapshot: Snapshot) -> Snapshot | None:
    """The same day, out of the dated data as it is now; None where no policy judges the plan."""
    as_at = day_of(snapshot)
    found = computed([decision.plan_id], as_at=as_at).get(decision.plan_id)
    if found is None:
        return None
    members = [one["id"] for one in snapshot["facts"]["members"]]
    return frozen(
        decision.plan, found, as_at=as_at, decided_at=decision.decided_at, once_members=members
    )


def _later_policy(then: Snapshot, now: Snapshot) -> dict[str, Any] | None:
    """The newest approved policy of the plan's type, where it is in force after the day only."""
    known = max(one["policy"]["version"] for one in (then, now))
    newest = (
        Policy.objects.filter(
            plan_type=then["policy"]["plan_type"],
            status=PolicyStatus.APPROVED,
            version__gt=known,
        )
        .order_by("-version")
        .first()
    )
    if newest is None:
        return None
    criteria = tuple(newest.criteria.order_by("position"))
    return plain(policy_words(PolicyInForce(policy=newest, criteria=criteria)))


def _marks(event_ids: Iterable[int]) -> dict[int, Mark]:
    columns = ("title", "held_on", "recorded_at", "withdrawn_at", "withdrawn_reason")
    rows = Event.objects.filter(pk__in=list(event_ids)).values("pk", *columns)
    return {row.pop("pk"): Mark(**row) for row in rows}
