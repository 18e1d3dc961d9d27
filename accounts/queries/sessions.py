"""Where a person is signed in."""

import datetime as dt
from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils.crypto import constant_time_compare

from accounts.models import User
from accounts.rules.devices import device_of


@dataclass(frozen=True)
class SignedIn:
    """One browser in which a person is signed in."""

    pk: int
    device: str
    address: str
    since: dt.datetime
    is_this: bool


def sessions_of(user: User, *, current_key: str, now: dt.datetime) -> list[SignedIn]:
    """The sessions of ``user`` that still hold, this one first, then the newest; two queries."""
    rows = list(UserSession.objects.filter(user_id=user.pk).order_by("-created_at", "-pk"))
    keys = [row.session_key for row in rows]
    stored = Session.objects.filter(session_key__in=keys, expire_date__gt=now)
    valid = user.get_session_auth_hash()
    alive = {
        one.session_key
        for one in stored
        if constant_time_compare(one.get_decoded().get(HASH_SESSION_KEY, ""), valid)
    }
    found = [
        SignedIn(
            pk=row.pk,
            device=device_of(row.user_agent),
            address=row.ip,
            since=row.created_at,
            is_this=row.session_key == current_key,
        )
        for row in rows
        if row.session_key in alive
    ]
    return sorted(found, key=lambda one: not one.is_this)
