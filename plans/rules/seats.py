"""Who held a seat from when to when, and how many speak for general practice. Standard library only."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

HWB = "Health and Wellbeing Board"
"""As the criteria look for it in the name of a body."""

_HWB_OTHERWISE = re.compile(
    r"\b(?:health\s*(?:and|&)\s*well[\s\-\u2010\u2011]?being\s+board|HWB)\b", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class Held:
    """A seat held from a day to a day, both included; None: still held. `holder` None: nobody, as
    somebody recorded."""

    id: int
    holder: str | None
    first: date
    last: date | None = None


@dataclass(frozen=True, kw_only=True)
class Span:
    """A stretch of a seat's time. `holder` None: it was vacant. `held_id` is the row behind it; None
    for the time between two of them."""

    holder: str | None
    first: date
    last: date | None
    held_id: int | None = None

    @property
    def is_vacant(self) -> bool:
        return self.holder is None

    def days(self, today: date) -> int:
        """How many days of it have passed by today, that of its beginning counted."""
        last = today if self.last is None else min(self.last, today)
        return max(0, (last - self.first).days + 1)


def timeline(rows: Iterable[Held], today: date) -> list[Span]:
    """The holders of one seat, oldest first, with every gap between them as a vacancy.

    A seat whose last holder left before today is vacant since; two may hold it at once.
    """
    found: list[Span] = []
    covered: date | None = None
    ordered = sorted(rows, key=lambda row: (row.first, row.last or date.max, row.id))
    for row in ordered:
        if found and covered is not None and row.first > covered + timedelta(1):
            found.append(_gap(covered, row.first - timedelta(1)))
        span = Span(holder=row.holder, first=row.first, last=row.last, held_id=row.id)
        found.append(span)
        covered = _later(covered, row.last, is_first=len(found) == 1)
    if found and covered is not None and covered < today:
        found.append(_gap(covered, None))
    return found


def vacant_since(spans: Sequence[Span], today: date) -> date | None:
    """The first day of the vacancy of today; None where somebody holds the seat.

    A vacancy that follows another one without a day between is the same.
    """
    holds = [one for one in spans if one.first <= today and (one.last is None or one.last >= today)]
    if not holds or any(not one.is_vacant for one in holds):
        return None
    since = min(one.first for one in holds)
    for one in reversed(spans):
        if one.is_vacant and one.last is not None and one.last + timedelta(1) == since:
            since = one.first
    return since


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """Somebody on a board on a day. `person` tells one who holds two seats; empty where only the
    organisation is known, which is then one person for each seat."""

    seat: int
    person: int | None
    speaks: bool
    is_proxy: bool = False


@dataclass(frozen=True, kw_only=True)
class Voices:
    """Of so many `people`, how many speak for general practice; `proxies` are GPs who sit for
    somebody else, and are not counted."""

    speaking: int
    people: int
    proxies: int


def voices(sitting: Collection[Sitting]) -> Voices:
    """Everybody counted once, however many seats they hold; one who speaks in any seat speaks."""
    people = {_who(one) for one in sitting}
    speaking = {_who(one) for one in sitting if one.speaks}
    proxies = {_who(one) for one in sitting if one.is_proxy} - speaking
    return Voices(speaking=len(speaking), people=len(people), proxies=len(proxies))


@dataclass(frozen=True, kw_only=True)
class Attendance:
    """How often whoever holds a seat came to the meetings of its body in that time.

    `silent` are the meetings of whose list they are no part.
    """

    meetings: int = 0
    present: int = 0
    apologies: int = 0
    absent: int = 0

    @property
    def silent(self) -> int:
        return self.meetings - self.present - self.apologies - self.absent


def full_name(body: str) -> str:
    """The name of a body with "Health & Well-being Board" and "HWB" as everybody else writes them: one
    board has one name, and is known as what it is."""
    return _HWB_OTHERWISE.sub(HWB, body)


def body_of(title: str, bodies: Sequence[str]) -> str:
    """The body whose meeting this is: the one that the title names (the longest name where several
    fit), or else the first, which is the plan's own board; empty without bodies."""
    written = full_name(title).casefold()
    named = [body for body in bodies if full_name(body).casefold() in written]
    return max(named, key=len, default=bodies[0] if bodies else "")


def _gap(covered: date, last: date | None) -> Span:
    return Span(holder=None, first=covered + timedelta(1), last=last)


def _later(covered: date | None, last: date | None, *, is_first: bool) -> date | None:
    """The last day that is covered so far; None once there is no end to it."""
    if is_first:
        return last
    return None if covered is None or last is None else max(covered, last)


def _who(one: Sitting) -> tuple[str, int]:
    return ("seat", one.seat) if one.person is None else ("person", one.person)
