"""Answers to records in words: for the organisation, for the managers, for the board."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse

from engagement.access import Sight
from engagement.models import Answer, Attestation, Event, Evidence, Resolution
from engagement.presenters.evidence import EvidenceLine, evidence_lines
from engagement.queries.answers import Asked
from ui.words import lower_first, nhs_date, plural

SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class AnswerLine:
    """One answer on the page of its event."""

    organisation: str
    state: str
    sentence: str
    words: str = ""
    reply: str = ""
    resolution: str = ""
    reply_url: str = ""
    take_back_url: str = ""
    close_url: str = ""
    evidence: list[EvidenceLine] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class May:
    """What the reader may do about disputes; ``take_back`` for which organisations."""

    reply: bool = False
    close: bool = False
    take_back: frozenset[int] = frozenset()


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
    stated: list[AnswerLine]


def answer_lines(
    event: Event,
    answers: Iterable[Attestation],
    sight: Sight,
    may: May,
    evidence: Mapping[int, list[Evidence]],
) -> list[AnswerLine]:
    """Every answer. Of another organisation a representative reads that it disagrees, no more."""
    told = [one for one in answers if _is_told(one, sight)]
    ordered = sorted(told, key=lambda one: (one.answer != Answer.DISPUTED, one.organisation.name))
    return [_line(event, one, sight, may, evidence=evidence.get(one.pk, [])) for one in ordered]


def asked_lines(event: Event, asked: Iterable[Asked]) -> list[AskedLine]:
    """A question for each organisation of the reader; the action says whether it is answered."""
    return [
        AskedLine(
            organisation=one.organisation.name,
            said=_said(one),
            url=answer_url(event.pk, one.organisation.code),
            action="Change your answer" if one.answer and not one.is_asked else "Agree or disagree",
        )
        for one in asked
    ]


def _said(one: Asked) -> str:
    """What was answered, and whether that is asked once more."""
    if one.answer is None:
        since = f" You were asked on {nhs_date(one.asked_at)}." if one.asked_at else ""
        return f"You have not answered yet.{since}"
    said = answer_words(one.answer)
    if one.is_asked:
        changed = "The record was changed since"
        return f"{said} {changed}, and you were asked again on {nhs_date(one.asked_at)}."
    return said


def answer_words(answer: Attestation, whose: str = "You") -> str:
    """`You disagreed on 3 April 2016.`"""
    did = "disagreed" if answer.answer == Answer.DISPUTED else "agreed"
    return f"{whose} {did} on {nhs_date(answer.answered_at)}."


def answer_url(event_id: int, code: str) -> str:
    """Where an organisation answers about an event."""
    return reverse("engagement:answer", args=[event_id, code])


def panel(answers: Sequence[Attestation], sight: Sight, *, silent: int = 0) -> AnswersPanel:
    """How many agree, disagree and are silent, with the words of the disputes that are open or that
    the board let stand beside the record, as far as the reader sees them."""
    disputes = [one for one in answers if _is_open(one)]
    stated = [one for one in answers if one.resolution == Resolution.UPHELD]
    agreed = len({one.pk for one in answers if one.answer == Answer.CONFIRMED})
    return AnswersPanel(
        sentence=" ".join(
            filter(None, (_sentence(agreed, len(disputes), len(stated)), _silent(silent)))
        ),
        disputes=[_line(one.event, one, sight, May(), named=True) for one in disputes[:SHOWN]],
        more=f"{len(disputes) - SHOWN:,} more" if len(disputes) > SHOWN else "",
        stated=[_line(one.event, one, sight, May(), named=True) for one in stated[:SHOWN]],
    )


def _silent(number: int) -> str:
    """So many times somebody was asked and is silent."""
    return f"{plural(number, 'question has', 'questions have')} no answer." if number else ""


def _sentence(agreed: int, disputed: int, stated: int) -> str:
    if not agreed and not disputed and not stated:
        return "No organisation has answered a record of this plan yet."
    said = f"{plural(agreed, 'record was', 'records were')} agreed with"
    if not disputed:
        return f"{said}. {'No dispute is open' if stated else 'Nobody disagrees'}."
    return f"{said}, {plural(disputed, 'record is', 'records are')} disputed and {'counts' if disputed == 1 else 'count'} for nothing."


def _line(
    event: Event,
    one: Attestation,
    sight: Sight,
    may: May,
    *,
    named: bool = False,
    evidence: Sequence[Evidence] = (),
) -> AnswerLine:
    if not sight.covers(one.organisation_id):
        return AnswerLine(
            organisation=one.organisation.name,
            state=_state(one),
            sentence=f"{one.organisation.name} disagrees with {'a' if named else 'the'} record.",
        )
    is_open = _is_open(one)
    about = f" about {event.title}, {nhs_date(event.held_on)}" if named else ""
    sentence = f"{answer_words(one, one.organisation.name)[:-1]}{about}."
    reply = resolution = ""
    if one.reply and one.replied_at:
        reply = f"Reply of {nhs_date(one.replied_at)}: {one.reply}"
    if one.resolution_words and one.resolved_at:
        whose = "The board" if one.resolution == Resolution.UPHELD else one.organisation.name
        resolution = f"{whose}, {nhs_date(one.resolved_at)}: {one.resolution_words}"
    allowed = {
        "reply": may.reply,
        "take-back": one.organisation_id in may.take_back,
        "close": may.close,
    }
    urls = {
        name: reverse(f"engagement:dispute-{name}", args=[event.pk, one.pk])
        if is_open and is_allowed
        else ""
        for name, is_allowed in allowed.items()
    }
    return AnswerLine(
        organisation=one.organisation.name,
        state=_state(one),
        sentence=sentence if not one.resolution else f"{sentence} {_resolved(one)}",
        words=one.words,
        reply=reply,
        resolution=resolution,
        reply_url=urls["reply"],
        take_back_url=urls["take-back"],
        close_url=urls["close"],
        evidence=evidence_lines(evidence),
    )


def _is_told(one: Attestation, sight: Sight) -> bool:
    """Of another organisation only a disagreement that stands; that it agrees is its own."""
    return sight.covers(one.organisation_id) or _state(one) == "disputed"


def _state(one: Attestation) -> str:
    stands = _is_open(one) or one.resolution == Resolution.UPHELD
    return "disputed" if stands else "met"


def _is_open(one: Attestation) -> bool:
    return one.answer == Answer.DISPUTED and one.resolved_at is None


def _resolved(one: Attestation) -> str:
    if one.resolution == Resolution.UPHELD:
        return "The board lets it stand beside the record, which counts."
    return f"It is over: {lower_first(one.get_resolution_display())}."
