"""The form of a consultation: its questions, where it stands, who may answer for whom."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from accounts.models import User
from accounts.permissions import has_permission
from accounts.roles import Permission
from consultations.models import Answer, Question, QuestionKind, SavedForm, Survey
from consultations.rules.surveys import FormFacts, FormState, form_state
from plans.models import Consultation
from stakeholders.access import organisations_represented_by
from stakeholders.models import Organisation

SALT = "consultations.saved-form"
LONGEST = 200
"""Letters of an address that is looked at; ours have some 90."""


def survey_of(consultation_id: int) -> Survey | None:
    """The form of a consultation, once it has one."""
    return Survey.objects.filter(consultation=consultation_id).first()


def survey_by_code(code: str) -> Survey | None:
    """The form with this address, with its consultation, plan and footprint; one query."""
    found = Survey.objects.select_related("consultation__plan__footprint")
    return found.filter(code=code).first()


def questions_of(survey: Survey | None, *, with_withdrawn: bool = False) -> list[Question]:
    """The questions in their order, each with ``is_answered``; one query, none without a form."""
    if survey is None:
        return []
    found = Question.objects.filter(survey=survey)
    if not with_withdrawn:
        found = found.filter(withdrawn_at__isnull=True)
    answers = Answer.objects.filter(question=OuterRef("pk"))
    return list(found.annotate(is_answered=Exists(answers)).order_by("number", "pk"))


def question_of(consultation_id: int, pk: int) -> Question | None:
    """One question of the consultation, with ``is_answered``."""
    found = Question.objects.filter(survey__consultation=consultation_id, pk=pk)
    answers = Answer.objects.filter(question=OuterRef("pk"))
    return found.annotate(is_answered=Exists(answers)).first()


def state_of(survey: Survey, questions: int, *, today: dt.date) -> FormState:
    """What somebody who follows the form's address finds on ``today``; asks the database nothing."""
    asked = survey.consultation
    facts = FormFacts(
        opens_on=asked.opens_on,
        closes_on=asked.closes_on,
        is_opened=survey.opened_at is not None,
        is_paused=survey.paused_at is not None,
        is_dropped=bool(asked.dropped_on or asked.withdrawn_at),
        questions=questions,
    )
    return form_state(facts, today=today)


def path_to_answer(consultation_id: int, *, today: dt.date) -> str:
    """The address of the form while it takes answers, for pages that lead to it; empty otherwise."""
    asked = Survey.objects.select_related("consultation").filter(consultation=consultation_id)
    listed = Question.objects.filter(survey=OuterRef("pk"), withdrawn_at__isnull=True)
    survey = asked.annotate(is_asked=Exists(listed)).first()
    if survey is None:
        return ""
    state = state_of(survey, int(survey.is_asked), today=today)
    open_now = state in {FormState.OPEN, FormState.LATE}
    return reverse("consultations:respond", args=[survey.code]) if open_now else ""


def consultations_to_respond_to(
    plan_ids: Iterable[int], *, today: dt.date
) -> QuerySet[Consultation]:
    """The consultations of these plans that are open on ``today`` and ask something in words, so
    that a response written as one text answers them. The first to close comes first."""
    found = Consultation.objects.filter(
        Exists(_asked_in_words(OuterRef("pk")).filter(withdrawn_at__isnull=True)),
        plan__in=set(plan_ids),
        opens_on__lte=today,
        closes_on__gte=today,
        withdrawn_at__isnull=True,
        dropped_on__isnull=True,
    )
    return found.select_related("plan").order_by("closes_on", "pk")


def question_for_one_text(consultation_id: int) -> Question | None:
    """The question that a response written as one text answers: the first in words, one that is
    still asked before one that was withdrawn."""
    found = _asked_in_words(consultation_id)
    return found.order_by(F("withdrawn_at").asc(nulls_first=True), "number", "pk").first()


def _asked_in_words(consultation: Any) -> QuerySet[Question]:
    return Question.objects.filter(survey__consultation=consultation, kind=QuestionKind.TEXT)


def organisations_to_answer_for(user: User, *, today: dt.date) -> list[Organisation]:
    """Those in whose name a signed-in person may answer on ``today``; at most two queries."""
    if not has_permission(user, Permission.ADD_CLAIMS, today=today):
        return []
    return list(organisations_represented_by(user, today=today).order_by("name", "pk"))


def token_of(saved: SavedForm) -> str:
    """What stands in the address to return by: made of its nonce and the service's key."""
    return _signer().sign(f"{saved.pk}-{saved.nonce}")


def path_back(saved: SavedForm) -> str:
    """The address to return by, within the service."""
    return reverse("consultations:respond-back", args=[saved.survey.code, token_of(saved)])


def saved_form(survey: Survey, token: str, *, now: dt.datetime) -> SavedForm | None:
    """The form begun under this address; None once it was sent, its time is over, or for one that
    the service did not make. One query."""
    if len(token) > LONGEST:
        return None
    try:
        number, _, nonce = _signer().unsign(token).partition("-")
    except BadSignature:
        return None
    if not number.isdecimal():
        return None
    found = SavedForm.objects.filter(pk=int(number), survey=survey, expires_at__gt=now).first()
    return found if found and constant_time_compare(nonce, found.nonce) else None


def saved_by_pk(pk: int, *, now: dt.datetime) -> SavedForm | None:
    """The form begun with this number, with all that its mail says."""
    found = SavedForm.objects.select_related("survey__consultation__plan")
    return found.filter(pk=pk, expires_at__gt=now).first()


def answered_so_far(survey: Survey) -> int:
    """How many responses came, however they came."""
    counted = Survey.objects.filter(pk=survey.pk).aggregate(
        n=Count("consultation__consultations_responses")
    )
    return int(counted["n"])


def _signer() -> Signer:
    return Signer(salt=SALT, sep=".")
