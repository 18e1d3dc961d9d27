"""Answers over time: a column a day, or a week where the days are many."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ui.shapes import Column
from ui.words import nhs_date, patients

DAYS_DRAWN = 45
"""Up to so many days a column is a day; beyond, a week, and beyond so many weeks, a month."""


@dataclass(frozen=True, kw_only=True)
class Days:
    """The columns, what they are of, and the same as rows."""

    columns: Sequence[Column]
    caption: str
    rows: Sequence[tuple[str, str]]
    heading: str

    @property
    def headings(self) -> list[str]:
        return [self.heading, self.number_heading]

    @property
    def number_heading(self) -> str:
        return "Organisations and people"

    @property
    def summary(self) -> str:
        """What the table under the columns is called before it is opened."""
        return f"{self.caption}: the numbers as a table"


def in_time(days: Mapping[dt.date, int]) -> Days | None:
    """Who answered for the first time on each day; None where nobody has."""
    if not days:
        return None
    first, last = min(days), max(days)
    span = (last - first).days + 1
    if span <= DAYS_DRAWN:
        each, heading = [first + dt.timedelta(one) for one in range(span)], "Day"
    elif span <= DAYS_DRAWN * 7:
        monday = first - dt.timedelta(first.weekday())
        weeks = (last - monday).days // 7 + 1
        each = [monday + dt.timedelta(7 * one) for one in range(weeks)]
        heading = "Week of"
    else:
        each, heading = _months(first, last), "Month"
    name: Callable[[dt.date], str] = _month if heading == "Month" else nhs_date
    starts: defaultdict[dt.date, int] = defaultdict(int)
    for day, number in days.items():
        starts[max(one for one in each if one <= day)] += number
    prefix = "the week of " if heading == "Week of" else ""
    return Days(
        columns=[Column(label=f"{prefix}{name(one)}", number=starts[one]) for one in each],
        caption=f"Organisations and people by the {heading.split()[0].lower()} of their first answer",
        rows=[(name(one), patients(starts[one])) for one in each if starts[one]],
        heading=heading,
    )


def _months(first: dt.date, last: dt.date) -> list[dt.date]:
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    return [
        dt.date(first.year + (first.month - 1 + one) // 12, (first.month - 1 + one) % 12 + 1, 1)
        for one in range(months)
    ]


def _month(day: dt.date) -> str:
    return f"{day:%B %Y}"
