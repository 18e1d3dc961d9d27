"""Who may use the service, as the list and the page of one person show it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from accounts.models import AuditEntry, RoleGrant, User
from accounts.roles import ROLE_LABELS, Role
from plans.models import FootprintGrant
from plans.queries.people import Grants, PeopleFilters
from ui.shapes import Row
from ui.words import and_list, nhs_date, nhs_datetime, plural, sentence_case

NAMED_IN_LIST = 3
"""Areas or organisations that a line of the list names before it only counts the rest."""


@dataclass(frozen=True, kw_only=True)
class PersonLine:
    """One person in the list."""

    name: str
    email: str
    url: str
    roles: str
    where: str
    state: str
    is_suspended: bool


@dataclass(frozen=True, kw_only=True)
class GrantLine:
    """One grant on a person's page."""

    what: str
    kind: str
    begins: str
    ends: str
    given_by: str
    change_url: str


@dataclass(frozen=True, kw_only=True)
class PersonPage:
    """Everything on the page of one person."""

    roles: list[GrantLine]
    areas: list[GrantLine]
    organisations: list[GrantLine]
    ended: list[str]
    lacking: list[str]
    facts: list[Row]
    suspended: str
    reason: str


def lines(users: Iterable[User], grants: dict[int, Grants]) -> list[PersonLine]:
    """The rows of the list; ``grants`` are those of today."""
    return [
        PersonLine(
            name=user.name,
            email=user.email,
            url=reverse("plans:person", args=[user.pk]),
            roles=sentence_case(and_list(_role(one) for one in grants[user.pk].roles)) or "No role",
            where=_where(grants[user.pk]),
            state="Active" if user.is_active else "Suspended",
            is_suspended=not user.is_active,
        )
        for user in users
    ]


def empty_text(filters: PeopleFilters) -> str:
    """What to do when nobody was found."""
    if not filters.any:
        return "Add the first person."
    return "Try fewer letters, or clear the filters."


def person_page(  # noqa: PLR0913  (a person has this many sides)
    user: User,
    grants: Grants,
    *,
    today: dt.date,
    sessions: int,
    has_second_factor: bool,
    suspension: AuditEntry | None,
    may_change: bool,
) -> PersonPage:
    """What a person may do, where, since when and on whose word; what has ended, in words."""
    every: list[tuple[str, list[Any]]] = [
        ("roles", grants.roles),
        ("areas", grants.areas),
        ("organisations", grants.organisations),
    ]
    standing = {
        kind: [_line(one, kind, user, may_change=may_change) for one in rows if _stands(one, today)]
        for kind, rows in every
    }
    return PersonPage(
        **standing,
        ended=[_past(one) for _, rows in every for one in rows if not _stands(one, today)],
        lacking=_lacking(grants, today),
        facts=_facts(user, sessions=sessions, has_second_factor=has_second_factor),
        suspended=_suspended(user, suspension),
        reason=str(suspension.became.get("reason", "")) if suspension else "",
    )


def columns(*, may_change: bool) -> dict[str, list[str]]:
    """The heads of the three tables of grants."""
    rest = ["From", "Until", "Given by", *(("Change",) if may_change else ())]
    return {
        "roles": ["Role", *rest],
        "areas": ["Area", *rest],
        "organisations": ["Organisation", *rest],
    }


def what_of(grant: Any) -> str:
    """What a grant is of, in words: "Board reviewer", "Greater Manchester", "Bolton LMC"."""
    if isinstance(grant, RoleGrant):
        return sentence_case(_role(grant))
    if isinstance(grant, FootprintGrant):
        return grant.footprint.name if grant.footprint else str(grant.region)
    return str(grant.organisation.name)


def _role(grant: RoleGrant) -> str:
    return ROLE_LABELS[Role(grant.role)]


def _line(grant: Any, kind: str, user: User, *, may_change: bool) -> GrantLine:
    return GrantLine(
        what=what_of(grant),
        kind=_kind(grant),
        begins=nhs_date(grant.valid_from),
        ends=nhs_date(grant.valid_to),
        given_by=grant.granted_by.name if grant.granted_by else "",
        change_url=reverse("plans:grant", args=[user.pk, kind, grant.pk]) if may_change else "",
    )


def _kind(grant: Any) -> str:
    if isinstance(grant, RoleGrant):
        return ""
    if isinstance(grant, FootprintGrant):
        return grant.footprint.code if grant.footprint else "Every footprint of the region"
    return f"{grant.organisation.get_category_display()} {grant.organisation.code}"


def _stands(grant: Any, today: dt.date) -> bool:
    """Whether it holds today or will; what is yet to begin can still be changed."""
    return grant.taken_back_at is None and (grant.valid_to is None or grant.valid_to >= today)


def _holds(grant: Any, today: dt.date) -> bool:
    return _stands(grant, today) and grant.valid_from <= today


def _past(grant: Any) -> str:
    if grant.taken_back_at is not None:
        return f"{what_of(grant)}: from {nhs_date(grant.valid_from)}, taken back on {nhs_date(grant.taken_back_at)}"
    return f"{what_of(grant)}: {nhs_date(grant.valid_from)} to {nhs_date(grant.valid_to)}"


def _lacking(grants: Grants, today: dt.date) -> list[str]:
    """What keeps somebody from using what they were given, a sentence each."""
    roles = {one.role for one in grants.roles if _holds(one, today)}
    areas = any(_holds(one, today) for one in grants.areas)
    organisations = any(_holds(one, today) for one in grants.organisations)
    checks = (
        (not roles, "They hold no role today, so they see nothing."),
        (Role.MANAGER in roles and not areas, "A regional manager without an area sees no plan."),
        (
            Role.REPRESENTATIVE in roles and not organisations,
            "An organisation lead who answers for nobody sees no record.",
        ),
        (areas and Role.MANAGER not in roles, "An area is of use to a regional manager only."),
        (
            organisations and Role.REPRESENTATIVE not in roles,
            "To answer for an organisation they need the role of organisation lead.",
        ),
    )
    return [sentence for is_so, sentence in checks if is_so]


def _facts(user: User, *, sessions: int, has_second_factor: bool) -> list[Row]:
    password = "Chosen" if user.has_usable_password() else "Not chosen yet"
    return [
        Row(key="Signs in as", value=user.email),
        Row(key="State", value="Active" if user.is_active else "Suspended"),
        Row(key="Password", value=password),
        Row(key="Second factor", value="Set up" if has_second_factor else "Not set up"),
        Row(key="Signed in", value=plural(sessions, "browser") if sessions else "Nowhere"),
        Row(key="Last signed in", value=nhs_datetime(user.last_login) or "Never"),
        Row(key="Added", value=nhs_date(user.created_at)),
    ]


def _suspended(user: User, entry: AuditEntry | None) -> str:
    if user.is_active:
        return ""
    if entry is None:
        return "They cannot sign in."
    who = entry.actor.name if entry.actor else "The service"
    return f"{who} suspended them on {nhs_date(entry.recorded_at)}. They cannot sign in."


def _where(grants: Grants) -> str:
    names = [what_of(one) for one in (*grants.areas, *grants.organisations)]
    if len(names) <= NAMED_IN_LIST:
        return and_list(names)
    return f"{', '.join(names[:NAMED_IN_LIST])} and {plural(len(names) - NAMED_IN_LIST, 'other')}"
