"""What the addresses of the history are made of: a redaction that waits, and a legal hold."""

import datetime as dt

from django.db import transaction

from accounts import audit
from accounts.actions import redactions
from accounts.models import User
from accounts.roles import Role
from tests.factories import accounts


def values(now: dt.datetime) -> dict[str, object]:
    """Asked for and placed by people who walk through nothing."""
    asker = accounts.user(Role.ADMINISTRATOR)
    about: User = accounts.user(name="canary of the redaction")
    with transaction.atomic():
        audit.record(by=asker, verb="added", obj=about, at=now)
    asked = redactions.ask_for_redaction(
        words="canary of the redaction",
        reason="Asked by letter",
        object_type="",
        object_key="",
        by=asker,
        now=now,
    )
    held = redactions.place_hold(
        object_type="accounts.user", object_key="0", reason="A claim", by=asker, now=now
    )
    return {"redaction": asked.pk, "hold": held.pk}
