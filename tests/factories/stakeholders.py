"""Organisations and the ties between them."""

import datetime as dt
from itertools import count

from accounts.models import User
from accounts.roles import Role
from stakeholders.models import (
    Category,
    ListSize,
    OpenPeriod,
    Organisation,
    Person,
    Post,
    Relationship,
    RelationshipKind,
    Representative,
)
from stakeholders.rules import search_text
from tests.factories import accounts

LONG_AGO = accounts.LONG_AGO
_numbers = count(1)


def organisation(
    category: str = Category.VCSE,
    *,
    code: str = "",
    name: str = "",
    opened_on: dt.date = LONG_AGO,
    closed_on: dt.date | None = None,
    postcode: str = "",
) -> Organisation:
    """An organisation open since long ago."""
    number = next(_numbers)
    code = code or f"T{number:05d}"
    name = name or f"{Category(category).label} {number}"
    made = Organisation.objects.create(
        code=code,
        name=name,
        category=category,
        postcode=postcode,
        search_text=search_text(name, code, postcode),
    )
    OpenPeriod.objects.create(organisation=made, valid_from=opened_on, valid_to=closed_on)
    return made


def commissioner(**facts) -> Organisation:
    return organisation(Category.COMMISSIONER, **facts)


def lmc(**facts) -> Organisation:
    return organisation(Category.LMC, **facts)


def tie(
    source: Organisation,
    kind: str,
    target: Organisation,
    *,
    valid_from: dt.date = LONG_AGO,
    valid_to: dt.date | None = None,
    partial: bool = False,
) -> Relationship:
    """A dated relationship."""
    return Relationship.objects.create(
        source=source,
        kind=kind,
        target=target,
        valid_from=valid_from,
        valid_to=valid_to,
        partial=partial,
    )


def practice(
    commissioned_by: Organisation | None = None,
    *,
    represented_by: Organisation | None = None,
    network: Organisation | None = None,
    patients: int | None = 6000,
    **facts,
) -> Organisation:
    """A GP practice, tied to a commissioner, an LMC and a network where they are given."""
    made = organisation(Category.GP_PRACTICE, **facts)
    for kind, target in (
        (RelationshipKind.COMMISSIONED_BY, commissioned_by),
        (RelationshipKind.REPRESENTED_BY, represented_by),
        (RelationshipKind.NETWORK_MEMBER_OF, network),
    ):
        if target is not None:
            tie(made, kind, target)
    if patients is not None:
        ListSize.objects.create(organisation=made, as_at=LONG_AGO, patients=patients)
    return made


def person(name: str = "", *, at: Organisation | None = None, title: str = "GP") -> Person:
    """Somebody, with a post at ``at`` where it is given."""
    made = Person.objects.create(name=name or f"Somebody {next(_numbers)}")
    if at is not None:
        Post.objects.create(person=made, organisation=at, title=title, valid_from=LONG_AGO)
    return made


def representative(of: Organisation) -> User:
    """A user who answers for ``of``."""
    made = accounts.user(Role.REPRESENTATIVE)
    Representative.objects.create(user=made, organisation=of, valid_from=LONG_AGO)
    return made
