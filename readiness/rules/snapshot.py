"""What was known when a decision was taken: frozen whole, judged again, compared.

A snapshot is plain data (`readiness.rules.canonical`). It holds every record from which the
figures follow, so that they can be worked out again without the database:

form        the number of this form
plan        code, title, footprint, type, submission
as_at       the day of the figures; decided_at is the moment of the decision
decision    number, outcome, summary, who took it, reasons and conditions
policy      version and day, and each criterion with its texts, strength and thresholds
register    the newest register file of each kind on the day
assessment  overall state, musts, musts met, thin engagement
results     everything of each result
facts       members, contacts, phases, seats, arrangements, papers with exceptions
events      those behind the parts; organisations: whoever took part
parts       every participation behind the figures; `disputed` takes it out of them
disputes    the open ones, with what was said on both sides
disagreements  those that a reviewer closed as stated disagreements; only where there are any
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeAlias

from readiness.rules.canonical import canonical, made, plain
from readiness.rules.catalogue import Assessment, Terms, assess
from readiness.rules.facts import NO_RUNG, Facts, Part
from readiness.rules.reach import contacts_from, members_reached, next_planned
from readiness.rules.states import State

FORM = 1

Snapshot: TypeAlias = dict[str, Any]

OF_THE_EVENT = ("title", "held_on", "channel", "level", "status", "recorded_on")
STATE_WORDS = {
    State.NOT_MET: "not met",
    State.DISPUTED: "disputed",
    State.NO_DATA: "no data",
    State.EXCEPTION: "met by exception",
    State.MET: "met",
    State.NOT_APPLICABLE: "not applicable",
}


@dataclass(frozen=True, kw_only=True)
class Named:
    """How an organisation is called."""

    id: int
    code: str
    name: str
    category: str


@dataclass(frozen=True, kw_only=True)
class Known:
    """Everything that a snapshot freezes beside the facts, in words and plain values."""

    plan: Mapping[str, Any]
    policy: Mapping[str, Any]
    register: Mapping[str, Any]
    disputes: Sequence[Mapping[str, Any]] = ()
    disagreements: Sequence[Mapping[str, Any]] = ()
    organisations: Sequence[Named] = ()
    decision: Mapping[str, Any] | None = None


def snapshot_of(
    *,
    facts: Facts,
    parts: Sequence[Part],
    found: Assessment,
    known: Known,
    as_at: date,
    decided_at: datetime,
) -> Snapshot:
    """The plain data that is frozen; the order in which anything was read leaves no trace."""
    disputed = {(part.event_id, part.organisation_id) for part in facts.disputed}
    return plain(
        {
            "form": FORM,
            "plan": known.plan,
            "as_at": as_at,
            "decided_at": decided_at,
            "decision": known.decision or {},
            "policy": known.policy,
            "register": known.register,
            "assessment": {
                "overall": found.overall,
                "musts": found.musts,
                "musts_met": found.musts_met,
                "thin": found.thin,
            },
            "results": found.results,
            "facts": _ordered(facts),
            "events": _events(parts),
            "organisations": sorted(known.organisations, key=lambda one: one.id),
            "parts": _in_order([_part(part, disputed) for part in parts]),
            "disputes": _in_order(known.disputes),
            **({"disagreements": _in_order(known.disagreements)} if known.disagreements else {}),
        }
    )


def rebuild(snapshot: Snapshot) -> Assessment:
    """Judge the frozen records again: reach and contacts from the parts, results by the frozen
    thresholds. Nothing that had been worked out is believed."""
    return assess(facts_again(snapshot), terms_of(snapshot), day_of(snapshot))


def facts_again(snapshot: Snapshot) -> Facts:
    """The facts, with everything that follows from the parts worked out anew."""
    as_at = day_of(snapshot)
    facts = made(Facts, snapshot["facts"])
    counted, disputed = _parts_again(snapshot)
    bare = (
        replace(
            member, rung=NO_RUNG, first_heard=None, last_heard=None, last_attempt=None
        )
        for member in facts.members
    )  # fmt: skip
    return replace(
        facts,
        members=members_reached(bare, counted, as_at),
        contacts=contacts_from(counted, as_at),
        next_planned_on=next_planned(counted, as_at),
        disputed=tuple(disputed),
    )


def terms_of(snapshot: Snapshot) -> list[Terms]:
    """The frozen policy as the rules read it."""
    return [
        Terms(key=one["key"], strength=one["strength"], parameters=one["parameters"])
        for one in snapshot["policy"]["criteria"]
    ]


def faults(snapshot: Snapshot) -> list[str]:
    """What the frozen records do not bear out, in sentences; empty for a sound snapshot."""
    try:
        again, facts = rebuild(snapshot), facts_again(snapshot)
    except (KeyError, TypeError, ValueError) as problem:
        return [f"It cannot be read: {problem!r}."]
    if [one["key"] for one in snapshot["results"]] != [one.key for one in again.results]:
        return ["The results are not those of the frozen policy."]
    found = [
        f"{title(snapshot, then['key'])}: {_said(then)} is frozen, {_said(now)} follows from the"
        " frozen records."
        for then, now in zip(snapshot["results"], plain(again.results), strict=True)
        if canonical(then) != canonical(now)
    ]
    whole = {"overall": again.overall, "musts": again.musts, "musts_met": again.musts_met}
    if canonical(snapshot["assessment"]) != canonical({**whole, "thin": again.thin}):
        found.append("The overall state does not follow from the results.")
    for name, value in (("members", facts.members), ("contacts", facts.contacts)):
        if canonical(snapshot["facts"][name]) != canonical(_in_order(value)):
            found.append(f"The {name} do not follow from the participations.")
    return found


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One criterion that says something else in another snapshot of the same plan."""

    key: str
    title: str
    words: str


def differences(snapshot: Snapshot, other: Snapshot) -> list[Difference]:
    """Every criterion whose state or figure is another one in ``other``, in plain sentences."""
    now = {one["key"]: one for one in other["results"]}
    then = {one["key"]: one for one in snapshot["results"]}
    found = [
        _difference(
            title(snapshot if key in then else other, key), key, then.get(key), now.get(key)
        )
        for key in {**then, **now}
    ]
    return [one for one in found if one is not None]


def title(snapshot: Snapshot, key: str) -> str:
    """What the criterion is called in the frozen policy."""
    titles = {one["key"]: one["title"] for one in snapshot["policy"]["criteria"]}
    return str(titles.get(key, key))


def _difference(
    called: str, key: str, then: Mapping[str, Any] | None, now: Mapping[str, Any] | None
) -> Difference | None:
    if then is None or now is None:
        was = "was not a criterion then, is one now" if then is None else "is no criterion now"
        return Difference(key=key, title=called, words=f"{called}: {was}.")
    if (then["state"], then["figure"]) == (now["state"], now["figure"]):
        return None
    if then["state"] == now["state"]:
        words = f"{called}: {then['figure']} then, {now['figure']} now."
    else:
        words = f"{called}: {_said(then)} then, {_said(now)} now."
    return Difference(key=key, title=called, words=words)


def _said(result: Mapping[str, Any]) -> str:
    return f"{result['figure']} ({STATE_WORDS[State(result['state'])]})"


def day_of(snapshot: Snapshot) -> date:
    """The day of the figures."""
    return date.fromisoformat(snapshot["as_at"])


def _ordered(facts: Facts) -> dict[str, Any]:
    """The facts with every tuple in an order of its own, without what stands among the parts."""
    frozen = plain(facts)
    del frozen["disputed"]
    papers = frozen["papers"]
    for owner in (frozen, papers):
        owner |= {
            name: _in_order(value) for name, value in owner.items() if isinstance(value, list)
        }
    return frozen


def _events(parts: Sequence[Part]) -> list[dict[str, Any]]:
    events = {part.event_id: part for part in parts}
    return [
        {"id": pk, **{name: getattr(part, name) for name in OF_THE_EVENT}}
        for pk, part in sorted(events.items())
    ]


def _part(part: Part, disputed: set[tuple[int, int]]) -> dict[str, Any]:
    return {
        "event": part.event_id,
        "organisation": part.organisation_id,
        "category": part.category,
        "capacity": part.capacity,
        "outcome": part.outcome,
        "counted_here": part.counted_here,
        "disputed": (part.event_id, part.organisation_id) in disputed,
    }


def _parts_again(snapshot: Snapshot) -> tuple[list[Part], list[Part]]:
    """The parts that count, and those that an open dispute takes out."""
    events = {one["id"]: one for one in snapshot["events"]}
    found: tuple[list[Part], list[Part]] = ([], [])
    for one in snapshot["parts"]:
        event = {name: events[one["event"]][name] for name in OF_THE_EVENT}
        about = {name: one[name] for name in ("category", "capacity", "outcome", "counted_here")}
        ids = {"event_id": one["event"], "organisation_id": one["organisation"]}
        found[one["disputed"]].append(made(Part, {**ids, **event, **about}))
    return found


def _in_order(values: Sequence[Any]) -> list[Any]:
    return sorted(plain(values), key=canonical)
