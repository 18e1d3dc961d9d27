"""Who of those with a seat came to the meetings of the board, in the footprints that are shown most.

Elsewhere the lists of the boards name whoever was in the room. General practice comes only where the
plan's story lets it be heard; otherwise its seat stays empty.
"""

import datetime as dt
import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from plans.models import BoardSeat
from readiness.demonstration.dice import dice
from readiness.demonstration.record import Logged
from readiness.demonstration.rounds import PlanToTell
from readiness.demonstration.scene import Part
from readiness.demonstration.stories import DEPTH, EARLY, PROXY, RECENT
from stakeholders.models import Category, Organisation

SHOWN = frozenset({"QOP", "QE1", "QYG", "QRV", "E08000001"})
GP_BODIES = frozenset({Category.LMC, Category.GP_PRACTICE})
SPOILS = frozenset({PROXY, EARLY, RECENT, DEPTH})
"""Where a plan lacks one of these, a board that general practice attends would mend it."""
OUTCOMES, LIKELY = ("attended", "apologised", "no_show"), (72, 18, 10)
STAYED_AWAY, LIKELY_AWAY = ("apologised", "no_show"), (60, 40)
TOOK_OVER, GAP_DAYS = 96, 15


def change_hands(plans: Sequence[PlanToTell]) -> None:
    """Of each plan shown, one trust's seat changed hands and stood empty for a fortnight between."""
    earlier = []
    for one in plans:
        if one.footprint not in SHOWN:
            continue
        seats = BoardSeat.objects.filter(plan=one.plan, organisation__category=Category.TRUST)
        held = list(seats.order_by("pk")[:2])
        if len(held) < 2:
            continue
        first, second = held
        began = second.valid_from
        second.valid_from = began + dt.timedelta(TOOK_OVER)
        second.save(update_fields=["valid_from"])
        earlier.append(
            BoardSeat(
                plan=one.plan,
                body=second.body,
                title=second.title,
                organisation_id=first.organisation_id,
                capacity=second.capacity,
                voting=second.voting,
                valid_from=began,
                valid_to=began + dt.timedelta(TOOK_OVER - GAP_DAYS),
            )
        )
    BoardSeat.objects.bulk_create(earlier)


def with_seat_holders(
    logged: Sequence[Logged], plans: Sequence[PlanToTell], *, never: str, seed: str
) -> list[Logged]:
    """The same events; those of a board that is shown name everybody with a seat on it.

    ``never`` is the code of the organisation that nobody ever contacts.
    """
    shown = {one.plan.pk: one for one in plans if one.footprint in SHOWN}
    unheard = set(Organisation.objects.filter(code=never).values_list("pk", flat=True))
    seats: dict[int, list[BoardSeat]] = {pk: [] for pk in shown}
    held = BoardSeat.objects.filter(plan__in=shown, organisation__isnull=False)
    for seat in held.select_related("organisation").order_by("pk"):
        seats[seat.plan_id].append(seat)
    rng = dice(seed, "seats")
    return [_named(rng, one, shown, seats, unheard) for one in logged]


def _named(
    rng: random.Random,
    one: Logged,
    shown: Mapping[int, PlanToTell],
    seats: Mapping[int, Sequence[BoardSeat]],
    unheard: Collection[int],
) -> Logged:
    """Only events of one plan: what two plans share keeps its list."""
    pk = one.plans[0].pk
    if one.happening.channel != "board" or len(one.plans) > 1 or pk not in shown:
        return one
    parts = list(_parts(rng, one.happening.held_on, shown[pk], seats[pk], unheard))
    named = {part.organisation for part in parts}
    others = [part for part in one.happening.parts if part.organisation not in named]
    return replace(one, happening=replace(one.happening, parts=(*parts, *others)))


def _parts(
    rng: random.Random,
    day: dt.date,
    plan: PlanToTell,
    seats: Sequence[BoardSeat],
    unheard: Collection[int],
) -> Iterator[Part]:
    seen: set[tuple[int, int | None]] = set()
    for seat in seats:
        organisation = seat.organisation
        if organisation is None or not _sits(seat, day) or organisation.pk in unheard:
            continue
        if (key := (organisation.pk, seat.person_id)) in seen:
            continue
        seen.add(key)
        may_come = organisation.category not in GP_BODIES or not SPOILS & plan.story.lacks
        outcome = rng.choices(
            OUTCOMES if may_come else STAYED_AWAY, LIKELY if may_come else LIKELY_AWAY
        )[0]
        yield Part(
            organisation=organisation.pk,
            person=seat.person_id,
            capacity=seat.capacity,
            outcome=outcome,
        )


def _sits(seat: BoardSeat, day: dt.date) -> bool:
    return seat.valid_from <= day and (seat.valid_to is None or day <= seat.valid_to)
