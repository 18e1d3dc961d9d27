"""Organisations, when they were open, how they are tied, how large they are, and their people."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from engagement.rules.answers import usual_capacity
from plans import reference
from readiness.demonstration import names
from stakeholders.models import (
    Category,
    ListSize,
    OpenPeriod,
    Organisation,
    Person,
    Post,
    Relationship,
    RelationshipKind,
    Succession,
)
from stakeholders.rules import search_text
from tools.bench.scale.areas import Country, shared_out
from tools.bench.scale.sizes import COMMISSIONERS, LMCS, NETWORKS, OTHERS, PEOPLE, PRACTICES
from tools.bench.scale.tables import Table

CAUSES = (
    "Carers", "Youth", "Dementia", "Homeless", "Disability", "Families", "Refugee", "Veterans",
    "Stroke", "Diabetes", "Autism", "Sight", "Hearing", "Cancer", "Heart", "Bereavement",
    "Recovery", "Walking", "Garden", "Befriending", "Transport", "Housing", "Women", "Men",
)  # fmt: skip
KINDS = {
    "vcse": ("Trust", "Network", "Project", "Alliance", "Link", "Centre"),
    "social_care": ("House", "Court", "Lodge", "Homecare", "Supported Living"),
    "patient_group": ("Patient Group", "Patients' Voice", "Participation Group"),
    "independent": ("Pharmacy", "Dental Care", "Hospital", "Opticians"),
    "trust": ("NHS Trust", "NHS Foundation Trust"),
    "gp_federation": ("GP Federation",),
    "other": ("Partnership", "Forum"),
}
CLOSED_PRACTICES = 150
"""Practices that closed within the last years and were taken over by their neighbour."""


@dataclass(kw_only=True)
class Bodies:
    """Ids of organisations by what they are, in the order of their numbers."""

    practices: range
    networks: range
    lmcs: range
    commissioners: range
    others: dict[str, range] = field(default_factory=dict)
    capacity: list[str] = field(default_factory=list)
    """By id: for whom somebody of it speaks."""
    speaker: list[int | None] = field(default_factory=list)
    """By id: the person who usually comes."""


def write(country: Country, rng: random.Random, *, today: dt.date, years: int) -> Bodies:
    """Every organisation with all the register says of it."""
    since = today - dt.timedelta(days=365 * years + 400)
    bodies = _numbered()
    rows = list(_organisations(bodies, country, rng))
    Table(
        Organisation, "id", "code", "name", "category", "address", "postcode", "is_synthetic",
        "search_text",
    ).extend(rows)  # fmt: skip
    bodies.capacity = [""] + [usual_capacity(row[3], holds_commissioner_post=False) for row in rows]
    closed = set(rng.sample(range(PRACTICES), CLOSED_PRACTICES))
    _open_periods(len(rows), closed, since, today)
    Table(Relationship, "source_id", "target_id", "kind", "partial", "valid_from").extend(
        (*tie, since.isoformat()) for tie in _ties(bodies, country)
    )
    _list_sizes(bodies, rng, today=today, years=years)
    bodies.speaker = _people(bodies, len(rows), rng, since)
    return bodies


def _numbered() -> Bodies:
    first = 1
    runs: dict[str, range] = {}
    counts = {"practices": PRACTICES, "networks": NETWORKS, "lmcs": LMCS, "ccgs": COMMISSIONERS}
    for name, number in {**counts, **OTHERS}.items():
        runs[name] = range(first, first + number)
        first += number
    return Bodies(
        practices=runs["practices"], networks=runs["networks"], lmcs=runs["lmcs"],
        commissioners=runs["ccgs"], others={name: runs[name] for name in OTHERS},
    )  # fmt: skip


def _organisations(
    bodies: Bodies, country: Country, rng: random.Random
) -> Iterator[tuple[int, str, str, str, str, str, bool, str]]:
    surgeries = names.surgeries(rng, PRACTICES)
    ccgs, lmcs = reference.commissioners(), reference.lmcs()
    where = [row.name.removeprefix("NHS ").removesuffix(" CCG") for row in ccgs]

    def row(pk: int, code: str, name: str, category: str, place: int) -> tuple:
        post_code = f"ZZ{place % 90 + 1} {pk % 9 + 1}XX" if category == "gp_practice" else ""
        synthetic = category not in {"commissioner", "lmc", "royal_college", "region"}
        return (
            pk, code, name, category, where[country.places[place].commissioner], post_code,
            synthetic, search_text(name, code, post_code),
        )  # fmt: skip

    for number, pk in enumerate(bodies.practices):
        yield row(
            pk,
            f"X{number + 1:05d}",
            surgeries[number],
            Category.GP_PRACTICE.value,
            country.place_of[number],
        )
    for number, pk in enumerate(bodies.networks):
        first = number * PRACTICES // NETWORKS
        name = f"{surgeries[first].removeprefix('The ').split()[0]} Network"
        yield row(pk, f"XN{number + 1:04d}", name, Category.PCN.value, country.place_of[first])
    for number, pk in enumerate(bodies.lmcs):
        yield row(pk, lmcs[number].code, lmcs[number].name, Category.LMC.value, 0)
    for number, pk in enumerate(bodies.commissioners):
        yield row(pk, ccgs[number].code, ccgs[number].name, Category.COMMISSIONER.value, 0)
    for category, run in bodies.others.items():
        for number, pk in enumerate(run):
            name = _name(category, number, where[pk % COMMISSIONERS], rng)
            yield row(pk, f"XO{pk:05d}", name, category, pk % len(country.places))


def _name(category: str, number: int, area: str, rng: random.Random) -> str:
    if category == "royal_college":
        return reference.colleges()[number % len(reference.colleges())].name
    if category == "region":
        return f"{reference.regions()[number].name} region"
    if category in KINDS:
        cause = f"{rng.choice(CAUSES)} " if category in {"vcse", "other", "social_care"} else ""
        return f"{area} {cause}{rng.choice(KINDS[category])}"[:200]
    board = reference.boards()[number % len(reference.boards())]
    again = " (new)" if number >= len(reference.boards()) else ""
    names_of = {"hwb": board.board_name, "healthwatch": board.healthwatch_name,
                "public_health": f"{board.area} public health team"}  # fmt: skip
    return names_of.get(category, board.council_name) + again


def _open_periods(number: int, closed: set[int], since: dt.date, today: dt.date) -> None:
    """Everybody since the register began; some practices until lately."""
    ends = {one + 1: today - dt.timedelta(days=30 + one % 330) for one in closed}
    Table(OpenPeriod, "organisation_id", "valid_from", "valid_to").extend(
        (pk, since.isoformat(), ends[pk].isoformat() if pk in ends else None)
        for pk in range(1, number + 1)
    )
    Table(Succession, "predecessor_id", "successor_id", "happened_on").extend(
        (pk, pk - 1 if pk > 1 else 2, day.isoformat()) for pk, day in sorted(ends.items())
    )


def _ties(bodies: Bodies, country: Country) -> Iterator[tuple[int, int, str, bool]]:
    """Practices with commissioner and network; one LMC in eight shares a commissioner with the next."""
    for number, pk in enumerate(bodies.practices):
        commissioner = country.places[country.place_of[number]].commissioner
        lmc = country.lmc_of[commissioner]
        yield pk, bodies.commissioners[commissioner], RelationshipKind.COMMISSIONED_BY.value, False
        yield (
            pk,
            bodies.networks[country.network_of[number]],
            RelationshipKind.NETWORK_MEMBER_OF.value,
            False,
        )
        if commissioner % 8 == 0:
            own = lmc if number % 3 else (lmc + 1) % LMCS
            yield pk, bodies.lmcs[own], RelationshipKind.REPRESENTED_BY.value, False
    for commissioner, pk in enumerate(bodies.commissioners):
        lmc, divided = country.lmc_of[commissioner], commissioner % 8 == 0
        yield pk, bodies.lmcs[lmc], RelationshipKind.REPRESENTED_BY.value, divided
        if divided:
            yield pk, bodies.lmcs[(lmc + 1) % LMCS], RelationshipKind.REPRESENTED_BY.value, True


def _list_sizes(bodies: Bodies, rng: random.Random, *, today: dt.date, years: int) -> None:
    """One for each practice and year, slowly growing."""
    sizes = shared_out(rng, PRACTICES * 8_000, PRACTICES, sigma=0.68, least=900)
    Table(ListSize, "organisation_id", "as_at", "patients").extend(
        (pk, (today - dt.timedelta(days=365 * year + 20)).isoformat(), size - size * year // 100)
        for pk, size in zip(bodies.practices, sizes, strict=True)
        for year in range(years)
    )


def _people(bodies: Bodies, number: int, rng: random.Random, since: dt.date) -> list[int | None]:
    """Three at each practice, the rest elsewhere; by organisation who usually speaks for it."""
    drawn, rest = names.people(rng), range(PRACTICES + 1, number + 1)
    homes = [pk for pk in bodies.practices for _ in range(3)]
    homes += [rest[one % len(rest)] for one in range(PEOPLE - len(homes))]
    people, posts = Table(Person, "id", "name", "email", "is_synthetic"), Table(
        Post, "person_id", "organisation_id", "title", "valid_from"
    )  # fmt: skip
    speaker: list[int | None] = [None] * (number + 1)
    for pk, home in enumerate(homes, start=1):
        title = "Manager" if speaker[home] else "GP partner" if home <= PRACTICES else "Chair"
        speaker[home] = speaker[home] or pk
        people.add((pk, next(drawn), f"person.{pk}@example.org", True))
        posts.add((pk, home, title, since.isoformat()))
    people.flush()
    posts.flush()
    return speaker
