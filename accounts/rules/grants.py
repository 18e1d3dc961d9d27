"""When something that a person may do begins and ends, and who is left to do it. Pure.

Days are inclusive; an end of None means "still".
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Period:
    """From the first day to the last."""

    first: dt.date
    last: dt.date | None = None

    def overlaps(self, other: "Period") -> bool:
        """Whether there is a day that lies in both."""
        return _not_before(self.last, other.first) and _not_before(other.last, self.first)


class Fault(StrEnum):
    """Why a period will not do."""

    BEGINS_IN_THE_PAST = "begins_in_the_past"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    ENDS_IN_THE_PAST = "ends_in_the_past"
    HELD_ALREADY = "held_already"
    ENDED_ALREADY = "ended_already"


def fault_of_new(period: Period, held: Iterable[Period], *, today: dt.date) -> Fault | None:
    """Why this cannot be given beside what is ``held`` of the same; None when it can."""
    if period.first < today:
        return Fault.BEGINS_IN_THE_PAST
    if not _not_before(period.last, period.first):
        return Fault.ENDS_BEFORE_IT_BEGINS
    return Fault.HELD_ALREADY if clash(period, held) else None


def fault_of_end(
    period: Period, last: dt.date | None, held: Iterable[Period], *, today: dt.date
) -> Fault | None:
    """Why ``period`` cannot end on ``last`` beside what else is ``held``; None when it can."""
    if not _not_before(period.last, today):
        return Fault.ENDED_ALREADY
    if not _not_before(last, period.first):
        return Fault.ENDS_BEFORE_IT_BEGINS
    if not _not_before(last, today):
        return Fault.ENDS_IN_THE_PAST
    moved = Period(first=period.first, last=last)
    return Fault.HELD_ALREADY if clash(moved, held) else None


def clash(period: Period, held: Iterable[Period]) -> Period | None:
    """The first of those ``held`` that has a day in common with ``period``."""
    common = (one for one in held if one.overlaps(period))
    return min(common, key=lambda one: one.first, default=None)


def last_day_if_ended_now(period: Period, *, today: dt.date) -> dt.date | None:
    """Yesterday; None where it had not begun by then, so that it has held on no day at all."""
    yesterday = today - DAY
    return yesterday if yesterday >= period.first else None


def leaves_somebody(others: Iterable[dt.date | None], *, lost: dt.date | None) -> bool:
    """Whether one of the ``others`` who do it today goes on at least as long as the one who stops.

    ``others`` and ``lost`` are last days.
    """
    return any(end is None or (lost is not None and end >= lost) for end in others)


def _not_before(last: dt.date | None, day: dt.date) -> bool:
    return last is None or last >= day
