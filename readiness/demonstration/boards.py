"""Writes who sits on the board of each plan, and what was agreed with partners in form."""

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plans.models import Arrangement, BoardSeat, Capacity, PlanType
from readiness.demonstration.dice import dice
from readiness.demonstration.rounds import PlanToTell
from readiness.demonstration.scene import Cast
from readiness.demonstration.stories import SEAT

PARTNER_GROUPS = ("vcse", "social_care", "council", "public_health", "healthwatch")
AGREEMENTS = ("Memorandum of understanding", "Terms of reference", "Partnership agreement")


@dataclass(frozen=True, kw_only=True)
class _Chair:
    """A seat to be written: its title, who fills it, and for whom they speak."""

    title: str
    organisation: int | None
    capacity: Capacity
    person: int | None = None


def write(told: Sequence[tuple[PlanToTell, Cast]], *, seed: str) -> None:
    """Seats and formal arrangements, uneven as the stories are."""
    rng = dice(seed, "boards")
    seats: list[BoardSeat] = []
    arrangements: list[Arrangement] = []
    for one, cast in told:
        seats += [_seat(one, cast, chair) for chair in _chairs(rng, one, cast)]
        arrangements += _arrangements(rng, one, cast)
    BoardSeat.objects.bulk_create(seats)
    Arrangement.objects.bulk_create(arrangements)


def _seat(one: PlanToTell, cast: Cast, chair: _Chair) -> BoardSeat:
    people = cast.speakers.get(chair.organisation or 0, [None])
    is_place = one.plan.plan_type == PlanType.NHP_2026
    return BoardSeat(
        plan=one.plan,
        body=f"{cast.area} Health and Wellbeing Board" if is_place else "Programme board",
        title=chair.title,
        organisation_id=chair.organisation,
        person_id=chair.person or people[0],
        capacity=chair.capacity,
        voting=chair.capacity != Capacity.PUBLIC,
        valid_from=one.calendar.starts_on,
    )


def _chairs(rng: random.Random, one: PlanToTell, cast: Cast) -> Iterator[_Chair]:
    """Council, commissioners, trusts and Healthwatch; and general practice, or a gap."""
    council = rng.choice(cast.others["council"])
    yield _Chair(title="Chair", organisation=council, capacity=Capacity.PROVIDER)
    for number, commissioner in enumerate(cast.commissioners[:3], start=1):
        yield _Chair(
            title=f"Commissioner {number}",
            organisation=commissioner,
            capacity=Capacity.COMMISSIONER,
        )
    for number, trust in enumerate(cast.others.get("trust", ())[:2], start=1):
        yield _Chair(title=f"Trust {number}", organisation=trust, capacity=Capacity.PROVIDER)
    healthwatch = rng.choice(cast.others["healthwatch"])
    yield _Chair(title="Healthwatch", organisation=healthwatch, capacity=Capacity.PUBLIC)
    yield _no_voice(rng, cast) if SEAT in one.story.lacks else _voice(rng, cast)


def _voice(rng: random.Random, cast: Cast) -> _Chair:
    """A seat for general practice, held by an LMC or by a practice."""
    lmcs = [lmc for lmc in cast.lmcs if lmc not in cast.never]
    if lmcs and rng.random() < 0.6:
        return _Chair(
            title="General practice",
            organisation=rng.choice(lmcs),
            capacity=Capacity.REPRESENTATIVE,
        )
    practice = rng.choice(rng.choice(cast.localities).practices)
    return _Chair(title="General practice", organisation=practice, capacity=Capacity.PROVIDER)


def _no_voice(rng: random.Random, cast: Cast) -> _Chair:
    """A vacant seat, or a GP who sits there for a commissioner."""
    if rng.random() < 0.5:
        return _Chair(title="General practice", organisation=None, capacity=Capacity.PROVIDER)
    practice, person = rng.choice(cast.board_gps)
    return _Chair(
        title="Clinical lead",
        organisation=practice,
        person=person,
        capacity=Capacity.COMMISSIONER,
    )


def _arrangements(rng: random.Random, one: PlanToTell, cast: Cast) -> Iterator[Arrangement]:
    for group in rng.sample(PARTNER_GROUPS, one.story.partners):
        yield Arrangement(
            plan=one.plan,
            organisation_id=rng.choice(cast.others[group]),
            description=rng.choice(AGREEMENTS),
            valid_from=one.calendar.starts_on + dt.timedelta(days=rng.randint(5, 60)),
        )
