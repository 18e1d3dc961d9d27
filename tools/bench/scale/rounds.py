"""Footprints, who belongs to them, and their plans: one live and nine closed rounds of each."""

import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from plans import reference
from plans.models import (
    Arrangement,
    BoardSeat,
    Capacity,
    Extent,
    Footprint,
    FootprintKind,
    FootprintRegion,
    Membership,
    Phase,
    Plan,
    PlanType,
    Region,
)
from tools.bench.scale.areas import Country
from tools.bench.scale.bodies import Bodies
from tools.bench.scale.sizes import FOOTPRINTS, PLACES, SYSTEMS
from tools.bench.scale.tables import Table

YEAR = dt.timedelta(days=365)
NOWHERE = ("royal_college", "region", "gp_federation")
"""Bodies without a membership of any footprint."""

ONE_MORE_PLACE = 0.45


@dataclass(frozen=True, kw_only=True)
class Rounds:
    """Plans by round and footprint, both counted from 0; the last round is the live one."""

    starts: Sequence[dt.date]
    regions: Sequence[int]
    """By system, the id of its region."""
    homes: Mapping[int, Sequence[int]]
    """The footprints of each body that is a member by itself, by its id."""

    def plan(self, number: int, footprint: int) -> int:
        """The id of a plan; systems are footprints 0 to 43, places follow."""
        return number * FOOTPRINTS + footprint + 1

    def number_on(self, day: dt.date) -> int:
        """The round in whose time the day lies."""
        later = [number for number, start in enumerate(self.starts) if start <= day]
        return later[-1] if later else 0


def footprint_of_place(place: int) -> int:
    """Places are numbered after the systems."""
    return SYSTEMS + place


def write(
    country: Country, bodies: Bodies, rng: random.Random, *, today: dt.date, years: int
) -> Rounds:
    """Regions, footprints, memberships and plans with their phases and seats."""
    since = today - YEAR * years - dt.timedelta(days=400)
    regions = _areas(country, since)
    homes = _homes_of(country, bodies, rng)
    Table(Membership, "footprint_id", "organisation_id", "extent", "valid_from").extend(
        (footprint + 1, organisation, extent, since.isoformat())
        for footprint, organisation, extent in _memberships(country, bodies, homes)
    )
    starts = [today - YEAR * (years - number) for number in range(years)]
    rounds = Rounds(starts=starts, regions=regions, homes=homes)
    _plans(rounds, rng, today)
    _boards(rounds, country, bodies)
    return rounds


def _areas(country: Country, since: dt.date) -> list[int]:
    rows = reference.regions()
    Table(Region, "id", "code", "name").extend(
        (pk, row.code, row.name) for pk, row in enumerate(rows, start=1)
    )
    pk_of = {row.code: pk for pk, row in enumerate(rows, start=1)}
    systems = reference.footprints()[:SYSTEMS]
    region_of = [pk_of[row.region] for row in systems]
    areas = Table(
        Footprint, "id", "code", "name", "kind", "label", "tile_column", "tile_row", "opened_on"
    )
    boards = reference.boards()
    areas.extend(
        (pk, row.code, row.name, FootprintKind.SYSTEM.value, row.tile_label, row.tile_column,
         row.tile_row, since.isoformat())
        for pk, row in enumerate(systems, start=1)
    )  # fmt: skip
    areas.extend(
        (footprint_of_place(number) + 1, f"P{number + 1:03d}",
         f"{boards[number].area}" if number < len(boards) else f"New place {number}",
         FootprintKind.PLACE.value, "", None, None, since.isoformat())
        for number in range(PLACES)
    )  # fmt: skip
    every = [*region_of, *(region_of[place.system] for place in country.places)]
    Table(FootprintRegion, "footprint_id", "region_id", "valid_from").extend(
        (pk, region, since.isoformat()) for pk, region in enumerate(every, start=1)
    )
    return region_of


def _homes_of(country: Country, bodies: Bodies, rng: random.Random) -> dict[int, list[int]]:
    """Body -> footprints, of every kind that is a member by itself: its place, system, maybe one more."""
    weights = [len(place.practices) ** 0.5 for place in country.places]
    found: dict[int, list[int]] = {}
    for category, run in bodies.others.items():
        if category in NOWHERE:
            continue
        for pk in run:
            place = rng.choices(country.places, weights)[0]
            home = [place.system, footprint_of_place(place.number)]
            if rng.random() < ONE_MORE_PLACE:
                other = footprint_of_place(rng.randrange(PLACES))
                home += [other] if other not in home else []
            found[pk] = home
    return found


def _memberships(
    country: Country, bodies: Bodies, homes: dict[int, list[int]]
) -> Iterator[tuple[int, int, str]]:
    for commissioner, system in enumerate(country.system_of):
        yield system, bodies.commissioners[commissioner], Extent.WHOLE.value
    for place in country.places:
        footprint = footprint_of_place(place.number)
        extent = Extent.WHOLE if place.whole else Extent.PART
        yield footprint, bodies.commissioners[place.commissioner], extent.value
        if not place.whole:
            for practice in place.practices:
                yield footprint, bodies.practices[practice], Extent.WHOLE.value
    for pk, footprints in homes.items():
        for footprint in footprints:
            yield footprint, pk, Extent.WHOLE.value


def _plans(rounds: Rounds, rng: random.Random, today: dt.date) -> None:
    plans = Table(
        Plan, "id", "code", "title", "footprint_id", "plan_type", "starts_on", "first_draft_on",
        "submission_on", "closed_on", "change_no", "assessed_no",
    )  # fmt: skip
    phases = Table(Phase, "plan_id", "name", "starts_on", "ends_on")
    live = len(rounds.starts) - 1
    for number, start in enumerate(rounds.starts):
        for footprint in range(FOOTPRINTS):
            kind = PlanType.STP_2016 if footprint < SYSTEMS else PlanType.NHP_2026
            pk = rounds.plan(number, footprint)
            submission = start + dt.timedelta(days=330)
            if number == live:
                submission = today + dt.timedelta(days=rng.randint(5, 150))
            closed = None if number == live else (start + dt.timedelta(days=364)).isoformat()
            plans.add(
                (pk, f"plan-{footprint + 1:03d}-{number + 1}", f"Plan {footprint + 1}, round {number + 1}",
                 footprint + 1, kind.value, start.isoformat(),
                 (start + dt.timedelta(days=150)).isoformat(), submission.isoformat(), closed, 1,
                 int(number != live))
            )  # fmt: skip
            for name, first, last in (
                ("Listening", 0, 120), ("Drafting", 121, 240), ("Agreeing", 241, 330),
            ):  # fmt: skip
                days = [(start + dt.timedelta(days=one)).isoformat() for one in (first, last)]
                phases.add((pk, name, *days))
    plans.flush()
    phases.flush()


def _boards(rounds: Rounds, country: Country, bodies: Bodies) -> None:
    """Eight seats and two agreements for each live plan."""
    members: list[list[int]] = [[] for _ in range(FOOTPRINTS)]
    for pk, footprints in rounds.homes.items():
        for footprint in footprints:
            members[footprint].append(pk)
    live = len(rounds.starts) - 1
    since = rounds.starts[live].isoformat()
    seats = Table(
        BoardSeat, "plan_id", "body", "title", "organisation_id", "capacity", "voting", "valid_from"
    )
    agreements = Table(Arrangement, "plan_id", "organisation_id", "description", "valid_from")
    for footprint in range(FOOTPRINTS):
        plan = rounds.plan(live, footprint)
        for pk in members[footprint][:6]:
            seats.add(
                (plan, "Programme board", "Partner", pk, Capacity.PROVIDER.value, True, since)
            )
        for pk in _voices(footprint, country, bodies):
            seats.add((plan, "Programme board", "Member", pk, bodies.capacity[pk], True, since))
        for pk in members[footprint][:2]:
            agreements.add((plan, pk, "Terms of reference", since))
    seats.flush()
    agreements.flush()


def _voices(footprint: int, country: Country, bodies: Bodies) -> tuple[int, ...]:
    """Its first commissioner, and in two plans of three an LMC or a practice."""
    if footprint < SYSTEMS:
        commissioner = country.system_of.index(footprint)
        voice = bodies.lmcs[country.lmc_of[commissioner]]
    else:
        place = country.places[footprint - SYSTEMS]
        commissioner, voice = place.commissioner, bodies.practices[place.practices[0]]
    return (bodies.commissioners[commissioner], *([voice] if footprint % 3 else []))
