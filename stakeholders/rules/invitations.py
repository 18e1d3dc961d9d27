"""How long an invitation lasts, how often it may be sent, and how it stands. Pure."""

import datetime as dt
from enum import StrEnum

LASTS = dt.timedelta(days=7)
MAY_BE_SENT_AGAIN = 3
MAY_WAIT = 20
"""Invitations of one organisation that may be open at once: nobody writes to a whole town."""


class Standing(StrEnum):
    """How an invitation stands."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


def standing(
    *,
    expires_at: dt.datetime,
    accepted_at: dt.datetime | None,
    revoked_at: dt.datetime | None,
    now: dt.datetime,
) -> Standing:
    """How an invitation with these moments stands at ``now``."""
    if accepted_at is not None:
        return Standing.ACCEPTED
    if revoked_at is not None:
        return Standing.WITHDRAWN
    return Standing.WAITING if now < expires_at else Standing.EXPIRED


def times_left(times_sent_again: int) -> int:
    """How often it may still be sent again."""
    return max(0, MAY_BE_SENT_AGAIN - times_sent_again)
