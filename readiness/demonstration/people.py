"""Writes synthetic people and their posts; some GPs hold one at a commissioner as well."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from plans import reference
from readiness.demonstration import names
from readiness.demonstration.dice import dice
from readiness.demonstration.register import BATCH, Register
from stakeholders.models import Person, Post

ONE_PRACTICE_IN = 6
BOARD_GPS = 2


@dataclass(frozen=True, kw_only=True)
class _Somebody:
    """A person to be written: for whom they work, as what."""

    name: str
    posts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class People:
    """Who speaks for whom: ids by code of the organisation."""

    speakers: dict[str, list[int]]
    board_gps: dict[str, list[tuple[str, int]]]
    """Of each commissioner: practice and person of the GPs who sit on its governing body."""


def write(register: Register, *, seed: str, leads: dict[str, str]) -> People:
    """People of practices, LMCs, commissioners and partners. ``leads`` gives the name of the
    first person of some organisations: the one who can sign in."""
    rng = dice(seed, "people")
    somebodies = list(_everybody(register, rng, leads))
    people = Person.objects.bulk_create(
        [
            Person(
                name=one.name,
                email=f"{one.name.lower().replace('dr ', '').replace(' ', '.')}.{number}@example.org",
                is_synthetic=True,
            )
            for number, one in enumerate(somebodies, start=1)
        ],
        batch_size=BATCH,
    )
    Post.objects.bulk_create(
        [
            Post(
                person=person,
                organisation=register[code],
                title=title,
                valid_from=register.since,
            )
            for person, one in zip(people, somebodies, strict=True)
            for code, title in one.posts
        ],
        batch_size=BATCH,
    )
    return _index(register, people, somebodies)


def _everybody(
    register: Register, rng: random.Random, leads: dict[str, str]
) -> Iterator[_Somebody]:
    drawn = names.people(rng)
    for code, (titles, is_doctor) in _posts(register, rng):
        for place, title in enumerate(titles):
            plain = f"Dr {next(drawn)}" if is_doctor and place == 0 else next(drawn)
            name = leads.get(code, plain) if place == 0 else plain
            yield _Somebody(name=name, posts=((code, title),))
    for commissioner, practices in register.practices_of.items():
        for code in rng.sample(practices, BOARD_GPS):
            yield _Somebody(
                name=f"Dr {next(drawn)}",
                posts=((code, "GP partner"), (commissioner, "Governing body GP")),
            )


def _posts(
    register: Register, rng: random.Random
) -> Iterator[tuple[str, tuple[tuple[str, ...], bool]]]:
    """Titles at each organisation that has people, and whether the first is a doctor."""
    for lmc in reference.lmcs():
        yield lmc.code, (("Chair", "Chief executive"), True)
    for commissioner in reference.commissioners():
        yield commissioner.code, (("Accountable officer",), False)
    for board in reference.boards():
        yield board.council_code, (("Director of adult services",), False)
        yield f"HWB-{board.council_short_code}", (("Chair",), False)
        yield f"HW-{board.council_short_code}", (("Manager",), False)
    for code in register.homes:
        if code.startswith("XP"):
            yield code, (("Chief officer",), False)
    for code in register.practices:
        if rng.random() < 1 / ONE_PRACTICE_IN:
            yield code, (("GP partner", "Practice manager"), True)


def _index(register: Register, people: list[Person], somebodies: list[_Somebody]) -> People:
    found = People(speakers={}, board_gps={})
    for person, one in zip(people, somebodies, strict=True):
        if len(one.posts) > 1:
            (practice, _), (commissioner, _) = one.posts
            found.board_gps.setdefault(commissioner, []).append((practice, person.pk))
        else:
            found.speakers.setdefault(one.posts[0][0], []).append(person.pk)
    return found
