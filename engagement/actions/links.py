"""A link is sent once more to the same person, or revoked by a manager."""

import datetime as dt

from django.db import transaction

from accounts import audit
from accounts.models import User
from engagement.actions.asking import new_nonce, send
from engagement.models import AnswerLink, Event
from engagement.queries.links import links, may_be_written_to, state_of
from engagement.rules.links import LASTS, LinkState, may_be_sent_again


class NotSendableError(Exception):
    """The link was used, revoked or overtaken, was sent often enough, or nobody may be written to."""


class NotRevocableError(Exception):
    """The link lets nobody answer any more as it is."""


@transaction.atomic
def send_link_again(*, link_id: int, by: User | None, now: dt.datetime) -> AnswerLink:
    """Send the link once more, to the same person, for another seven days; three times at most.

    ``by`` is a manager, or None when its holder asked for it. After its time a link comes back
    under another address: whoever came by the old one cannot bring it to life. Raises
    ``NotSendableError``.
    """
    link = _held(link_id)
    state = state_of(link, now=now)
    if not (may_be_sent_again(state, link.sends) and may_be_written_to(link)):
        raise NotSendableError(state)
    if state == LinkState.EXPIRED:
        link.nonce = new_nonce()
    link.sends, link.expires_at = link.sends + 1, now + LASTS
    link.save(update_fields=["nonce", "sends", "expires_at"])
    send([link], now=now)
    organisation = link.question.organisation
    audit.record(
        by=by,
        on_behalf_of="" if by else organisation,
        verb="link sent again",
        obj=link.question.event,
        after={
            "organisation": organisation.code,
            "person": str(link.user or link.person),
            "sends": link.sends,
        },
        at=now,
    )
    return link


@transaction.atomic
def revoke_link(*, link_id: int, reason: str, by: User, now: dt.datetime) -> AnswerLink:
    """Nobody answers by this link any more. The question stays: the organisation can still sign in.

    Raises ``ValueError`` without a reason and ``NotRevocableError``.
    """
    if not reason.strip():
        message = "Say why the link is revoked."
        raise ValueError(message)
    link = _held(link_id)
    if state_of(link, now=now) not in {LinkState.OPEN, LinkState.EXPIRED}:
        raise NotRevocableError(link_id)
    link.revoked_at, link.revoked_by = now, by
    link.save(update_fields=["revoked_at", "revoked_by"])
    audit.record(
        by=by,
        verb="link revoked",
        obj=link.question.event,
        after={
            "organisation": link.question.organisation.code,
            "person": str(link.user or link.person),
            "reason": reason,
        },
        at=now,
    )
    return link


def _held(link_id: int) -> AnswerLink:
    """The link, while nobody else can answer by it or ask anew."""
    event_id = links().values_list("question__event", flat=True).get(pk=link_id)
    Event.objects.select_for_update().get(pk=event_id)
    return links().get(pk=link_id)
