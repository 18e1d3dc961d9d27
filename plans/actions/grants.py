"""Letting somebody in: a user with a role, and where it holds."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet

from accounts.actions.grants import Why, give
from accounts.actions.people import add_user, new_first_link
from accounts.models import RoleGrant, User
from accounts.roles import Role
from accounts.rules.grants import Period
from mail.actions import Recipient, post
from plans.models import Footprint, FootprintGrant, Region
from stakeholders.actions.representation import represent
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
    password: str | None,
    role: Role,
    scope: Scope,
    now: dt.datetime,
    today: dt.date,
    period: Period | None = None,
    reason: str = "",
) -> User:
    """Add a user with one role and its grants, from ``today`` on if no period is given.

    All of it or nothing. Without a password they get a mail with a link to choose one. Raises
    ``ValidationError`` for an address or password that will not do, ``GrantRefused`` for such a
    period, and ``ScopeUnknownError``.
    """
    period = period or Period(first=today)
    why = Why(by=by, reason=reason, now=now, today=today)
    user = add_user(email=email, name=name, password=password, role=role, period=period, why=why)
    for footprint in _by_code(Footprint.objects.all(), "footprint", scope.footprints):
        give_area(to=user, area=footprint, period=period, why=why)
    for region in _by_code(Region.objects.all(), "region", scope.regions):
        give_area(to=user, area=region, period=period, why=why)
    for organisation in _by_code(Organisation.objects.all(), "organisation", scope.organisations):
        represent(to=user, organisation=organisation, period=period, why=why)
    if password is None:
        _post_first_link(user, now)
    return user


def give_role(*, to: User, role: Role, period: Period, why: Why) -> RoleGrant:
    """Give a role. Raises ``OwnGrant`` and ``GrantRefused``, as the next two do."""
    return give(RoleGrant, to=to, what={"role": role}, period=period, why=why)


def give_area(*, to: User, area: Footprint | Region, period: Period, why: Why) -> FootprintGrant:
    """Let a manager write in one footprint, or in every footprint of a region."""
    what = {"region": area} if isinstance(area, Region) else {"footprint": area}
    return give(FootprintGrant, to=to, what=what, period=period, why=why)


def give_organisation(
    *, to: User, organisation: Organisation, period: Period, why: Why
) -> Representative:
    """Let somebody answer for an organisation."""
    return represent(to=to, organisation=organisation, period=period, why=why)


@transaction.atomic
def send_first_link(*, person: User, why: Why) -> None:
    """Send a newer link to choose a first password; the one that was sent before ends.

    Raises ``OwnGrant``, and ``GrantRefused`` where there is a password.
    """
    new_first_link(person=person, why=why)
    _post_first_link(person, why.now)


def _post_first_link(person: User, now: dt.datetime) -> None:
    matter = f"first-password:{person.pk}:{now.isoformat()}"
    post(kind="first-password", matter=matter, to=Recipient(user=person), now=now, about=person)


def _by_code(rows: QuerySet[Coded], noun: str, codes: Iterable[str]) -> list[Coded]:
    """The rows with these codes; every code must be one."""
    wanted = {code.strip().upper() for code in codes}
    found = {row.code: row for row in rows.filter(code__in=wanted)}
    if unknown := wanted - set(found):
        message = f"No {noun} has the code {', '.join(sorted(unknown))}."
        raise ScopeUnknownError(message)
    return list(found.values())
