"""Checks of what a signed-in person may do. Where they may do it is ``plans.access``."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from accounts.models import RoleGrant, User
from accounts.roles import Permission, Role, permissions_of

View = Callable[..., HttpResponseBase]


def roles_of(user: User, *, today: dt.date) -> frozenset[Role]:
    """The roles that ``user`` holds on ``today``; none for a suspended user.

    Asked once per request and person: the answer is kept on the user object for that day.
    """
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    if not hasattr(user, "roles_by_day"):  # not vars(): request.user is a wrapper around the person
        user.roles_by_day = {}  # type: ignore[attr-defined]
    kept: dict[dt.date, frozenset[Role]] = user.roles_by_day  # type: ignore[attr-defined]
    if today in kept:
        return kept[today]
    held = RoleGrant.objects.on(today).filter(user=user).values_list("role", flat=True)
    kept[today] = frozenset(Role(role) for role in held)
    return kept[today]


def has_permission(user: User, permission: Permission, *, today: dt.date) -> bool:
    """Whether any role that ``user`` holds on ``today`` carries ``permission``."""
    return permission in permissions_of(roles_of(user, today=today))


def require(permission: Permission) -> Callable[[View], View]:
    """View decorator: 403 for a signed-in person none of whose roles carries ``permission``.

    For pages that are about no particular plan. A page about one plan loads the plan in scope
    first (404 outside it) and then calls ``check``.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            check(request, permission)
            return view(request, *args, **kwargs)

        return checked

    return decorate


def check(request: HttpRequest, permission: Permission) -> None:
    """Raise ``PermissionDenied`` (403) unless the signed-in person has ``permission``."""
    today = timezone.localdate()  # noqa: TID251 - called by views, for views
    if not has_permission(cast(User, request.user), permission, today=today):
        raise PermissionDenied(permission.refusal)
