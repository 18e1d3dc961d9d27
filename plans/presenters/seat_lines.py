"""The seats of a plan's bodies over time: holders, vacancies, attendance, and who speaks for whom."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from plans.models import BoardSeat, Capacity
from plans.rules.seats import (
    HWB,
    Attendance,
    Held,
    Sitting,
    Span,
    Voices,
    timeline,
    vacant_since,
    voices,
)
from stakeholders.models import GENERAL_PRACTICE
from ui.shapes import Figure
from ui.words import nhs_date, plural

OWN_VOICE = (Capacity.PROVIDER, Capacity.REPRESENTATIVE)
NAMES_A_GP = re.compile(r"\b(GPs?|general practitioners?|general practice)\b")
VACANT = "Vacant"


@dataclass(frozen=True, kw_only=True)
class HolderLine:
    """One stretch of a seat's time in words."""

    holder: str
    dates: str
    note: str
    attendance: str
    is_vacant: bool


@dataclass(frozen=True, kw_only=True)
class SeatHistory:
    """One seat of one body, with everybody who held it, the newest first; ``fill_url`` while vacant."""

    title: str
    vacancy: str
    fill_url: str
    holders: Sequence[HolderLine]


@dataclass(frozen=True, kw_only=True)
class BodyHistory:
    """One body with its seats: how many people sit on it, and how many speak for general practice."""

    name: str
    sentence: str
    seats: Sequence[SeatHistory]


def bodies_in_order(seats: Iterable[BoardSeat]) -> list[str]:
    """The plan's bodies, its own board before any Health and Wellbeing Board."""
    names = dict.fromkeys(seat.body for seat in seats)
    return sorted(names, key=lambda name: (HWB.lower() in name.lower(), name))


def histories(
    seats: Sequence[BoardSeat], attendance: Mapping[int, Attendance], *, today: dt.date
) -> list[BodyHistory]:
    """Every body with every seat that it ever had."""
    return [
        BodyHistory(
            name=body,
            sentence=voices_sentence(voices_of(_on(seats, today, body=body))),
            seats=_of_body([seat for seat in seats if seat.body == body], attendance, today),
        )
        for body in bodies_in_order(seats)
    ]


def fill_url(seat: BoardSeat) -> str:
    """The form that says who holds the vacant seat of this row."""
    return f"{reverse('plans:seat-add', args=[seat.plan.code])}?fills={seat.pk}"


def speaks_for_practice(seat: BoardSeat) -> bool:
    """Whether the seat gives general practice its own voice: what the criterion counts."""
    return (
        seat.organisation is not None
        and seat.organisation.category in GENERAL_PRACTICE
        and seat.capacity in OWN_VOICE
    )


def voices_of(seats: Iterable[BoardSeat]) -> Voices:
    """How many of those who hold these seats speak for general practice; vacant ones hold nobody."""
    return voices([_sitting(seat) for seat in seats if seat.organisation is not None])


def voices_now(seats: Iterable[BoardSeat], today: dt.date) -> Voices:
    """The same of the seats of one day, on all bodies of the plan."""
    return voices_of(_on(list(seats), today))


def voices_sentence(found: Voices) -> str:
    """`One of 30 people speaks for general practice. 2 GPs who sit as commissioners are not counted.`"""
    if not found.people:
        return "Nobody is on record as sitting there."
    said = f"{_number(found.speaking)} of {plural(found.people, 'person', 'people')}"
    verb = "speaks" if found.speaking <= 1 else "speak"
    words = f"{said} {verb} for general practice."
    if not found.proxies:
        return words
    are = "is not counted" if found.proxies == 1 else "are not counted"
    who = "GP who sits" if found.proxies == 1 else "GPs who sit"
    return f"{words} {found.proxies:,} {who} for a commissioner or in another capacity {are}."


def voices_figures(found: Voices) -> list[Figure]:
    """The same as a figure; nothing where nobody sits."""
    if not found.people:
        return []
    label = "people on its boards speaks for general practice"
    if found.speaking != 1:
        label = "people on its boards speak for general practice"
    return [Figure(number=f"{found.speaking:,} of {found.people:,}", label=label)]


def _of_body(
    seats: Sequence[BoardSeat], attendance: Mapping[int, Attendance], today: dt.date
) -> list[SeatHistory]:
    by_title: dict[str, list[BoardSeat]] = {}
    for seat in seats:
        by_title.setdefault(seat.title, []).append(seat)
    return [_history(title, rows, attendance, today) for title, rows in by_title.items()]


def _history(
    title: str, rows: Sequence[BoardSeat], attendance: Mapping[int, Attendance], today: dt.date
) -> SeatHistory:
    by_id = {row.pk: row for row in rows}
    spans = timeline([_held(row) for row in rows], today)
    vacancy = _vacancy(spans, today)
    newest = max(
        rows, key=lambda row: (row.valid_to is None, row.valid_to or row.valid_from, row.pk)
    )
    return SeatHistory(
        title=title,
        vacancy=vacancy,
        fill_url=fill_url(newest) if vacancy else "",
        holders=[
            _line(span, by_id.get(span.held_id or 0), attendance, today) for span in reversed(spans)
        ],
    )


def _line(
    span: Span, row: BoardSeat | None, attendance: Mapping[int, Attendance], today: dt.date
) -> HolderLine:
    until = f"to {nhs_date(span.last)}" if span.last else "to today"
    dates = f"{nhs_date(span.first)} {until}"
    if span.is_vacant or row is None:
        for_days = f"For {plural(span.days(today), 'day')}"
        return HolderLine(holder=VACANT, dates=dates, note=for_days, attendance="", is_vacant=True)
    came = attendance.get(row.pk)
    return HolderLine(
        holder=span.holder or VACANT,
        dates=dates,
        note=row.get_capacity_display(),
        attendance=attendance_words(came) if came else "",
        is_vacant=False,
    )


def attendance_words(came: Attendance) -> str:
    """`Came to 5 of 7 meetings; 1 apology; not on the list at 1`."""
    if not came.meetings:
        return "No meeting is logged"
    parts = [f"Came to {came.present:,} of {plural(came.meetings, 'meeting')}"]
    if came.apologies:
        parts.append(plural(came.apologies, "apology", "apologies"))
    if came.absent:
        parts.append(f"{came.absent:,} missed")
    if came.silent:
        parts.append(f"not on the list at {came.silent:,}")
    return "; ".join(parts)


def holder(seat: BoardSeat) -> str:
    """Who holds a seat, by organisation and, where it is known, by name."""
    if seat.organisation is None:
        return VACANT
    return (
        f"{seat.organisation.name}, {seat.person.name}" if seat.person else seat.organisation.name
    )


def _vacancy(spans: Sequence[Span], today: dt.date) -> str:
    since = vacant_since(spans, today)
    if since is None:
        return ""
    return f"Vacant since {nhs_date(since)}, for {plural((today - since).days + 1, 'day')}"


def _held(row: BoardSeat) -> Held:
    name = holder(row) if row.organisation is not None else None
    return Held(id=row.pk, holder=name, first=row.valid_from, last=row.valid_to)


def _sitting(seat: BoardSeat) -> Sitting:
    speaks = speaks_for_practice(seat)
    return Sitting(
        seat=seat.pk,
        person=seat.person_id,
        speaks=speaks,
        is_proxy=not speaks and is_gp_for_others(seat),
    )


def is_gp_for_others(seat: BoardSeat) -> bool:
    """A GP, by the organisation or by the name of the seat, who does not sit there for general practice."""
    if seat.organisation is None or speaks_for_practice(seat):
        return False
    return seat.organisation.category in GENERAL_PRACTICE or bool(NAMES_A_GP.search(seat.title))


def _on(seats: Sequence[BoardSeat], today: dt.date, *, body: str = "") -> list[BoardSeat]:
    return [
        seat
        for seat in seats
        if (not body or seat.body == body)
        and seat.valid_from <= today
        and (seat.valid_to is None or seat.valid_to >= today)
    ]


def _number(value: int) -> str:
    return {0: "None", 1: "One"}.get(value, f"{value:,}")
