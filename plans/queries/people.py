"""Who may use the service: found, and with everything that each may do and did."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import AuditEntry, RoleGrant, User
from accounts.queries import history_of
from plans.models import Footprint, FootprintGrant, Region
from stakeholders.models import Representative

NO_ROLE = "none"
HISTORY_SHOWN = 50
TABLES: dict[str, Any] = {
    "roles": RoleGrant,
    "areas": FootprintGrant,
    "organisations": Representative,
}
"""The three kinds of grant, as the address calls them."""


@dataclass(frozen=True, kw_only=True)
class PeopleFilters:
    """What was asked for; empty text asks for everybody. ``state`` is active or suspended."""

    words: str = ""
    role: str = ""
    state: str = ""

    @property
    def any(self) -> bool:
        return self != PeopleFilters()


@dataclass(frozen=True, kw_only=True)
class Grants:
    """What one person may do, of whichever days were asked for."""

    roles: list[RoleGrant]
    areas: list[FootprintGrant]
    organisations: list[Representative]


def people(filters: PeopleFilters, *, today: dt.date) -> QuerySet[User]:
    """Everybody asked for. Words are looked up anywhere in name and address."""
    found = User.objects.all()
    for word in filters.words.split():
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    held = RoleGrant.objects.on(today).filter(user=OuterRef("pk"))
    if filters.role == NO_ROLE:
        found = found.filter(~Exists(held))
    elif filters.role:
        found = found.filter(Exists(held.filter(role=filters.role)))
    if filters.state:
        found = found.filter(is_active=filters.state == "active")
    return found


def grants_on(users: Iterable[User], *, today: dt.date) -> dict[int, Grants]:
    """What each of these may do today, by their id; three queries for any number."""
    ids = [user.pk for user in users]
    roles, areas, organisations = (
        _by_user(rows.on(today).filter(user__in=ids)) for rows in _tables()
    )
    return {
        pk: Grants(roles=roles[pk], areas=areas[pk], organisations=organisations[pk]) for pk in ids
    }


def grants_of(user: User) -> Grants:
    """Everything that one person may do, ever could or will; three queries."""
    roles, areas, organisations = (
        list(rows.filter(user=user).order_by("valid_from", "pk")) for rows in _tables()
    )
    return Grants(roles=roles, areas=areas, organisations=organisations)


def person(pk: int) -> User | None:
    """The person with this number."""
    return User.objects.filter(pk=pk).first()


def grant(user: User, kind: str, pk: int, *, today: dt.date) -> Any:
    """The person's grant of this kind and number, if it has not ended; None otherwise."""
    if kind not in TABLES:
        return None
    standing = Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    rows = TABLES[kind].objects.filter(standing, user=user, taken_back_at=None)
    return rows.select_related("user").filter(pk=pk).first()


def last_suspension(user: User) -> AuditEntry | None:
    """When the person was suspended last, by whom and why."""
    return history_of(user).filter(verb="suspended").first()


def areas_to_choose(today: dt.date) -> tuple[list[Region], list[Footprint]]:
    """Where a manager may be let in: regions, and the footprints open today; two queries."""
    open_now = Q(closed_on__isnull=True) | Q(closed_on__gte=today)
    footprints = Footprint.objects.filter(open_now, opened_on__lte=today)
    regions = Region.objects.filter(
        Exists(footprints.filter(regions__region=OuterRef("pk"), regions__valid_to__isnull=True))
    )
    return list(regions), list(footprints)


def area_named(value: str) -> Region | Footprint | None:
    """The region or footprint that a value of the form means, such as "footprint:QOP"."""
    kind, _, code = value.partition(":")
    if kind == "region":
        return Region.objects.filter(code=code).first()
    return Footprint.objects.filter(code=code).first()


def _tables() -> tuple[Any, Any, Any]:
    return (
        RoleGrant.objects.select_related("granted_by"),
        FootprintGrant.objects.select_related("granted_by", "footprint", "region"),
        Representative.objects.select_related("granted_by", "organisation"),
    )


def _by_user(rows: QuerySet[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows.order_by("valid_from", "pk"):
        found[row.user_id].append(row)
    return found
