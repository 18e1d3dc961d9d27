"""Whom a record was put to and what became of it, on the record's own page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from engagement.models import Answer, AnswerLink
from engagement.queries.links import may_be_written_to
from engagement.queries.questions import QuestionAsked
from engagement.rules.links import SENDS
from mail.models import Message
from mail.presenters import delivery_lines
from ui.words import nhs_date

Deliveries = Mapping[tuple[str, str], list[Message]]


@dataclass(frozen=True, kw_only=True)
class LinkLine:
    """One person who got a link: what became of it, how the mails went, what a manager may do."""

    holder: str
    state: str
    deliveries: list[str]
    again_url: str = ""
    revoke_url: str = ""


@dataclass(frozen=True, kw_only=True)
class QuestionLine:
    """One organisation that was asked."""

    organisation: str
    state: str
    sentence: str
    note: str
    links: list[LinkLine]


def question_lines(
    asked: Iterable[QuestionAsked], deliveries: Deliveries, *, may_send: bool
) -> list[QuestionLine]:
    """Everybody asked, with what was answered; ``may_send`` gives the buttons of a manager."""
    return [_line(one, deliveries, may_send=may_send) for one in asked]


def link_keys(asked: Iterable[QuestionAsked]) -> list[AnswerLink]:
    """The links about which mails are looked for."""
    return [link for one in asked for link in one.links]


def _line(one: QuestionAsked, deliveries: Deliveries, *, may_send: bool) -> QuestionLine:
    state, sentence = _state(one)
    put = one.question
    is_open = put.closed_at is None and put.answered_at is None
    nobody = "" if one.links else "Nobody with an account or an address to write to."
    return QuestionLine(
        organisation=put.organisation.name,
        state=state,
        sentence=sentence,
        note=nobody if is_open else "",
        links=[_link(put.event_id, link, deliveries, may_send and is_open) for link in one.links],
    )


def _state(one: QuestionAsked) -> tuple[str, str]:
    put, answer = one.question, one.answer
    asked = f"Asked{' again' if put.round > 1 else ''} on {nhs_date(put.asked_at)}"
    if put.closed_at is not None:
        return "not_applicable", f"Not asked any more since {nhs_date(put.closed_at)}"
    if put.answered_at is None or answer is None:
        return "no_data", f"{asked}, no answer"
    if answer.answer == Answer.DISPUTED:
        return "disputed", f"{asked}, disagreed on {nhs_date(answer.answered_at)}"
    return "met", f"{asked}, agreed on {nhs_date(answer.answered_at)}"


def _link(event_id: int, link: AnswerLink, deliveries: Deliveries, may: bool) -> LinkLine:  # noqa: FBT001
    key = (link._meta.label_lower, str(link.pk))  # noqa: SLF001 - Django documents it
    is_open = link.used_at is None and link.revoked_at is None
    is_answered = link.question.answered_at is not None
    may_again = may and is_open and link.sends < SENDS and may_be_written_to(link)
    args = [event_id, link.pk]
    return LinkLine(
        holder=str(link.user or link.person),
        state=_became(link, is_answered=is_answered),
        deliveries=delivery_lines(deliveries.get(key, [])),
        again_url=reverse("engagement:link-again", args=args) if may_again else "",
        revoke_url=reverse("engagement:link-revoke", args=args) if may and is_open else "",
    )


def _became(link: AnswerLink, *, is_answered: bool) -> str:
    if link.used_at is not None:
        return f"Answered by the link on {nhs_date(link.used_at)}"
    if link.revoked_at is not None:
        whose = f" by {link.revoked_by}" if link.revoked_by else ""
        return f"The link was taken back{whose} on {nhs_date(link.revoked_at)}"
    if is_answered:
        return "Answered without this link"
    return f"The link works until {nhs_date(link.expires_at)}"
