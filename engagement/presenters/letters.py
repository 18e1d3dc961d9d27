"""The mails about records and disputes, written out when they are sent: they say what is then true.

A mail names what the record says of the organisation that is asked, and nobody else.
"""

import datetime as dt
from typing import Any

from django.urls import reverse

from engagement.models import AnswerLink, Attestation
from engagement.presenters.answers import answer_url
from engagement.presenters.links import about, put_rows
from engagement.presenters.standing import logged_in_words
from engagement.queries.answers import attestation_told_of
from engagement.queries.links import (
    links,
    may_be_written_to,
    parts_put,
    path_of,
    points_put,
    state_of,
)
from engagement.rules.links import LinkState
from mail.models import Message
from mail.writing import Letter, address, write
from ui.words import lower_first, nhs_date


def record_named(message: Message, *, now: dt.datetime) -> Letter | None:
    """The question and its link; None once nobody can answer by it any more."""
    link = links().filter(pk=message.context["link"]).first()
    if link is None or not may_be_written_to(link) or state_of(link, now=now) != LinkState.OPEN:
        return None
    return about_one(link)


def about_one(link: AnswerLink) -> Letter:
    """The question that this link answers, with all that the record says of the organisation."""
    event, organisation = link.question.event, link.question.organisation
    again = link.round > 1
    subject = (
        f"The record was corrected: is it right now? {organisation.name}"
        if again
        else f"Is this right? {organisation.name} was named in a record"
    )
    context = {
        "name": str(link.user or link.person),
        "why": f"You get this because {_why(link, organisation.name)}.",
        "organisation": organisation.name,
        "about": about(event),
        "logged": f"{logged_in_words(event)}.",
        "again": again,
        "rows": put_rows(event, parts_put(link)),
        "points": [point.text for point in points_put(link)],
        "link": address(path_of(link)),
        "expires": nhs_date(link.expires_at),
        "has_account": link.user is not None,
        "sign_in": address(answer_url(event.pk, organisation.code)) if link.user else "",
    }
    return write("engagement/record_named", context, subject=subject)


def _why(link: Any, organisation: str) -> str:
    if link.user is not None:
        return f"you answer for {organisation}"
    return f"the record says that you took part for {organisation}"


def dispute_raised(message: Message, *, now: dt.datetime) -> Letter | None:
    """To the managers: who disagrees and in what words; None once that is over."""
    dispute = attestation_told_of(message.context["attestation"])
    if dispute is None or dispute.resolution or dispute.superseded_at:
        return None
    context = {
        **_dispute(dispute),
        "name": str(message.user),
        "why": "You get this because you manage a plan that the record counts for.",
        "reply": address(reverse("engagement:dispute-reply", args=[dispute.event_id, dispute.pk])),
    }
    subject = f"{dispute.organisation.name} disagrees with a record"
    return write("engagement/dispute_raised", context, subject=subject)


def dispute_replied(message: Message, *, now: dt.datetime) -> Letter | None:
    """To who disagreed: what the managers reply."""
    dispute = attestation_told_of(message.context["attestation"])
    if dispute is None or not dispute.reply or dispute.superseded_at:
        return None
    subject = f"A reply about the {lower_first(about(dispute.event))}"
    context = {**_dispute(dispute), **_to_organisation(message, dispute)}
    return write("engagement/dispute_replied", context, subject=subject)


def dispute_closed(message: Message, *, now: dt.datetime) -> Letter | None:
    """To who disagreed: the board keeps both the record and the disagreement."""
    dispute = attestation_told_of(message.context["attestation"])
    if dispute is None or not dispute.resolution_words:
        return None
    subject = f"Your disagreement stands beside the record: {lower_first(about(dispute.event))}"
    context = {**_dispute(dispute), **_to_organisation(message, dispute)}
    return write("engagement/dispute_closed", context, subject=subject)


def _dispute(dispute: Attestation) -> dict[str, Any]:
    return {
        "dispute": dispute,
        "organisation": dispute.organisation.name,
        "about": lower_first(about(dispute.event)),
        "record": address(reverse("engagement:event", args=[dispute.event_id])),
    }


def _to_organisation(message: Message, dispute: Attestation) -> dict[str, Any]:
    organisation = dispute.organisation.name
    return {
        "name": str(message.user or message.name),
        "why": f"You get this because you answer for {organisation}."
        if message.user
        else f"You get this because you answered for {organisation}.",
        "has_account": message.user is not None,
    }
