"""Writes about signing in: that somebody did, that a code was sent, that a password was changed."""

import datetime as dt
from collections.abc import Sequence

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction

from accounts import audit
from accounts.models import User


@transaction.atomic
def note_sign_in(*, by: User, how: Sequence[str], now: dt.datetime) -> None:
    """Keep in the audit trail that ``by`` has just signed in, and with what ("password", "mfa")."""
    audit.record(by=by, verb="signed in", obj=by, after={"with": list(how)}, at=now)


@transaction.atomic
def note_code_sent(*, to: User, now: dt.datetime) -> None:
    """Keep that a sign-in code was sent to ``to``; who asked for it is not known."""
    audit.record(by=None, verb="was sent a sign-in code", obj=to, at=now)


@transaction.atomic
def note_reset_sent(*, to: User, now: dt.datetime) -> None:
    """Keep that a link to a new password was sent to ``to``; who asked for it is not known."""
    audit.record(by=None, verb="was sent a link to a new password", obj=to, at=now)


@transaction.atomic
def change_password(*, by: User, password: str, now: dt.datetime) -> None:
    """Set a new password for ``by``, who has shown that they may.

    Every session that was opened with the old one ends at its next request.
    """
    by.set_password(password)
    by.save(update_fields=["password"])
    audit.record(by=by, verb="changed their password", obj=by, at=now)


@transaction.atomic
def tidy(*, now: dt.datetime) -> int:
    """Take away what has run out: sessions, what is kept about them, counters of the throttle.

    Gives the number of sessions. Nothing of this is history, so there is no audit row.
    """
    ended, _ = Session.objects.filter(expire_date__lt=now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    table = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])  # type: ignore[index]
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {table} WHERE expires < %s",  # noqa: S608 - the name is a setting of ours
            [connection.ops.adapt_datetimefield_value(now.replace(microsecond=0))],
        )
    return ended
