"""What became of the records behind a decision: two snapshots of one plan and day, laid side by side.

One was frozen when the decision was taken, the other made of the records as they are now. Each
change is a sentence of one kind; whether it moved a figure is said by `snapshot.differences`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from readiness.rules.canonical import canonical
from readiness.rules.since_register import register_changes
from readiness.rules.snapshot import Snapshot
from readiness.rules.wording import count, day, listing


class Cause(StrEnum):
    """Kinds of change, in the order in which they are told."""

    LATE = "recorded late"
    WITHDRAWN = "withdrawn since"
    AMENDED = "amended since"
    DISPUTED = "disputed since"
    RESOLVED = "no longer disputed"
    REGISTER = "register changed"
    POLICY = "policy changed"
    PAPERS = "papers changed"
    SEATS = "seats or arrangements changed"
    PLAN = "plan changed"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that is another now, in a sentence."""

    cause: Cause
    words: str


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What the record says today of an event that is in only one of the two snapshots."""

    title: str
    held_on: date
    recorded_at: datetime
    withdrawn_at: datetime | None = None
    withdrawn_reason: str = ""


PAPER_NAMES: Mapping[str, tuple[str, str]] = {
    "versions": ("version of the plan", "versions of the plan"),
    "shown": ("showing of a version", "showings of versions"),
    "opinions": ("opinion of a Health and Wellbeing Board", ""),
    "group_reasons": ("reason for a group that was not engaged", ""),
    "activities": ("line of the engagement plan", "lines of the engagement plan"),
    "advice": ("need of specialist advice", "needs of specialist advice"),
    "neighbours": ("neighbouring plan", ""),
    "triages": ("decision on formal consultation", "decisions on formal consultation"),
    "consultations": ("consultation", ""),
    "commitments": ("commitment", ""),
    "judgements": ("judgement", ""),
    "answers": ("answer of an organisation", "answers of organisations"),
    "exceptions": ("exception", ""),
}
DATES = {
    "starts_on": "start",
    "first_draft_on": "first draft",
    "submission_on": "submission",
}
EVENT_FIELDS = {
    "title": "title",
    "held_on": "date",
    "channel": "channel",
    "level": "level",
    "status": "status",
}


def changes(
    then: Snapshot,
    now: Snapshot,
    marks: Mapping[int, Mark],
    *,
    later_policy: Mapping[str, Any] | None = None,
) -> list[Change]:
    """Everything that is on record for the day of the decision and was not, or is no more.

    `marks` has an entry for each event that is in one of the two only; see `events_apart`.
    `later_policy` was approved since and is in force only after the day: it moves no figure of it.
    """
    told = [
        *_events(then, now, marks),
        *_disputes(then, now),
        *(Change(cause=Cause.REGISTER, words=words) for words in register_changes(then, now)),
        *_policy(then["policy"], now["policy"]),
        *(_later(then["policy"], later_policy) if later_policy else ()),
        *_papers(then["facts"]["papers"], now["facts"]["papers"]),
        *_listed(
            then["facts"],
            now["facts"],
            Cause.SEATS,
            {"seats": "seat", "arrangements": "arrangement"},
        ),
        *_plan(then, now),
    ]
    order = tuple(Cause)
    return sorted(told, key=lambda one: order.index(one.cause))


def events_apart(then: Snapshot, now: Snapshot) -> set[int]:
    """Ids of the events that only one of the two knows."""
    before, after = ({event["id"] for event in one["events"]} for one in (then, now))
    return before ^ after


def _events(then: Snapshot, now: Snapshot, marks: Mapping[int, Mark]) -> Iterable[Change]:
    decided_at = datetime.fromisoformat(then["decided_at"])
    old, new = ({event["id"]: event for event in one["events"]} for one in (then, now))
    parts_then, parts_now = _parts_by_event(then), _parts_by_event(now)
    for pk in sorted(old | new):
        if pk not in old:
            yield _added(marks[pk], decided_at, len(parts_now[pk]))
        elif pk not in new:
            yield _gone(old[pk], marks[pk])
        elif words := _amended(old[pk], new[pk], parts_then[pk], parts_now[pk]):
            called = _called(old[pk]["title"], date.fromisoformat(old[pk]["held_on"]))
            yield Change(cause=Cause.AMENDED, words=f"{called}: {words}.")


def _added(mark: Mark, decided_at: datetime, organisations: int) -> Change:
    called, who = _called(mark.title, mark.held_on), count(organisations, "organisation")
    if mark.recorded_at > decided_at:
        when = day(mark.recorded_at.date())
        words = f"{called}, was recorded on {when}, after the decision: {who}."
        return Change(cause=Cause.LATE, words=words)
    words = f"{called}, counts for this plan now and did not then: {who}."
    return Change(cause=Cause.AMENDED, words=words)


def _gone(event: Mapping[str, Any], mark: Mark) -> Change:
    called = _called(event["title"], date.fromisoformat(event["held_on"]))
    if mark.withdrawn_at is not None:
        when = day(mark.withdrawn_at.date())
        words = f"{called}, was withdrawn on {when}: {mark.withdrawn_reason}"
        return Change(cause=Cause.WITHDRAWN, words=_sentence(words))
    words = f"{called}, counted for this plan then and does not now."
    return Change(cause=Cause.AMENDED, words=words)


def _amended(
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    parts_then: set[str],
    parts_now: set[str],
) -> str:
    said = [
        f"{called} {old[name]} then, {new[name]} now"
        for name, called in EVENT_FIELDS.items()
        if old[name] != new[name]
    ]
    if gone := len(parts_then - parts_now):
        said.append(
            f"{count(gone, 'participation')} of then {'is' if gone == 1 else 'are'} gone or changed"
        )
    if added := len(parts_now - parts_then):
        said.append(
            f"{count(added, 'participation')} {'is' if added == 1 else 'are'} new or changed"
        )
    return "; ".join(said)


def _parts_by_event(snapshot: Snapshot) -> dict[int, set[str]]:
    """Who took part and as what; whether it is disputed or counts here is told elsewhere."""
    found: dict[int, set[str]] = {event["id"]: set() for event in snapshot["events"]}
    for part in snapshot["parts"]:
        about = (part["organisation"], part["capacity"], part["outcome"])
        found[part["event"]].add(canonical(about))
    return found


def _disputes(then: Snapshot, now: Snapshot) -> Iterable[Change]:
    old, new = _disputed(then), _disputed(now)
    gone = {event["id"] for event in then["events"]} - {event["id"] for event in now["events"]}
    for pair in sorted(new.keys() - old.keys()):
        yield Change(cause=Cause.DISPUTED, words=f"{new[pair]}, is disputed now.")
    for pair in sorted(old.keys() - new.keys()):
        if pair[0] not in gone:
            yield Change(
                cause=Cause.RESOLVED, words=f"{old[pair]}, was disputed then and is not now."
            )


def _disputed(snapshot: Snapshot) -> dict[tuple[int, int], str]:
    names = {one["id"]: one["name"] for one in snapshot["organisations"]}
    events = {one["id"]: one for one in snapshot["events"]}
    return {
        (part["event"], part["organisation"]): (
            f"{names.get(part['organisation'], 'An organisation')} in "
            + _called(
                events[part["event"]]["title"],
                date.fromisoformat(events[part["event"]]["held_on"]),
            )
        )
        for part in snapshot["parts"]
        if part["disputed"]
    }


def _policy(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterable[Change]:
    if then["version"] != now["version"]:
        words = f"Version {then['version']} then, version {now['version']} now"
        yield Change(cause=Cause.POLICY, words=f"{words}: {now['title']}.")
    yield from _thresholds(then, now)


def _later(then: Mapping[str, Any], later: Mapping[str, Any]) -> Iterable[Change]:
    since = day(date.fromisoformat(later["effective_from"]))
    words = f"Version {later['version']} is in force from {since}, after the day of the figures."
    yield Change(cause=Cause.POLICY, words=words)
    yield from _thresholds(then, later)


def _thresholds(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterable[Change]:
    old, new = ({one["key"]: one for one in policy["criteria"]} for policy in (then, now))
    for key, one in new.items():
        if key in old and (said := _criterion(old[key], one)):
            yield Change(cause=Cause.POLICY, words=f"{one['title']}: {said}.")


def _criterion(then: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    before, after = ({"strength": one["strength"], **one["parameters"]} for one in (then, now))
    return "; ".join(
        f"{name.replace('_', ' ')} {_value(before.get(name))} then, {_value(after.get(name))} now"
        for name in sorted(before | after)
        if before.get(name) != after.get(name)
    )


def _papers(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterable[Change]:
    for name, (one, many) in PAPER_NAMES.items():
        yield from _compared(then.get(name, ()), now.get(name, ()), Cause.PAPERS, one, many)


def _listed(
    then: Mapping[str, Any], now: Mapping[str, Any], cause: Cause, names: Mapping[str, str]
) -> Iterable[Change]:
    for name, noun in names.items():
        yield from _compared(then[name], now[name], cause, noun, "")


def _compared(
    then: Sequence[Any], now: Sequence[Any], cause: Cause, one: str, many: str
) -> Iterable[Change]:
    before, after = ({canonical(item) for item in items} for items in (then, now))
    if gone := len(before - after):
        yield Change(cause=cause, words=f"{count(gone, one, many)} of then gone or changed.")
    if added := len(after - before):
        yield Change(cause=cause, words=f"{count(added, one, many)} new or changed.")


def _plan(then: Snapshot, now: Snapshot) -> Iterable[Change]:
    before, after = then["facts"], now["facts"]
    for name, called in DATES.items():
        if before[name] != after[name]:
            words = f"The {called} was {_date(before[name])} then, {_date(after[name])} now."
            yield Change(cause=Cause.PLAN, words=words)
    yield from _listed(before, after, Cause.PLAN, {"phases": "phase"})


def _called(title: str, held_on: date) -> str:
    return f"{title}, {day(held_on)}"


def _date(value: str | None) -> str:
    return day(date.fromisoformat(value)) if value else "not set"


def _value(value: object) -> str:
    if isinstance(value, list):
        return listing([str(item) for item in value]) or "none"
    return "none" if value is None else str(value)


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."
