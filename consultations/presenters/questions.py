"""The managers' page of questions: what is asked, where the form stands, what may be done."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from consultations.models import Question, QuestionKind, Survey
from consultations.rules.surveys import FormState
from ui.shapes import Link
from ui.words import nhs_date, plural, sentence_case

STATES = {
    FormState.NOWHERE: ("Not open", "grey"),
    FormState.NOT_YET: ("Opens by itself", "blue"),
    FormState.OPEN: ("Takes answers", "green"),
    FormState.LATE: ("Takes late answers", "orange"),
    FormState.PAUSED: ("Paused", "orange"),
    FormState.CLOSED: ("Closed", "grey"),
    FormState.DROPPED: ("Does not go forward", "grey"),
}
KINDS = {
    QuestionKind.TEXT: "In words",
    QuestionKind.SCALE: "From 1 to 5",
}
ANSWERED = (
    "Somebody has answered this question, so its words stay. Withdraw it and add another one: what"
    " was answered is kept."
)
TOO_MANY = "The form asks 40 questions, which is as many as it can. Withdraw one first."


@dataclass(frozen=True, kw_only=True)
class QuestionLine:
    """One question with what may be done about it."""

    pk: int
    number: int
    text: str
    hint: str
    how: str
    notes: list[str]
    change_url: str
    withdraw_url: str
    is_first: bool
    is_last: bool


@dataclass(frozen=True, kw_only=True)
class QuestionThere:
    """The question that a form asks in the same words, and the way to it."""

    problem: str
    text: str
    about: str
    link: Link


@dataclass(frozen=True, kw_only=True)
class FormStanding:
    """Where the form stands. ``action`` is the button that changes it, with its words."""

    word: str
    colour: str
    sentence: str
    action: str = ""
    button: str = ""
    button_kind: str = "primary"


def lines(consultation_id: int, questions: Sequence[Question]) -> list[QuestionLine]:
    """The questions in their order."""
    last = len(questions) - 1
    return [
        QuestionLine(
            pk=one.pk,
            number=one.number,
            text=one.text,
            hint=one.hint,
            how=_how(one),
            notes=_notes(one),
            change_url=_url("question", consultation_id, one) if not _answered(one) else "",
            withdraw_url=_url("question-withdraw", consultation_id, one),
            is_first=place == 0,
            is_last=place == last,
        )
        for place, one in enumerate(questions)
    ]


def there(consultation_id: int, question: Question) -> QuestionThere:
    """What is asked already: to be changed, or once it is answered to be looked at."""
    name = f"question {question.number}"
    link = Link(f"Change {name}", _url("question", consultation_id, question))
    remedy = "Change that one"
    if _answered(question):
        listed = reverse("consultations:questions", args=[consultation_id])
        link = Link(f"See {name} in the list", f"{listed}#question-{question.pk}")
        remedy = "Withdraw that one first"
    about = filter(None, [_how(question), question.hint.rstrip(". "), *_notes(question)])
    return QuestionThere(
        problem=f"{sentence_case(name)} asks this in the same words already, with other settings."
        f" {remedy}, or put this in other words",
        text=f"{sentence_case(name)} is: {question.text}",
        about=". ".join(about),
        link=link,
    )


def withdrawn(questions: Iterable[Question]) -> list[str]:
    """What is asked no more."""
    return [
        f"{one.text} (withdrawn on {nhs_date(one.withdrawn_at)})"
        for one in questions
        if one.withdrawn_at
    ]


def standing(
    survey: Survey | None, consultation: Any, state: FormState, questions: int, *, today: dt.date
) -> FormStanding:
    """Where the form stands, and what a manager can do about it."""
    word, colour = STATES[state]
    days = f"{nhs_date(consultation.opens_on)} to {nhs_date(consultation.closes_on)}"
    if state == FormState.NOWHERE:
        if not questions:
            return FormStanding(word=word, colour=colour, sentence="Add a question first.")
        over = today > consultation.closes_on
        sentence = (
            f"The consultation was to run from {days}, so the form can take no answers. Change its"
            " days first."
            if over
            else f"Nobody can see it. Once it is open it takes answers from {days}."
        )
        action = {} if over else {"action": "open", "button": "Open the form"}
        return FormStanding(word=word, colour=colour, sentence=sentence, **action)
    if state == FormState.DROPPED:
        return FormStanding(word=word, colour=colour, sentence="It takes no answers any more.")
    if state == FormState.CLOSED:
        sentence = (
            f"The last day was {nhs_date(consultation.closes_on)}. What still comes by email or on"
            " paper can be typed in."
        )
        return FormStanding(word=word, colour=colour, sentence=sentence)
    if state == FormState.PAUSED:
        lacks = not questions
        sentence = (
            "It asks nothing any more. Add a question."
            if lacks
            else "Who follows the address reads that no answers are taken at the moment."
        )
        action = {} if lacks else {"action": "open", "button": "Go on"}
        return FormStanding(word=word, colour=colour, sentence=sentence, **action)
    sentence = {
        FormState.NOT_YET: f"It opens on {nhs_date(consultation.opens_on)} by itself.",
        FormState.OPEN: f"It closes by itself at the end of {nhs_date(consultation.closes_on)}.",
        FormState.LATE: "The last day is over. What comes today is kept and marked as late.",
    }[state]
    return FormStanding(
        word=word,
        colour=colour,
        sentence=sentence,
        action="pause",
        button="Pause the form",
        button_kind="secondary",
    )


def _how(question: Question) -> str:
    if question.kind == QuestionKind.CHOICE:
        return f"One of {plural(len(question.choices), 'answer')}: {'; '.join(question.choices)}"
    return KINDS[QuestionKind(question.kind)]


def _notes(question: Question) -> list[str]:
    told = (
        (question.is_required, "Must be answered"),
        (question.is_about_process, "About the consultation itself"),
        (_answered(question), "Answered, so its words stay"),
    )
    return [words for holds, words in told if holds]


def _answered(question: Question) -> bool:
    return bool(question.is_answered)  # type: ignore[attr-defined]  # annotated by the query


def _url(name: str, consultation_id: int, question: Question) -> str:
    return reverse(f"consultations:{name}", args=[consultation_id, question.pk])
