"""Seats and arrangements as a page shows them."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from plans.models import Arrangement, BoardSeat, Capacity, Plan
from plans.presenters.seat_lines import (
    BodyHistory,
    fill_url,
    histories,
    holder,
    is_gp_for_others,
    speaks_for_practice,
    voices_figures,
    voices_of,
    voices_sentence,
)
from plans.rules.seats import Attendance
from ui.shapes import Figure, Link
from ui.words import and_list, nhs_date


@dataclass(frozen=True, kw_only=True)
class SeatLine:
    """One seat: who holds it, as what, whether it counts for general practice."""

    body: str
    title: str
    holder: str
    holder_url: str
    capacity: str
    votes: str
    held: str
    counts: bool
    note: str
    end_url: str
    fill_url: str


@dataclass(frozen=True, kw_only=True)
class ArrangementLine:
    """One arrangement with a partner."""

    partner: str
    partner_url: str
    group: str
    description: str
    held: str
    end_url: str


@dataclass(frozen=True, kw_only=True)
class SeatsPage:
    """Everything on the page of one plan."""

    sentence: str
    seats: list[SeatLine]
    arrangements: list[ArrangementLine]
    arrangements_sentence: str
    ended: list[str]
    seat_columns: list[str]
    arrangement_columns: list[str]
    figures: list[Figure]
    histories: list[BodyHistory]

    @property
    def of_practice(self) -> list[SeatLine]:
        """The seats that general practice holds, whether or not they count."""
        return [seat for seat in self.seats if seat.note]


def seats_page(
    seats: Iterable[BoardSeat],
    arrangements: Iterable[Arrangement],
    *,
    today: dt.date,
    can_edit: bool,
    attendance: Mapping[int, Attendance] | None = None,
) -> SeatsPage:
    """The seats and arrangements of ``today``, and in words those that have ended.

    With ``attendance``, by seat, every seat also with its holders over time.
    """
    seats, arrangements = list(seats), list(arrangements)
    now = [seat for seat in seats if _holds(seat, today)]
    agreed = [arrangement_line(one) for one in arrangements if _holds(one, today)]
    last = ("Change",) if can_edit else ()
    return SeatsPage(
        sentence=_sentence(now),
        seats=[seat_line(seat) for seat in now],
        arrangements=agreed,
        arrangements_sentence=_agreed_words(agreed),
        ended=_ended(arrangements if attendance is not None else [*seats, *arrangements], today),
        seat_columns=["Seat", "Held by", "Capacity", "GP seat", "Since", *last],
        arrangement_columns=["Partner", "What was agreed", "Since", *last],
        figures=voices_figures(voices_of(now)),
        histories=[] if attendance is None else histories(seats, attendance, today=today),
    )


def seat_line(seat: BoardSeat) -> SeatLine:
    """One seat in words."""
    counts = speaks_for_practice(seat)
    return SeatLine(
        body=seat.body,
        title=seat.title,
        holder=holder(seat),
        holder_url=organisation_url(seat.organisation.code) if seat.organisation else "",
        capacity=Capacity(seat.capacity).label,
        votes="Votes" if seat.voting else "Does not vote",
        held=_dates(seat),
        counts=counts,
        note=_note(seat, counts=counts),
        end_url=reverse("plans:seat-end", args=[seat.plan.code, seat.pk]),
        fill_url=fill_url(seat) if seat.organisation is None else "",
    )


def arrangement_line(one: Arrangement) -> ArrangementLine:
    """One arrangement in words."""
    return ArrangementLine(
        partner=one.organisation.name,
        partner_url=organisation_url(one.organisation.code),
        group=one.organisation.get_category_display(),
        description=one.description,
        held=_dates(one),
        end_url=reverse("plans:arrangement-end", args=[one.plan.code, one.pk]),
    )


def organisation_url(code: str) -> str:
    """The ledger of an organisation."""
    return reverse("engagement:organisation", args=[code])


def crumbs(plan: Plan, **moment: str) -> list[Link]:
    """The way back from a page below a plan; ``moment`` keeps the day of the page."""
    dossier = reverse("readiness:dossier", args=[plan.code])
    return [
        Link("Home", reverse("readiness:home")),
        Link(plan.footprint.name, f"{dossier}?{urlencode(moment)}" if moment else dossier),
    ]


def _sentence(seats: list[BoardSeat]) -> str:
    if not seats:
        return (
            "No board seats are recorded. Until they are, the criterion on GP seats says “No data”."
        )
    return voices_sentence(voices_of(seats))


def _agreed_words(agreed: list[ArrangementLine]) -> str:
    if not agreed:
        return "No formal arrangement with a partner is recorded."
    return f"Formal arrangements with {and_list(dict.fromkeys(one.partner for one in agreed))}."


def _note(seat: BoardSeat, *, counts: bool) -> str:
    if counts:
        return "Counts for the GP seat"
    if is_gp_for_others(seat):
        return f"Does not count: sits as {seat.get_capacity_display().lower()}"
    return ""


def _holds(one: BoardSeat | Arrangement, day: dt.date) -> bool:
    return one.valid_from <= day and (one.valid_to is None or one.valid_to >= day)


def _dates(one: BoardSeat | Arrangement) -> str:
    until = f" until {nhs_date(one.valid_to)}" if one.valid_to else ""
    return f"{nhs_date(one.valid_from)}{until}"


def _ended(everything: Sequence[BoardSeat | Arrangement], today: dt.date) -> list[str]:
    return [_past(one) for one in everything if not _holds(one, today)]


def _past(one: BoardSeat | Arrangement) -> str:
    name = one.organisation.name if one.organisation else "vacant"
    what = f"{one.title}, {one.body}" if isinstance(one, BoardSeat) else one.description
    until = nhs_date(one.valid_to) if one.valid_to else "today"
    return f"{what}: {name}, {nhs_date(one.valid_from)} to {until}"
