"""How dated rows follow one another: what is stored against what a file says. Pure.

Three promises hold whatever the file says. Nothing is deleted. Days up to the newest file loaded
before (``known_until``) keep what they had, except that an official closing day is believed. And
a file loaded as history fills gaps only.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

ONE_DAY = dt.timedelta(days=1)
FOR_EVER = dt.date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """As at which day a file speaks, and how.

    ``known_until`` is the day of the newest file of the same shape loaded before (None: none).
    ``is_newest``: no file of this kind is newer, in whatever shape; only then may a last day that
    is stored be taken back.
    """

    as_at: dt.date
    known_until: dt.date | None = None
    as_history: bool = False
    is_newest: bool = True

    def knew(self, day: dt.date) -> bool:
        """Whether an earlier file has already told what held on ``day``."""
        return self.known_until is not None and day <= self.known_until


@dataclass(frozen=True, slots=True)
class Span:
    """A stored row: what it is about (``key``) and its days, both inclusive."""

    pk: int
    key: Any
    start: dt.date
    end: dt.date | None

    @property
    def last(self) -> dt.date:
        return self.end or FOR_EVER

    def covers(self, day: dt.date) -> bool:
        return self.start <= day <= self.last


@dataclass(frozen=True, slots=True)
class Wish:
    """What a file says: ``key`` held from ``start`` (None: not said) to ``end`` (None: still)."""

    key: Any
    start: dt.date | None = None
    end: dt.date | None = None

    @property
    def last(self) -> dt.date:
        return self.end or FOR_EVER


class Steps:
    """The rows as they will be; what differs from those stored is what has to be written.

    Wishes are carried out one after the other, each against the rows as the one before left
    them; rows that are not stored yet have negative numbers.
    """

    def __init__(self, stored: Iterable[Span]) -> None:
        self._stored = {span.pk: span for span in stored}
        self._rows = dict(self._stored)
        self.later_than_said: list[Wish] = []
        """Opened as from the file's day, because an earlier file did not have them."""
        self.unknown_past: list[Wish] = []
        """Left out: they lie in days of which an earlier file has already told."""

    @property
    def opened(self) -> list[Wish]:
        """Rows to open."""
        return [Wish(row.key, row.start, row.end) for row in self._rows.values() if row.pk < 0]

    @property
    def ended(self) -> list[tuple[Span, dt.date | None]]:
        """Stored rows whose last day is set (None: it is taken back)."""
        return [
            (span, self._rows[pk].end)
            for pk, span in self._stored.items()
            if self._rows[pk].end != span.end
        ]

    def rivals_of(self, wish: Wish, *, one_at_a_time: bool) -> list[Span]:
        """The rows with which a wish must not overlap."""
        return [row for row in self._rows.values() if one_at_a_time or row.key == wish.key]

    def open(self, wish: Wish, start: dt.date, end: dt.date | None) -> None:
        """A new row."""
        number = -1 - len(self._rows)
        self._rows[number] = Span(number, wish.key, start, end)

    def end(self, span: Span, last: dt.date | None) -> None:
        """Set a last day, which is never before the first."""
        day = None if last is None else max(last, span.start)
        self._rows[span.pk] = replace(span, end=day)


def follow(
    spans: Sequence[Span], wishes: Iterable[Wish], moment: Moment, *, one_at_a_time: bool
) -> Steps:
    """The steps that bring ``spans`` to what a file wishes.

    ``one_at_a_time``: a new key ends the one before it (a practice has one commissioner).
    What the file does not mention stays as it is; ``end_others`` is for files that name all.
    """
    steps = Steps(spans)
    for wish in sorted(wishes, key=lambda wish: wish.start or moment.as_at):
        rivals = steps.rivals_of(wish, one_at_a_time=one_at_a_time)
        if moment.as_history:
            _fill_in(rivals, wish, moment, steps)
        elif wish.end is not None and wish.end < moment.as_at:
            _past(rivals, wish, moment, steps)
        else:
            _present(rivals, wish, moment, steps)
    return steps


def end_others(spans: Iterable[Span], kept: Collection[Any], moment: Moment, steps: Steps) -> None:
    """End what held on the file's day and is not among ``kept``; never for history."""
    if moment.as_history:
        return
    for span in spans:
        if span.covers(moment.as_at) and span.key not in kept:
            steps.end(span, moment.as_at - ONE_DAY)


def _present(rivals: Sequence[Span], wish: Wish, moment: Moment, steps: Steps) -> None:
    """What the file says of its own day."""
    on = max(moment.as_at, wish.start or moment.as_at)
    holding = [span for span in rivals if span.covers(on)]
    same = next((span for span in holding if span.key == wish.key), None)
    if same is not None:
        taken_back = wish.end is None and not moment.is_newest
        if not taken_back and not _next_after(rivals, same.last):
            steps.end(same, wish.end)
        return
    start = _start(rivals, holding, wish, moment)
    if wish.start is not None and start != wish.start and moment.knew(wish.start):
        steps.later_than_said.append(wish)
    for span in holding:
        steps.end(span, start - ONE_DAY)
    following = _next_after(rivals, start)
    last = wish.last if following is None else min(wish.last, following.start - ONE_DAY)
    steps.open(wish, start, None if last == FOR_EVER else last)


def _start(rivals: Sequence[Span], holding: Sequence[Span], wish: Wish, moment: Moment) -> dt.date:
    """The day the file says, unless that would rewrite days that are already told."""
    said = wish.start
    if said is None or moment.knew(said):
        return moment.as_at
    if said > moment.as_at:
        return said
    others = (span for span in rivals if span not in holding)
    if any(span.last >= said and span.start <= moment.as_at for span in others):
        return moment.as_at
    if any(span.start >= said for span in holding):
        return moment.as_at
    return said


def _past(rivals: Sequence[Span], wish: Wish, moment: Moment, steps: Steps) -> None:
    """What the file says is over."""
    start = wish.start or wish.last
    overlapping = [span for span in rivals if span.start <= wish.last and span.last >= start]
    same = [span for span in overlapping if span.key == wish.key]
    if same:
        newest = max(same, key=lambda span: span.start)
        if newest.end is None or newest.last > wish.last:
            steps.end(newest, wish.end)
    elif moment.knew(start) or any(s.end or s.start >= start for s in overlapping):
        steps.unknown_past.append(wish)
    else:
        for span in overlapping:
            steps.end(span, start - ONE_DAY)
        steps.open(wish, start, wish.end)


def _fill_in(rivals: Sequence[Span], wish: Wish, moment: Moment, steps: Steps) -> None:
    """Fill a gap before what is stored; what is stored is never touched."""
    at = min(wish.last, moment.as_at)
    if (wish.start or at) > at or any(span.covers(at) for span in rivals):
        return
    before = max((span.last for span in rivals if span.start <= at), default=None)
    start = wish.start or moment.as_at
    if before is not None:
        start = max(start, before + ONE_DAY)
    following = _next_after(rivals, at)
    end = at
    if wish.end is None and following is not None and following.key != wish.key:
        end = following.start - ONE_DAY
    steps.open(wish, start, end)


def _next_after(rivals: Sequence[Span], day: dt.date) -> Span | None:
    later = [span for span in rivals if span.start > day]
    return min(later, key=lambda span: span.start, default=None)
