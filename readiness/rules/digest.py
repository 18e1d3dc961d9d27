"""What goes into whose daily summary: what is new, what waits, what is due. Pure.

One summary a day for each person, whatever happened: 500 flags that rise and clear in one sweep
make lines of it and never messages. Nothing new makes no summary, however much is due.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

DUE_WITHIN = 14
"""Days before its day on which what is due is first spoken of. Ours, not official."""

SPOKEN_OF = (DUE_WITHIN, 3, -1)
"""Days before its day on which what is due is news: two weeks, three days, and once it is late."""

REMINDED_AFTER = 7
"""Days after which what waits for somebody is news once more."""

LATE_FOR = 60
"""Days after which what is late is no longer listed: the pages show it."""

SHOWN = 10
"""Lines of a section; the others are a number and a link."""


class Who(StrEnum):
    """To whom a kind of thing is told."""

    MANAGER = "manager"
    REVIEWER = "reviewer"
    REPRESENTATIVE = "representative"


class How(StrEnum):
    """When it is told: once when it happened, while it waits, or as its day comes near."""

    HAPPENED = "happened"
    WAITS = "waits"
    DUE = "due"


class Kind(StrEnum):
    """What a summary can speak of, in the order in which it does."""

    QUESTION = "question"
    REPLY = "reply"
    CLAIM_DECIDED = "claim_decided"
    POINTS = "points"
    READY = "ready"
    NOT_READY = "not_ready"
    FLAG = "flag"
    SHARPENED = "sharpened"
    ANSWER = "answer"
    CLAIM = "claim"
    DISPUTE_OPEN = "dispute_open"
    PASSED = "passed"
    MILESTONE = "milestone"
    ACTION = "action"
    PROMISE = "promise"
    DECISION = "decision"
    EXCEPTION = "exception"
    CONDITION = "condition"


TOLD: Mapping[Kind, tuple[How, frozenset[Who]]] = {
    Kind.QUESTION: (How.WAITS, frozenset({Who.REPRESENTATIVE})),
    Kind.REPLY: (How.HAPPENED, frozenset({Who.REPRESENTATIVE})),
    Kind.CLAIM_DECIDED: (How.HAPPENED, frozenset({Who.REPRESENTATIVE})),
    Kind.POINTS: (How.HAPPENED, frozenset({Who.REPRESENTATIVE})),
    Kind.READY: (How.HAPPENED, frozenset({Who.REVIEWER})),
    Kind.NOT_READY: (How.HAPPENED, frozenset({Who.REVIEWER})),
    Kind.FLAG: (How.HAPPENED, frozenset({Who.MANAGER})),
    Kind.SHARPENED: (How.HAPPENED, frozenset({Who.MANAGER})),
    Kind.ANSWER: (How.HAPPENED, frozenset({Who.MANAGER})),
    Kind.CLAIM: (How.HAPPENED, frozenset({Who.MANAGER})),
    Kind.DISPUTE_OPEN: (How.WAITS, frozenset({Who.REVIEWER})),
    Kind.PASSED: (How.DUE, frozenset({Who.MANAGER})),
    Kind.MILESTONE: (How.DUE, frozenset({Who.MANAGER})),
    Kind.ACTION: (How.DUE, frozenset({Who.MANAGER})),
    Kind.PROMISE: (How.DUE, frozenset({Who.MANAGER})),
    Kind.DECISION: (How.DUE, frozenset({Who.REVIEWER})),
    Kind.EXCEPTION: (How.DUE, frozenset({Who.REVIEWER, Who.MANAGER})),
    Kind.CONDITION: (How.DUE, frozenset({Who.REVIEWER, Who.MANAGER})),
}


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing. ``at`` is when it happened or began to wait, ``due_on`` its day.

    ``plan`` and ``organisation`` are the ids by which it is somebody's; ``key`` is the id of what
    is linked to; ``name``, ``of`` (a record's title) and ``detail`` are for the words about it.
    """

    kind: Kind
    key: int
    name: str
    plan: int | None = None
    organisation: int | None = None
    at: datetime | None = None
    due_on: date | None = None
    of: str = ""
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Reader:
    """A person and what concerns them: plans that they manage, organisations they answer for."""

    user: int
    manages: frozenset[int] = frozenset()
    answers_for: frozenset[int] = frozenset()
    reviews: bool = False


@dataclass(frozen=True, kw_only=True)
class Period:
    """From the last summaries to these; ``today`` is the day on which they are sent."""

    since: datetime
    until: datetime
    since_day: date
    today: date


@dataclass(frozen=True, kw_only=True)
class Section:
    """All that a summary says of one kind: the first few items, and how many there are."""

    kind: Kind
    items: tuple[Item, ...]
    number: int


def composed(
    readers: Iterable[Reader], items: Iterable[Item], period: Period
) -> dict[int, list[Section]]:
    """User id -> the sections of the summary, for those to whom something is new."""
    told = _by_owner(item for item in items if _is_told(item, period))
    found = {reader.user: _of_reader(reader, told) for reader in readers}
    return {
        user: _sections(own)
        for user, own in found.items()
        if any(is_news(item, period) for item in own)
    }


def is_news(item: Item, period: Period) -> bool:
    """Whether it alone is reason enough for a summary."""
    how, _ = TOLD[item.kind]
    if how == How.DUE:
        return item.due_on is not None and any(
            _between(item.due_on - timedelta(days), period) for days in SPOKEN_OF
        )
    if item.at is None:
        return False
    fresh = period.since <= item.at < period.until
    if how == How.HAPPENED or fresh:
        return fresh
    return _between(item.at.date() + timedelta(REMINDED_AFTER), period)


def _is_told(item: Item, period: Period) -> bool:
    how, _ = TOLD[item.kind]
    if how == How.HAPPENED:
        return is_news(item, period)
    if how == How.DUE and item.due_on is not None:
        return -LATE_FOR <= (item.due_on - period.today).days <= DUE_WITHIN
    return True


def _between(day: date, period: Period) -> bool:
    return period.since_day < day <= period.today


Owned = dict[tuple[Who, int | None], list[Item]]


def _by_owner(items: Iterable[Item]) -> Owned:
    """Told once for each owner: by plan to its managers, by organisation to who answers for it."""
    found: Owned = {}
    for item in items:
        _, who = TOLD[item.kind]
        owners = {Who.MANAGER: item.plan, Who.REPRESENTATIVE: item.organisation}
        for one in who:
            found.setdefault((one, owners.get(one)), []).append(item)
    return found


def _of_reader(reader: Reader, told: Owned) -> set[Item]:
    owners: list[tuple[Who, int | None]] = [(Who.MANAGER, plan) for plan in reader.manages]
    owners += [(Who.REPRESENTATIVE, organisation) for organisation in reader.answers_for]
    owners += [(Who.REVIEWER, None)] if reader.reviews else []
    return {item for owner in owners for item in told.get(owner, ())}


def _sections(items: Iterable[Item]) -> list[Section]:
    """What is due and what happened by its day; one thing in two plans is one line."""
    found: dict[Kind, dict[tuple[int, str, str], Item]] = {}
    for item in sorted(items, key=_order):
        found.setdefault(item.kind, {}).setdefault((item.key, item.name, item.detail), item)
    return [
        Section(kind=kind, items=tuple(found[kind].values())[:SHOWN], number=len(found[kind]))
        for kind in Kind
        if kind in found
    ]


def _order(item: Item) -> tuple[date, date, int, float, str, int]:
    """By day, then plan by plan: what one sweep finds has one moment."""
    moment = item.at.timestamp() if item.at else 0.0
    day = item.at.date() if item.at else date.min
    return item.due_on or date.min, day, item.plan or 0, moment, item.name, item.key
