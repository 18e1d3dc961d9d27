"""What a consultation asks, and whether its public form takes answers.

Once somebody has answered a question its words stay: it is withdrawn, and another one is added.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import Max, QuerySet

from accounts import audit
from accounts.models import User
from consultations.models import Answer, Question, QuestionKind, Survey
from consultations.rules.surveys import QUESTIONS, moved, new_code
from plans.models import Consultation


class AnsweredError(Exception):
    """Somebody has answered the question meanwhile, so its words stay."""


class AskedOtherwiseError(Exception):
    """The form asks this in the same words already, and to be answered otherwise."""

    def __init__(self, question_id: int) -> None:
        super().__init__(question_id)
        self.question_id = question_id


class TooManyQuestionsError(Exception):
    """The form asks as many questions as a form may."""


class NothingAskedError(Exception):
    """A form without a question cannot be opened."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a question says and how it is answered; ``choices`` only for one of several answers."""

    text: str
    hint: str = ""
    kind: str = QuestionKind.TEXT
    choices: Sequence[str] = ()
    is_required: bool = False
    is_about_process: bool = False

    def columns(self) -> dict[str, object]:
        """By the names of the columns."""
        kept = list(self.choices) if self.kind == QuestionKind.CHOICE else []
        return {**asdict(self), "choices": kept}


@transaction.atomic
def ensure_survey(*, consultation: Consultation, by: User, now: dt.datetime) -> Survey:
    """The form of the consultation; made, closed to everybody, where there is none."""
    Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)
    there = Survey.objects.filter(consultation=consultation).first()
    if there:
        return there
    code = new_code()
    while Survey.objects.filter(code=code).exists():
        code = new_code()
    made = Survey.objects.create(consultation=consultation, code=code, made_at=now)
    _record(consultation, "form made", {"code": code}, by=by, now=now)
    return made


@transaction.atomic
def describe_form(
    *, consultation: Consultation, introduction: str, analyst: str, by: User, now: dt.datetime
) -> None:
    """What the first page of the form says, and who outside reads the answers."""
    survey = ensure_survey(consultation=consultation, by=by, now=now)
    new = {"introduction": introduction, "analyst": analyst}
    old = {name: getattr(survey, name) for name in new}
    if old == new:
        return
    Survey.objects.filter(pk=survey.pk).update(**new)
    before, after = ({"text": one["introduction"], "name": one["analyst"]} for one in (old, new))
    _record(consultation, "form described", after, before=before, by=by, now=now)


@transaction.atomic
def add_question(
    *, consultation: Consultation, asked: Asked, by: User, now: dt.datetime
) -> Question:
    """Ask one more, at the end. The very same is the same question, once more.

    Raises ``AskedOtherwiseError`` where it differs by its hint, its choices or its marks alone, and
    ``TooManyQuestionsError``.
    """
    survey = ensure_survey(consultation=consultation, by=by, now=now)
    standing = _standing(survey)
    alike = list(standing.filter(text=asked.text, kind=asked.kind))
    for one in alike:
        if not _differs(one, asked):
            return one
    if alike:
        raise AskedOtherwiseError(alike[0].pk)
    if standing.count() >= QUESTIONS:
        raise TooManyQuestionsError(survey.pk)
    last = standing.aggregate(last=Max("number"))["last"] or 0
    made = Question.objects.create(survey=survey, number=last + 1, **asked.columns())
    _record(consultation, "question added", _said(made), by=by, now=now)
    return made


@transaction.atomic
def change_question(*, question_id: int, asked: Asked, by: User, now: dt.datetime) -> Question:
    """Put the question otherwise. Raises ``AnsweredError`` once somebody has answered it."""
    question = _held(question_id)
    if Answer.objects.filter(question=question).exists():
        raise AnsweredError(question_id)
    new = asked.columns()
    before = _said(question)
    if not _differs(question, asked):
        return question
    for name, value in new.items():
        setattr(question, name, value)
    question.save(update_fields=list(new))
    consultation = question.survey.consultation
    _record(consultation, "question changed", _said(question), before=before, by=by, now=now)
    return question


@transaction.atomic
def withdraw_question(*, question_id: int, by: User, now: dt.datetime) -> None:
    """Ask it no more. What was answered to it stays; the others close up."""
    question = _held(question_id)
    if question.withdrawn_at is not None:
        return
    question.withdrawn_at = now
    question.save(update_fields=["withdrawn_at"])
    survey = question.survey
    _put_in_order(survey, list(_standing(survey).values_list("pk", flat=True)))
    _record(survey.consultation, "question withdrawn", _said(question), by=by, now=now)


@transaction.atomic
def move_question(*, question_id: int, places: int, by: User, now: dt.datetime) -> None:
    """Ask it a place earlier (-1) or later (1); nothing happens at either end."""
    question = _held(question_id)
    survey = question.survey
    order = list(_standing(survey).values_list("pk", flat=True))
    new = moved(order, question.pk, places)
    if new == order:
        return
    _put_in_order(survey, new)
    after = {"number": new.index(question.pk) + 1, **_said(question)}
    _record(survey.consultation, "question moved", after, by=by, now=now)


@transaction.atomic
def open_form(*, consultation: Consultation, by: User, now: dt.datetime) -> None:
    """Let the form take answers on the days of the consultation; after a pause, go on.

    Raises ``NothingAskedError`` for a form without a question.
    """
    survey = ensure_survey(consultation=consultation, by=by, now=now)
    if not _standing(survey).exists():
        raise NothingAskedError(survey.pk)
    if survey.opened_at is None:
        Survey.objects.filter(pk=survey.pk).update(opened_at=now, opened_by=by, paused_at=None)
        _record(consultation, "form opened", {}, by=by, now=now)
    elif survey.paused_at is not None:
        Survey.objects.filter(pk=survey.pk).update(paused_at=None)
        _record(consultation, "form goes on", {}, by=by, now=now)


@transaction.atomic
def pause_form(*, consultation: Consultation, by: User, now: dt.datetime) -> None:
    """Take no answers until it goes on; who follows the address reads that, and can save theirs."""
    survey = ensure_survey(consultation=consultation, by=by, now=now)
    if survey.opened_at is None or survey.paused_at is not None:
        return
    Survey.objects.filter(pk=survey.pk).update(paused_at=now)
    _record(consultation, "form paused", {}, by=by, now=now)


def _held(question_id: int) -> Question:
    """The question, while nobody else changes the form or answers it."""
    found = Question.objects.select_related("survey__consultation")
    question = found.get(pk=question_id)
    Consultation.objects.select_for_update(no_key=True).get(pk=question.survey.consultation_id)
    return found.get(pk=question_id)


def _standing(survey: Survey) -> QuerySet[Question]:
    return Question.objects.filter(survey=survey, withdrawn_at__isnull=True).order_by(
        "number", "pk"
    )


def _differs(question: Question, asked: Asked) -> bool:
    return any(getattr(question, name) != value for name, value in asked.columns().items())


def _put_in_order(survey: Survey, order: Sequence[int]) -> None:
    """Numbers from 1 on. First out of the way: a number may be held once at any moment."""
    far = 10_000
    for start in (far, 1):
        for number, pk in enumerate(order, start=start):
            Question.objects.filter(pk=pk, survey=survey).update(number=number)


def _said(question: Question) -> dict[str, object]:
    return {
        "question": question.pk,
        "text": question.text,
        "kind": question.kind,
        "choices": question.choices,
        "is_required": question.is_required,
        "is_about_process": question.is_about_process,
    }


def _record(
    consultation: Consultation,
    verb: str,
    after: Mapping[str, object],
    *,
    by: User,
    now: dt.datetime,
    before: Mapping[str, object] | None = None,
) -> None:
    audit.record(by=by, verb=verb, obj=consultation, before=before, after=after, at=now)
