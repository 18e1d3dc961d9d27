"""Seats on boards and formal arrangements: what is agreed on paper."""

from collections.abc import Sequence
from datetime import date

from readiness.rules.facts import GP_CATEGORIES, OWN_VOICE, Facts, Seat
from readiness.rules.results import Parameters, Result
from readiness.rules.states import State
from readiness.rules.wording import GROUP_NAMES, count, listing

SEAT = "gp_seat"
PARTNERS = "system_partners"

HWB_NAME = "health and wellbeing board"
"""A body is a Health and Wellbeing Board when its name says so; statute gives it no GP seat,
so a seat there has to be recorded to be known."""


def gp_seat(facts: Facts, parameters: Parameters, as_at: date) -> Result:
    """Met when general practice fills `minimum` seats as provider or representative body, and
    `hwb_minimum` of them on a Health and Wellbeing Board. Seats are those of the day."""
    if not facts.seats:
        return Result(
            key=SEAT,
            state=State.NO_DATA,
            figure="No board seats recorded on this day",
            would_clear="Record who sits on the plan's board.",
        )
    held = [seat for seat in facts.seats if _speaks_for_practice(seat)]
    on_hwb = [seat for seat in held if HWB_NAME in seat.body.lower()]
    more = max(0, parameters["minimum"] - len(held))
    more_on_hwb = max(0, parameters["hwb_minimum"] - len(on_hwb))
    return Result(
        key=SEAT,
        state=State.NOT_MET if more or more_on_hwb else State.MET,
        figure=_seat_figure(held, facts.seats, on_hwb, parameters["hwb_minimum"]),
        would_clear=_seat_remedy(more, more_on_hwb),
        evidence={"gp_seats": len(held), "seats": len(facts.seats), "hwb_seats": len(on_hwb)},
        not_counted=_seats_not_counted(facts.seats),
    )


def system_partners(facts: Facts, parameters: Parameters, as_at: date) -> Result:
    """Met when each group of partners has a formal arrangement in force on the day."""
    groups = parameters["groups"]
    agreed = {arrangement.group for arrangement in facts.arrangements}
    lacking = [group for group in groups if group not in agreed]
    names = listing([GROUP_NAMES.get(group, group) for group in lacking])
    return Result(
        key=PARTNERS,
        state=State.NOT_MET if lacking else State.MET,
        figure=f"{len(groups) - len(lacking)} of {count(len(groups), 'partner group')}"
        + (f"; none with {names}" if lacking else ""),
        would_clear=f"Record a formal arrangement with {names}." if lacking else "",
        evidence={"agreed": len(groups) - len(lacking), "groups": len(groups)},
        missing=tuple(member.id for group in lacking for member in facts.of_category(group)),
    )


def _speaks_for_practice(seat: Seat) -> bool:
    return seat.category in GP_CATEGORIES and seat.capacity in OWN_VOICE


def _seats_not_counted(seats: Sequence[Seat]) -> dict[str, int]:
    """GPs who sit there for a commissioner: they are seen, and they are not the seat."""
    proxy = sum(seat.category in GP_CATEGORIES and seat.capacity not in OWN_VOICE for seat in seats)
    return {"other_capacity": proxy} if proxy else {}


def _seat_figure(
    held: Sequence[Seat], seats: Sequence[Seat], on_hwb: Sequence[Seat], hwb_minimum: int
) -> str:
    names = sorted({seat.organisation_name for seat in held})
    figure = f"{len(held)} of {count(len(seats), 'filled seat')}"
    hwb = f"; {len(on_hwb)} on a Health and Wellbeing Board" if hwb_minimum else ""
    return figure + (f": {listing(names)}" if names else "") + hwb


def _seat_remedy(more: int, more_on_hwb: int) -> str:
    if more_on_hwb:
        where = f"on the Health and Wellbeing Board to {count(more_on_hwb, 'GP provider')}"
        return f"Give a seat {where} or LMC member, and record it."
    if more:
        return f"Give {count(more, 'more seat')} to a GP provider or LMC member, and record it."
    return ""
