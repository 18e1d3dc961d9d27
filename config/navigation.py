"""The menu in the header and who is signed in, for every page: a context processor.

Both are worked out only when a page asks for them, and once in a request: components are drawn
with the request too and must not cost queries.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.permissions import roles_of
from accounts.roles import Role
from stakeholders.access import organisations_represented_by
from stakeholders.models import Category
from ui.shapes import Link, NavItem


@dataclass(frozen=True)
class Entry:
    """A line of the menu: its words and the name of its address."""

    label: str
    url_name: str


EVENTS = Entry("Events", "engagement:events")
ORGANISATIONS = Entry("Organisations", "stakeholders:directory")
CONSULTATIONS = Entry("Consultations", "consultations:register")
FLAGS = Entry("Flags", "readiness:flags")
CRITERIA = Entry("Criteria", "readiness:criteria")
HISTORY = Entry("History", "accounts:history")

MENU: dict[Role, tuple[Entry, ...]] = {
    Role.MANAGER: (
        Entry("Home", "readiness:home"),
        Entry("Log engagement", "engagement:log"),
        Entry("Missing lists", "readiness:missing-lists"),
        EVENTS,
        CONSULTATIONS,
        ORGANISATIONS,
        FLAGS,
    ),
    Role.REVIEWER: (
        Entry("National board", "readiness:board"),
        Entry("Decisions", "readiness:decisions"),
        FLAGS,
        EVENTS,
        CONSULTATIONS,
        ORGANISATIONS,
        CRITERIA,
        HISTORY,
    ),
    Role.REPRESENTATIVE: (
        Entry("Were we consulted?", "engagement:consulted"),
        Entry("Members' comments", "engagement:collations"),
        CONSULTATIONS,
        EVENTS,
        ORGANISATIONS,
    ),
    Role.ADMINISTRATOR: (
        Entry("People", "plans:people"),
        Entry("Imports", "plans:imports"),
        Entry("Jobs", "jobs:log"),
        Entry("Mail", "mail:mail"),
        Entry("Words", "plans:mentions"),
        ORGANISATIONS,
        CRITERIA,
        HISTORY,
    ),
}

LEAD_OF = {
    Category.LMC: "LMC lead",
    Category.GP_PRACTICE: "practice lead",
}
"""How a representative is called, by whom they answer for; anybody else is an organisation lead."""


@dataclass(frozen=True)
class Account:
    """Who is signed in, as the header says it."""

    name: str
    role: str
    url: str


def frame(request: HttpRequest) -> dict[str, Any]:
    """``navigation``, ``account``, ``visit_seconds`` (how long one may do nothing) and ``footer_links`` for the frame of every page; empty for who is not signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {
        "navigation": _once(navigation, request),
        "account": _once(account, request),
        "visit_seconds": settings.IDLE_MINUTES * 60,
        "footer_links": [
            Link("How every figure is worked out", reverse("readiness:criteria")),
            Link("What we send you", reverse("mail:preferences")),
        ],
    }


def navigation(request: HttpRequest) -> list[NavItem]:
    """The menu of the roles held today, each page once; the page being read is marked.

    None for who has yet to set up or show a second factor: every page would lead back to that.
    """
    if getattr(request, "is_held_back", False):
        return []
    roles = roles_of(request.user, today=timezone.localdate())  # type: ignore[arg-type]
    entries = dict.fromkeys(entry for role in Role if role in roles for entry in MENU[role])
    urls = {entry: reverse(entry.url_name) for entry in entries}
    here = max((url for url in urls.values() if _is_below(request.path, url)), key=len, default="")
    return [NavItem(label=entry.label, url=url, current=url == here) for entry, url in urls.items()]


def account(request: HttpRequest) -> Account:
    """The name and the role of the person, such as "LMC lead"."""
    role = role_title(request.user, today=timezone.localdate())  # type: ignore[arg-type]
    return Account(request.user.name, role, reverse("accounts:account"))  # type: ignore[union-attr]


def role_title(user: User, *, today: dt.date) -> str:
    """The roles held today in words; no more than one query beyond the roles themselves."""
    roles = roles_of(user, today=today)
    titles = [role.label for role in Role if role in roles and role != Role.REPRESENTATIVE]
    if Role.REPRESENTATIVE in roles:
        ours = set(
            organisations_represented_by(user, today=today).values_list("category", flat=True)
        )
        lead = (title for category, title in LEAD_OF.items() if category in ours)
        titles.append(next(lead, Role.REPRESENTATIVE.label))
    return " and ".join(titles) or "no role yet"


def _is_below(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)


def _once(answer: Callable[[HttpRequest], Any], request: HttpRequest) -> Callable[[], Any]:
    """``answer(request)``, worked out at the first call and kept on the request."""
    kept = request.__dict__.setdefault("_frame", {})

    def lazily() -> Any:
        if answer not in kept:
            kept[answer] = answer(request)
        return kept[answer]

    return lazily
