"""Ending sessions: whoever uses one is out at the next request."""

import datetime as dt

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from accounts import audit
from accounts.models import User
from accounts.rules.devices import device_of


@transaction.atomic
def end_session(*, by: User, pk: int, now: dt.datetime) -> bool:
    """End one session of ``by``; False where it is not theirs or has ended already."""
    row = UserSession.objects.filter(user=by, pk=pk).first()
    if row is None:
        return False
    _end([row.session_key])
    audit.record(
        by=by, verb="ended a session", obj=by, before={"device": device_of(row.user_agent)}, at=now
    )
    return True


@transaction.atomic
def end_other_sessions(*, by: User, current_key: str, now: dt.datetime) -> int:
    """End every session of ``by`` but this one; gives how many."""
    rows = UserSession.objects.filter(user=by).exclude(session_key=current_key)
    keys = list(rows.values_list("session_key", flat=True))
    if keys:
        _end(keys)
        audit.record(by=by, verb="ended other sessions", obj=by, before={"sessions": len(keys)},
                     at=now)  # fmt: skip
    return len(keys)


def end_every_session(*, user: User) -> None:
    """End every session of ``user``; for actions that take somebody's way in away."""
    _end(list(UserSession.objects.filter(user=user).values_list("session_key", flat=True)))


def _end(keys: list[str]) -> None:
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
