"""The pages behind an emailed link, in words."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from engagement.models import Answer, Attestation, Event, Participation, Point
from engagement.presenters.answers import answer_url
from engagement.presenters.standing import logged_in_words, part_in_words
from engagement.queries.links import Opened, token_of
from engagement.rules.links import LinkState
from ui.shapes import Row
from ui.words import lower_first, nhs_date

UNKNOWN = "This link does not work"


def about(event: Event) -> str:
    """What is asked about, without its title, which may name others: ``Meeting on 3 April 2016``."""
    return f"{event.get_channel_display()} on {nhs_date(event.held_on)}"


def put_rows(event: Event, parts: Iterable[Participation]) -> list[Row]:
    """What the record says of one organisation, and nothing about anybody else."""
    rows = [
        Row(key="Date", value=nhs_date(event.held_on)),
        Row(key="How", value=event.get_channel_display()),
        Row(key="Level", value=event.get_level_display()),
        Row(key="Who", value="\n".join(part_in_words(part, named=True) for part in parts)),
    ]
    if event.cancel_reason:
        rows.insert(3, Row(key="What came of it", value=event.get_status_display()))
    return rows


def question(found: Opened, parts: list[Participation], points: list[Point]) -> dict[str, Any]:
    """The question itself: whom it is for, who logged what, until when it can be answered."""
    link = found.link
    event, organisation = link.question.event, link.question.organisation
    return {
        "about": about(event),
        "organisation": organisation.name,
        "holder": found.holder,
        "holder_did": "answers" if link.user else "took part, by the record,",
        "logged": f"{logged_in_words(event)}.",
        "again": link.round > 1,
        "rows": put_rows(event, parts),
        "points": [point.text for point in points],
        "expires": nhs_date(link.expires_at),
        "sign_in_url": answer_url(event.pk, organisation.code) if link.user else "",
    }


def unknown() -> dict[str, Any]:
    """The address is none of ours: cut short, altered, or made up."""
    return {
        "heading": UNKNOWN,
        "lines": [
            "It may have been cut short. Open it again from the email, or copy all of it.",
            "If you have an account, sign in: what waits for your answer is there.",
        ],
        "sign_in_url": "/",
    }


def sent_again() -> dict[str, Any]:
    """A new link is on its way."""
    return {
        "heading": "We have sent a new link",
        "lines": [
            "It goes to the same person at the same address. It works for 7 days.",
            "If it has not arrived in an hour, look among unwanted mail.",
        ],
    }


def state(
    found: Opened, state: LinkState, *, answer: Attestation | None, other: str
) -> dict[str, Any]:
    """A link by which nothing can be answered now: what became of it, and what to do instead."""
    link = found.link
    event, organisation = link.question.event, link.question.organisation
    if state == LinkState.ENDED:
        return {
            "heading": UNKNOWN,
            "lines": ["It was for somebody who does not answer for an organisation here any more."],
        }
    if other and state == LinkState.OPEN:
        return _for_somebody_else(found, other)
    made = {
        LinkState.REVOKED: _revoked,
        LinkState.REPLACED: _replaced,
        LinkState.SUPERSEDED: _superseded,
        LinkState.CLOSED: _closed,
        LinkState.USED: _used,
        LinkState.ANSWERED: _answered,
        LinkState.EXPIRED: _expired,
    }[state](found, answer)
    may_sign_in = link.user is not None and state != LinkState.CLOSED
    return {
        "about": about(event),
        "organisation": organisation.name,
        "holder": found.holder,
        "again_url": reverse("engagement:answer-link-again", args=[token_of(link)]),
        "may_send": state == LinkState.EXPIRED and found.may_be_sent_again and not other,
        "sign_in_url": answer_url(event.pk, organisation.code) if may_sign_in else "",
        **made,
    }


def _for_somebody_else(found: Opened, other: str) -> dict[str, Any]:
    organisation = found.link.question.organisation.name
    return {
        "heading": f"This link is for {found.holder}",
        "lines": [
            f"You are signed in as {other}. Only {found.holder} answers by it for {organisation}.",
            "If you are that person, sign out and open the link again.",
        ],
    }


def _used(found: Opened, answer: Attestation | None) -> dict[str, Any]:
    if answer is None:  # used_at and the answer are written together
        return {"heading": "This link was used", "lines": []}
    did = "disagreed" if answer.answer == Answer.DISPUTED else "agreed"
    lines = [f"{found.holder} {did} on {nhs_date(answer.answered_at)}."]
    if answer.answer == Answer.DISPUTED and answer.resolution:
        lines.append(f"It is over: {lower_first(answer.get_resolution_display())}.")
    elif answer.answer == Answer.DISPUTED:
        lines.append("The record does not count for you until this is settled. The board sees why.")
    if found.link.round != found.link.question.round:
        lines.append("The record was changed since. We have sent another link to ask about that.")
    return {
        "heading": "Your answer is recorded",
        "lines": [*lines, "The link can be used once only." + _to_change(found)],
        "words": answer.words,
        "sign_in_text": "Sign in to change it",
    }


def _to_change(found: Opened) -> str:
    if found.link.user is not None:
        return " To change your answer, sign in."
    organisation = found.link.question.organisation.name
    return f" Whoever answers for {organisation} here can change the answer by signing in."


def _answered(found: Opened, _: Attestation | None) -> dict[str, Any]:
    question = found.link.question
    day = nhs_date(question.answered_at)
    return {
        "heading": "This has been answered",
        "lines": [f"Somebody answered for {question.organisation.name} on {day}."],
        "sign_in_text": "Sign in to see the answer, or to change it",
    }


def _expired(found: Opened, _: Attestation | None) -> dict[str, Any]:
    lines = [f"It worked until {nhs_date(found.link.expires_at)}. Nothing was answered."]
    if not found.may_be_sent_again:
        lines.append("It has been sent as often as it can be.")
    return {"heading": "This link has run out", "lines": lines}


def _revoked(found: Opened, _: Attestation | None) -> dict[str, Any]:
    event = found.link.question.event
    return {
        "heading": "This link was withdrawn",
        "lines": [
            "The regional manager took it back. The organisation can still answer by signing in.",
            f"If that is a mistake, write to {event.recorded_by.name}, who logged the record.",
        ],
    }


def _replaced(_: Opened, __: Attestation | None) -> dict[str, Any]:
    return {
        "heading": "There is a newer link",
        "lines": ["We sent another link to the same address. Open the newest email."],
    }


def _superseded(_: Opened, __: Attestation | None) -> dict[str, Any]:
    return {
        "heading": "The record was corrected",
        "lines": ["We have asked again about the record as it is now. Open the newest email."],
    }


def _closed(found: Opened, _: Attestation | None) -> dict[str, Any]:
    organisation = found.link.question.organisation.name
    return {
        "heading": "There is nothing left to answer",
        "lines": [f"The record was withdrawn, or it does not name {organisation} any more."],
    }
