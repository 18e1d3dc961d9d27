"""Answers to records in words: for the organisation, for the managers, for the board."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from engagement.access import Sight
from engagement.models import Answer, Attestation, Event
from engagement.queries.answers import Asked
from ui.words import lower_first, nhs_date, plural

SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class AnswerLine:
    """One answer on the page of its event."""

    organisation: str
    state: str
    sentence: str
    words: str
    reply: str
    reply_url: str


@dataclass(frozen=True, kw_only=True)
class AskedLine:
    """What the reader is asked in the name of one organisation."""

    organisation: str
    said: str
    url: str
    action: str


@dataclass(frozen=True, kw_only=True)
class AnswersPanel:
    """The answers about one plan, for its dossier."""

    sentence: str
    disputes: list[AnswerLine]
    more: str


def answer_lines(
    event: Event, answers: Iterable[Attestation], sight: Sight, *, may_reply: bool
) -> list[AnswerLine]:
    """Every answer. Of another organisation a representative reads that it disagrees, no more."""
    ordered = sorted(
        answers, key=lambda one: (one.answer != Answer.DISPUTED, one.organisation.name)
    )
    return [_line(event, one, sight, may_reply=may_reply) for one in ordered]


def asked_lines(event: Event, asked: Iterable[Asked]) -> list[AskedLine]:
    """A question for each organisation of the reader; the action says whether it is answered."""
    return [
        AskedLine(
            organisation=one.organisation.name,
            said=answer_words(one.answer) if one.answer else "You have not answered yet.",
            url=answer_url(event.pk, one.organisation.code),
            action="Change your answer" if one.answer else "Agree or disagree",
        )
        for one in asked
    ]


def answer_words(answer: Attestation, whose: str = "You") -> str:
    """`You disagreed on 3 April 2016.`"""
    did = "disagreed" if answer.answer == Answer.DISPUTED else "agreed"
    return f"{whose} {did} on {nhs_date(answer.answered_at)}."


def answer_url(event_id: int, code: str) -> str:
    """Where an organisation answers about an event."""
    return reverse("engagement:answer", args=[event_id, code])


def panel(answers: Sequence[Attestation]) -> AnswersPanel:
    """How many agree and disagree, and the open disputes with their words."""
    disputes = [one for one in answers if _is_open(one)]
    agreed = len({one.pk for one in answers if one.answer == Answer.CONFIRMED})
    everybody = Sight(everybody=True)
    return AnswersPanel(
        sentence=_sentence(agreed, len(disputes)),
        disputes=[
            _line(one.event, one, everybody, may_reply=False, named=True)
            for one in disputes[:SHOWN]
        ],
        more=f"{len(disputes) - SHOWN:,} more" if len(disputes) > SHOWN else "",
    )


def _sentence(agreed: int, disputed: int) -> str:
    if not agreed and not disputed:
        return "No organisation has answered a record of this plan yet."
    said = f"{plural(agreed, 'record was', 'records were')} agreed with"
    if not disputed:
        return f"{said}. Nobody disagrees."
    return f"{said}, {plural(disputed, 'record is', 'records are')} disputed and {'counts' if disputed == 1 else 'count'} for nothing."


def _line(
    event: Event, one: Attestation, sight: Sight, *, may_reply: bool, named: bool = False
) -> AnswerLine:
    sees = sight.covers(one.organisation_id)
    is_open = _is_open(one)
    about = f" about {event.title}, {nhs_date(event.held_on)}" if named else ""
    sentence = f"{answer_words(one, one.organisation.name)[:-1]}{about}."
    reply = ""
    if one.reply and one.replied_at and sees:
        reply = f"Reply of {nhs_date(one.replied_at)}: {one.reply}"
    return AnswerLine(
        organisation=one.organisation.name,
        state="disputed" if is_open else "met",
        sentence=sentence if not one.resolution else f"{sentence} {_resolved(one)}",
        words=one.words if sees else "",
        reply=reply,
        reply_url=reverse("engagement:dispute-reply", args=[event.pk, one.pk])
        if may_reply and is_open
        else "",
    )


def _is_open(one: Attestation) -> bool:
    return one.answer == Answer.DISPUTED and one.resolved_at is None


def _resolved(one: Attestation) -> str:
    return f"It is over: {lower_first(one.get_resolution_display())}."
