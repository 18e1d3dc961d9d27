"""What a single-purpose link is good for at a moment. Pure."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

LASTS = dt.timedelta(days=7)
SENDS = 4
"""Once, and three times more."""


class LinkState(StrEnum):
    """What opening a link gives."""

    OPEN = "open"
    USED = "used"
    ANSWERED = "answered"
    EXPIRED = "expired"
    REPLACED = "replaced"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    CLOSED = "closed"
    ENDED = "ended"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class LinkFacts:
    """``is_newest``: the address is the one that was sent last. ``is_entitled``: its user may still
    sign in and answers for the organisation; always so of a person without an account.
    ``is_answered``: somebody else of the organisation answered, or they did signed in."""

    expires_at: dt.datetime
    sends: int = 1
    is_newest: bool = True
    is_used: bool = False
    is_answered: bool = False
    is_revoked: bool = False
    is_of_this_round: bool = True
    is_closed: bool = False
    is_entitled: bool = True


def link_state(facts: LinkFacts, *, now: dt.datetime) -> LinkState:
    """What the link is good for. Whoever lost the right to answer learns nothing of the record, so
    that comes first; what was answered is said even after the link's time."""
    cases = (
        (not facts.is_entitled, LinkState.ENDED),
        (not facts.is_newest, LinkState.REPLACED),
        (facts.is_used, LinkState.USED),
        (facts.is_closed, LinkState.CLOSED),
        (not facts.is_of_this_round, LinkState.SUPERSEDED),
        (facts.is_revoked, LinkState.REVOKED),
        (facts.is_answered, LinkState.ANSWERED),
        (facts.expires_at <= now, LinkState.EXPIRED),
    )
    return next((state for holds, state in cases if holds), LinkState.OPEN)


def may_be_sent_again(state: LinkState, sends: int) -> bool:
    """Whether the same person may have it once more."""
    return state in {LinkState.OPEN, LinkState.EXPIRED} and sends < SENDS
