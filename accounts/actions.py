"""Writes about people who sign in."""

import datetime as dt

from django.db import transaction

from accounts import audit
from accounts.models import User


@transaction.atomic
def note_sign_in(*, by: User, now: dt.datetime) -> None:
    """Keep in the audit trail that ``by`` has just signed in."""
    audit.record(by=by, verb="signed in", obj=by, at=now)
