"""Who answers for an organisation, and who was asked to."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from mail.models import Message
from mail.presenters.deliveries import delivery_lines
from mail.queries import About, about
from stakeholders.models import Invitation, Organisation, Representative
from stakeholders.queries.invitations import InvitationUnusable, standing_of
from stakeholders.rules.invitations import Standing, times_left
from ui.words import nhs_date, plural


@dataclass(frozen=True, kw_only=True)
class ColleagueLine:
    """Somebody who answers for it."""

    name: str
    email: str
    since: str
    until: str
    given_by: str
    is_you: bool
    end_url: str


@dataclass(frozen=True, kw_only=True)
class InvitationLine:
    """Somebody who was asked and has not accepted."""

    name: str
    email: str
    state: str
    colour: str
    sent: str
    again_url: str
    again_hint: str
    withdraw_url: str
    deliveries: list[str]


def colleague_lines(
    held: Iterable[Representative], organisation: Organisation, *, reader: User
) -> list[ColleagueLine]:
    """Everybody who answers for it today."""
    return [
        ColleagueLine(
            name=one.user.name,
            email=one.user.email,
            since=nhs_date(one.valid_from),
            until=nhs_date(one.valid_to),
            given_by=one.granted_by.name if one.granted_by else "",
            is_you=one.user_id == reader.pk,
            end_url=_url("colleague-end", organisation, one.pk),
        )
        for one in held
    ]


def invitation_lines(
    invitations: Iterable[Invitation],
    organisation: Organisation,
    *,
    messages: Mapping[About, list[Message]],
    now: dt.datetime,
) -> list[InvitationLine]:
    """Everybody who was asked and has not accepted, with what can still be done."""
    return [
        _line(one, organisation, standing_of(one, now=now), messages.get(about(one), []))
        for one in invitations
    ]


def _line(
    one: Invitation, organisation: Organisation, stands: Standing, messages: list[Message]
) -> InvitationLine:
    left = times_left(one.times_sent_again)
    open_still = stands is not Standing.WITHDRAWN
    word, colour = {
        Standing.WAITING: (f"Open until {nhs_date(one.expires_at)}", "blue"),
        Standing.EXPIRED: (f"Ended on {nhs_date(one.expires_at)}", "grey"),
    }.get(stands, ("Withdrawn", "grey"))
    return InvitationLine(
        name=one.name,
        email=one.email,
        state=word,
        colour=colour,
        sent=f"Invited by {one.sent_by.name} on {nhs_date(one.sent_at)}",
        again_url=_url("invitation-again", organisation, one.pk) if open_still and left else "",
        again_hint=f"Can be sent again {plural(left, 'time')}."
        if left
        else "Was sent as often as it can be.",
        withdraw_url=_url("invitation-withdraw", organisation, one.pk) if open_still else "",
        deliveries=delivery_lines(messages),
    )


def _url(name: str, organisation: Organisation, pk: int) -> str:
    return reverse(f"stakeholders:{name}", args=[organisation.code, pk])


UNUSABLE = {
    "altered": (
        "This link does not work",
        "Part of it may be missing. Copy the whole link from the mail into the address bar. If it still does not work, ask whoever invited you to send it again.",
    ),
    "replaced": (
        "There is a newer link",
        "This invitation was sent again, and only the newest link works. Look for a later mail.",
    ),
    "inviter_gone": (
        "This invitation has ended",
        "Whoever sent it does not answer for the organisation any more. Ask somebody else there, or an administrator, to invite you.",
    ),
    Standing.ACCEPTED: (
        "This invitation was accepted",
        "It works once. If it was you who accepted, sign in with your email address and password.",
    ),
    Standing.WITHDRAWN: (
        "This invitation was withdrawn",
        "Ask your organisation if you think that this is a mistake. They can invite you again.",
    ),
    Standing.EXPIRED: (
        "This invitation is too old",
        "A link works for seven days. Ask whoever invited you to send it again.",
    ),
}
"""Heading and what to do, for each reason for which a link lets nobody in."""


def unusable(why: InvitationUnusable) -> dict[str, object]:
    """The words of the page for a link that lets nobody in."""
    heading, text = UNUSABLE[why.why]
    return {"heading": heading, "text": text, "sign_in": why.why == Standing.ACCEPTED}
