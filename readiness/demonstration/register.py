"""Writes organisations: real bodies by name and code, synthetic ones in real numbers."""

import datetime as dt
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count, groupby, repeat

from plans import reference
from readiness.demonstration import names
from readiness.demonstration.dice import dice
from stakeholders.models import Category, ListSize, OpenPeriod, Organisation
from stakeholders.rules import search_text

LIST_SIGMA = 0.68
"""Spread of list sizes in 2016, which fit a log-normal of mu 8.73 and sigma 0.68. Only the spread
is drawn: the mean is that of each commissioner's own practices."""

PRACTICES_PER_NETWORK = (3, 4, 5, 5, 6, 7)
BATCH = 2_000


@dataclass(frozen=True, kw_only=True)
class PracticeFacts:
    """What the demonstration knows of a synthetic practice beside its row."""

    commissioner: str
    lmc: str
    patients: int
    away: bool
    """It lies in its commissioner's second footprint."""
    network: str


@dataclass(kw_only=True)
class Register:
    """What was written, found again by code."""

    since: dt.date
    organisations: dict[str, Organisation] = field(default_factory=dict)
    practices: dict[str, PracticeFacts] = field(default_factory=dict)
    homes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Codes of the footprints to which a body other than a practice belongs."""

    def __getitem__(self, code: str) -> Organisation:
        return self.organisations[code]

    @cached_property
    def practices_of(self) -> dict[str, list[str]]:
        """Codes of the practices of each commissioner, neighbours beside each other."""
        found: dict[str, list[str]] = {}
        for code, one in self.practices.items():
            found.setdefault(one.commissioner, []).append(code)
        return found


def write(*, since: dt.date, seed: str) -> Register:
    """Every organisation, open since the given day."""
    register = Register(since=since)
    _save(register, _real_bodies(register))
    _write_practices(register, dice(seed, "practices"))
    _save(register, _networks(register))
    _save(register, _partners(register))
    return register


def list_sizes(rng: random.Random, *, number: int, patients: int) -> list[int]:
    """``number`` list sizes, log-normally spread, that add up to ``patients``."""
    weights = [rng.lognormvariate(0, LIST_SIGMA) for _ in range(number)]
    if not weights:
        return []
    whole = sum(weights)
    sizes = [int(patients * weight / whole) for weight in weights]
    sizes[sizes.index(max(sizes))] += patients - sum(sizes)
    return sizes


def area_of(commissioner_name: str) -> str:
    """Bolton, of "NHS Bolton CCG"."""
    return commissioner_name.removeprefix("NHS ").removesuffix(" CCG")


def _organisation(
    code: str, name: str, category: str, *, synthetic: bool = False, address: str = ""
) -> Organisation:
    return Organisation(
        code=code,
        name=name,
        category=category,
        address=address,
        is_synthetic=synthetic,
        search_text=search_text(name, code),
    )


def _save(register: Register, organisations: Iterable[Organisation]) -> None:
    made = Organisation.objects.bulk_create(list(organisations), batch_size=BATCH)
    OpenPeriod.objects.bulk_create(
        [OpenPeriod(organisation=one, valid_from=register.since) for one in made],
        batch_size=BATCH,
    )
    register.organisations |= {one.code: one for one in made}


def _real_bodies(register: Register) -> Iterator[Organisation]:
    for region in reference.regions():
        yield _organisation(region.code, f"{region.name} region", Category.REGION)
    for row in reference.commissioners():
        yield _organisation(row.code, row.name, Category.COMMISSIONER)
    for lmc in reference.lmcs():
        yield _organisation(lmc.code, lmc.name, Category.LMC)
    for college in reference.colleges():
        yield _organisation(college.code, college.name, Category.ROYAL_COLLEGE)
    for board in reference.boards():
        short, homes = board.council_short_code, _homes_of_council(board)
        for code, name, category in (
            (board.council_code, board.council_name, Category.COUNCIL),
            (f"HWB-{short}", board.board_name, Category.HEALTH_AND_WELLBEING_BOARD),
            (f"HW-{short}", board.healthwatch_name, Category.HEALTHWATCH),
        ):
            register.homes[code] = homes
            yield _organisation(code, name, category)


def _homes_of_council(board: reference.BoardRow) -> tuple[str, ...]:
    """The footprints that name the council, and its own place where that has a plan."""
    places = {place.council_code for place in reference.places()}
    own = (board.council_code,) if board.council_code in places else ()
    return board.footprints + own


def _write_practices(register: Register, rng: random.Random) -> None:
    facts = list(_practice_facts(rng))
    areas = {row.code: area_of(row.name) for row in reference.commissioners()}
    surgeries = names.surgeries(rng, len(facts))
    codes = [f"X{number:05d}" for number in range(1, len(facts) + 1)]
    _save(
        register,
        (
            _organisation(
                code,
                surgery,
                Category.GP_PRACTICE,
                synthetic=True,
                address=areas[one.commissioner],
            )
            for code, surgery, one in zip(codes, surgeries, facts, strict=True)
        ),
    )
    register.practices = dict(zip(codes, facts, strict=True))
    ListSize.objects.bulk_create(
        [
            ListSize(organisation=register[code], as_at=register.since, patients=one.patients)
            for code, one in register.practices.items()
        ],
        batch_size=BATCH,
    )


def _practice_facts(rng: random.Random) -> Iterator[PracticeFacts]:
    """Every practice, its commissioner cut where an LMC's or a footprint's border crosses it."""
    whole = {row.code: row for row in reference.commissioners()}
    networks = (f"XN{number:04d}" for number in count(1))
    for area in reference.lmc_areas():
        row = whole[area.commissioner]
        for number, patients, away in (
            (area.practices - row.also_practices, area.patients - row.also_patients, False),
            (row.also_practices, row.also_patients, True),
        ):
            sizes = list_sizes(rng, number=number, patients=patients)
            for network, size in zip(_in_networks(rng, number, networks), sizes, strict=True):
                yield PracticeFacts(
                    commissioner=row.code,
                    lmc=area.lmc,
                    patients=size,
                    away=away,
                    network=network,
                )


def _in_networks(rng: random.Random, number: int, networks: Iterator[str]) -> Iterator[str]:
    """For each of ``number`` neighbouring practices its network, of about five."""
    left = number
    while left > 0:
        size = min(left, rng.choice(PRACTICES_PER_NETWORK))
        yield from repeat(next(networks), size)
        left -= size


def _networks(register: Register) -> Iterator[Organisation]:
    """Networks, each named after its first practice."""
    for code, members in groupby(register.practices.items(), key=lambda pair: pair[1].network):
        practice = register[next(members)[0]]
        name = f"{practice.name.removeprefix('The ').split()[0]} Network"
        yield _organisation(code, name, Category.PCN, synthetic=True, address=practice.address)


def _partners(register: Register) -> Iterator[Organisation]:
    """Synthetic trusts, federations and groups of each area, and each council's two teams."""
    number = 0
    for area, homes in _areas():
        for name, category in names.partners(area, is_place=len(homes) > 1):
            number += 1
            register.homes[f"XP{number:04d}"] = homes
            yield _organisation(f"XP{number:04d}", name, category, synthetic=True, address=area)
    for board in reference.boards():
        for prefix, name, category in (
            ("XS", f"{board.area} adult social care", Category.SOCIAL_CARE),
            ("XH", f"{board.area} public health team", Category.PUBLIC_HEALTH),
        ):
            code = f"{prefix}-{board.council_short_code}"
            register.homes[code] = _homes_of_council(board)
            yield _organisation(code, name, category, synthetic=True, address=board.area)


def _areas() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each footprint by its name; each place by its name, with the footprint around it."""
    for footprint in reference.footprints():
        yield footprint.name, (footprint.code,)
    around = {row.code: row.footprint for row in reference.commissioners()}
    for place in reference.places():
        yield place.name, (place.council_code, around[place.commissioners[0]])
