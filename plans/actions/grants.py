"""Letting somebody in: a user with a role, and where it holds."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet

from accounts import audit
from accounts.actions import add_user
from accounts.models import User
from accounts.roles import Role
from plans.models import Footprint, FootprintGrant, Region
from stakeholders.models import Organisation, Representative

Coded = TypeVar("Coded", Footprint, Region, Organisation)


class ScopeUnknownError(ValueError):
    """A code names no footprint, region or organisation; the message says which."""


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Where a role holds, by codes. Reviewers and administrators need none."""

    footprints: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


@transaction.atomic
def let_in(  # noqa: PLR0913  (a person has this many facts)
    *,
    by: User | None,
    email: str,
    name: str,
    password: str,
    role: Role,
    scope: Scope,
    now: dt.datetime,
    today: dt.date,
) -> User:
    """Add a user with one role from ``today`` on, and its grants; all of it or nothing.

    Raises ``ValidationError`` for an address or password that will not do, and
    ``ScopeUnknownError``.
    """
    user = add_user(
        by=by, email=email, name=name, password=password, role=role, now=now, today=today
    )
    held = {"user": user, "valid_from": today, "granted_by": by}
    for footprint in _by_code(Footprint.objects.all(), "footprint", scope.footprints):
        FootprintGrant.objects.create(footprint=footprint, **held)
    for region in _by_code(Region.objects.all(), "region", scope.regions):
        FootprintGrant.objects.create(region=region, **held)
    for organisation in _by_code(Organisation.objects.all(), "organisation", scope.organisations):
        Representative.objects.create(organisation=organisation, **held)
    audit.record(by=by, verb="given access", obj=user, after=vars(scope), at=now)
    return user


def _by_code(rows: QuerySet[Coded], noun: str, codes: Iterable[str]) -> list[Coded]:
    """The rows with these codes; every code must be one."""
    wanted = {code.strip().upper() for code in codes}
    found = {row.code: row for row in rows.filter(code__in=wanted)}
    if unknown := wanted - set(found):
        message = f"No {noun} has the code {', '.join(sorted(unknown))}."
        raise ScopeUnknownError(message)
    return list(found.values())
