"""The page of one response: who sent it, what it says, what people made of it."""

from dataclasses import dataclass

from django.urls import reverse

from consultations.models import Answer, Moderation, RespondentKind, Response, Route
from consultations.presenters.triage_words import (
    Tag,
    came,
    concern_words,
    sender,
    state_tags,
    title_of,
)
from consultations.queries.moderation import Beside
from stakeholders.models import Organisation
from ui.shapes import Link, Row
from ui.words import nhs_datetime, plural, sentence_case

FOR = {RespondentKind.INDIVIDUAL: "Themselves", RespondentKind.ORGANISATION: "An organisation"}


@dataclass(frozen=True, kw_only=True)
class AnswerPart:
    """One answer with its themes and the words of it that may be published."""

    pk: int
    question: str
    text: str
    choice: str
    themes: list[str]
    quote: str
    quoted: str


@dataclass(frozen=True, kw_only=True)
class ResponsePage:
    """Everything known of one response, as far as the reader may know it."""

    pk: int
    version: int
    title: str
    lead: str
    tags: list[Tag]
    concerns: str
    rows: list[Row]
    answers: list[AnswerPart]
    others: list[Link]
    moderated: str
    reason: str
    state: str
    is_done: bool
    can_match: bool
    typed_name: str
    matched: str
    matched_code: str


def page(response: Response, beside: Beside, *, may_know_who: bool) -> ResponsePage:
    """``may_know_who`` is whether the reader may read the name and the e-mail of who sent it."""
    who = response.respondent
    return ResponsePage(
        pk=response.pk,
        version=response.version,
        title=title_of(response),
        lead=f"{sender(response)}, {came(response)}.",
        tags=state_tags(response),
        concerns=concern_words(response.concerns),
        rows=[row for row in _rows(response, may_know_who=may_know_who) if row.value],
        answers=[_answer(one) for one in response.answers.all()],
        others=_others(response, beside),
        moderated=_moderated(response),
        reason=response.moderation_reason,
        state=response.moderation,
        is_done=response.done_at is not None,
        can_match=who.kind == RespondentKind.ORGANISATION or bool(who.organisation_id),
        typed_name=who.organisation_name,
        matched=str(who.organisation) if who.organisation else "",
        matched_code=who.organisation.code if who.organisation else "",
    )


def _rows(response: Response, *, may_know_who: bool) -> list[Row]:
    who = response.respondent
    personal = [Row(key="Name", value=who.name), Row(key="Email", value=who.email)]
    return [
        Row(key="Who", value=who.get_group_display()),
        Row(key="Answers for", value=FOR[RespondentKind(who.kind)]),
        Row(key="Signed in", value=_signed_in(response)),
        Row(key="Organisation as typed", value=who.organisation_name),
        Row(key="Organisation in the register", value=str(who.organisation or "")),
        *(personal if may_know_who else []),
        Row(key="Came", value=sentence_case(came(response))),
        Row(key="Number in the survey tool", value=response.source_ident),
        Row(key="Worked through", value=_done(response)),
    ]


def _signed_in(response: Response) -> str:
    """Whether an organisation's own people sent it: by the form anybody can type any name."""
    if response.route != Route.FORM or response.respondent.kind != RespondentKind.ORGANISATION:
        return ""
    if response.recorded_by_id:
        return "Somebody of theirs, signed in"
    return "Nobody: whoever sent it typed the name"


def _done(response: Response) -> str:
    if response.done_at is None:
        return "Not yet"
    by = response.done_by.name if response.done_by else "somebody"
    return f"{nhs_datetime(response.done_at)} by {by}"


def _moderated(response: Response) -> str:
    """Who cleared it or held it back, and when."""
    if response.moderation == Moderation.WAITING or response.moderated_at is None:
        return "Nobody has read it yet. It is shown to nobody else and counted nowhere."
    by = response.moderated_by.name if response.moderated_by else "Somebody"
    did = "cleared it" if response.moderation == Moderation.CLEARED else "held it back"
    return f"{by} {did} on {nhs_datetime(response.moderated_at)}."


def _answer(answer: Answer) -> AnswerPart:
    by = f" by {answer.quoted_by.name}" if answer.quoted_by else ""
    return AnswerPart(
        pk=answer.pk,
        question=answer.question.text,
        text=answer.text,
        choice=answer.choice,
        themes=[coding.theme.name for coding in answer.standing],  # type: ignore[attr-defined]
        quote=answer.quote,
        quoted=f"Cleared on {nhs_datetime(answer.quoted_at)}{by}" if answer.quoted_at else "",
    )


def _others(response: Response, beside: Beside) -> list[Link]:
    """The way to what belongs to it."""
    found = []
    if beside.alike:
        address = reverse("consultations:responses", args=[response.consultation_id])
        words = "1 other says" if beside.alike == 1 else f"{beside.alike:,} others say"
        found.append(
            Link(f"{words} the same in the same words", f"{address}?campaign={response.pk}")
        )
    for pk in beside.further[:10]:
        address = reverse("consultations:response", args=[pk])
        found.append(Link(f"Response {pk} is from the same respondent", address))
    if len(beside.further) > 10:
        found[-1] = Link(
            f"{plural(len(beside.further), 'further response')} of the same respondent",
            reverse("consultations:responses", args=[response.consultation_id]),
        )
    return found


@dataclass(frozen=True, kw_only=True)
class Found:
    """An organisation of the register that may be the one that answered."""

    name: str
    code: str
    about: str


def found_lines(organisations: list[Organisation]) -> list[Found]:
    """What tells namesakes apart: the code, the kind, the postcode, and whether it is open."""
    return [
        Found(
            name=one.name,
            code=one.code,
            about=", ".join(
                part
                for part in (
                    str(one.get_category_display()),
                    one.postcode,
                    "" if one.is_open else "closed",  # type: ignore[attr-defined]
                )
                if part
            ),
        )
        for one in organisations
    ]
