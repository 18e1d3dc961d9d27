"""The people whom an attendance list names: those whom the register knows, and new ones."""

import datetime as dt
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from engagement.rules.attendance_known import alike
from stakeholders.models import Person, Post


class Taken(NamedTuple):
    """What is written of a matched row: it has its day and its organisation."""

    id: int
    number: int
    event_id: int | None
    event_title: str
    held_on: dt.date
    organisation_id: int
    person_name: str
    role: str
    capacity: str
    outcome: str
    updates: bool


Key = tuple[int, str]
"""Organisation, and the name as ``alike`` writes it."""


def people_for(rows: Iterable[Taken]) -> dict[int, int]:
    """Row -> person, for rows that name one; at most three statements.

    Somebody of the same name with a post at the same organisation is the same person; anybody else
    is new and has held the post since the first event of the list that names them.
    """
    named = [row for row in rows if row.person_name]
    if not named:
        return {}
    known = _known({row.organisation_id for row in named})
    first: dict[Key, Taken] = {}
    for row in sorted(named, key=lambda one: (one.held_on, one.number)):
        first.setdefault(_key(row), row)
    new = {key: row for key, row in first.items() if key not in known}
    people = Person.objects.bulk_create(
        Person(name=unicodedata.normalize("NFC", row.person_name)) for row in new.values()
    )
    for key, person in zip(new, people, strict=True):
        known[key] = person.pk
    Post.objects.bulk_create(
        Post(
            person_id=known[key],
            organisation_id=key[0],
            title=row.role or "Not stated",
            valid_from=row.held_on,
        )
        for key, row in new.items()
    )
    return {row.id: known[_key(row)] for row in named}


def _key(row: Taken) -> Key:
    return row.organisation_id, alike(row.person_name)


def _known(organisation_ids: set[int]) -> dict[Key, int]:
    posts = Post.objects.filter(organisation__in=organisation_ids).order_by("-pk")
    rows = posts.values_list("organisation_id", "person__name", "person_id")
    return {(organisation, alike(name)): person for organisation, name, person in rows}
