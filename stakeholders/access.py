"""For which organisations a person answers."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import User
from accounts.permissions import has_permission
from accounts.roles import Permission
from stakeholders.models import Organisation, Representative


def organisation_ids_represented_by(user: User, *, today: dt.date) -> frozenset[int]:
    """Ids of the organisations for which ``user`` answers on ``today``; one query."""
    held = Representative.objects.on(today).filter(user=user)
    return frozenset(held.values_list("organisation_id", flat=True))


def organisations_represented_by(user: User, *, today: dt.date):
    """The organisations for which ``user`` answers on ``today``."""
    return Organisation.objects.filter(
        pk__in=Representative.objects.on(today).filter(user=user).values("organisation")
    )


@dataclass(frozen=True)
class Desk:
    """An organisation whose people somebody may read, and whether they may change who they are."""

    organisation: Organisation
    may_change: bool


def desk_of(user: User, code: str, *, today: dt.date) -> Desk:
    """The people of the organisation with this code: for those who answer for it, and administrators.

    Raises ``PermissionDenied`` for who is neither, and ``Http404`` for another organisation.
    """
    may_invite = has_permission(user, Permission.INVITE, today=today)
    reads_all = has_permission(user, Permission.MANAGE_USERS, today=today)
    if not (may_invite or reads_all):
        raise PermissionDenied(Permission.INVITE.refusal)
    organisation = Organisation.objects.filter(code=code.upper()).first()
    is_own = (
        may_invite
        and organisation is not None
        and organisation.pk in organisation_ids_represented_by(user, today=today)
    )
    if organisation is None or not (is_own or reads_all):
        message = "No organisation of yours has this code."
        raise Http404(message)
    return Desk(organisation, may_change=is_own)


def desk_to_change(user: User, code: str, *, today: dt.date) -> Organisation:
    """The same, for who answers for it; ``PermissionDenied`` for administrators as well."""
    desk = desk_of(user, code, today=today)
    if not desk.may_change:
        raise PermissionDenied(Permission.INVITE.refusal)
    return desk.organisation
