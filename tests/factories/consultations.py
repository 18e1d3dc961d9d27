"""Consultations with their questions, responses and themes, as rows."""

import datetime as dt
import uuid
from itertools import count
from typing import Any

from django.utils import timezone

from consultations.models import (
    Answer,
    Coding,
    Disposition,
    Group,
    Moderation,
    Question,
    Respondent,
    RespondentKind,
    Response,
    Route,
    SavedForm,
    Survey,
    Theme,
)
from plans.models import Consultation, Plan
from stakeholders.models import Organisation
from tests.factories import accounts, papers

_numbers = count(1)


def consultation(plan: Plan, *, opened: int = 10, lasts: int = 42, **facts: Any) -> Consultation:
    """One that opened ``opened`` days ago (negative: opens in so many days) for ``lasts`` days."""
    opens_on = timezone.localdate() - dt.timedelta(opened)
    usual = {"opens_on": opens_on, "closes_on": opens_on + dt.timedelta(lasts)}
    return papers.paper("consultation", plan, **{**usual, **facts})


def survey(of: Consultation, *questions: str, is_open: bool = True, **facts: Any) -> Survey:
    """A form with these questions, one if none is given, each answered in words."""
    made = of.recorded_at
    usual = {"code": f"form-{next(_numbers)}", "made_at": made}
    if is_open:
        usual |= {"opened_at": made, "opened_by": accounts.user()}
    form = Survey.objects.create(consultation=of, **{**usual, **facts})
    for text in questions or ("What would make general practice better here?",):
        question(form, text=text)
    return form


def question(of: Survey, **facts: Any) -> Question:
    usual = {"number": of.questions.count() + 1, "text": "What else?"}
    return Question.objects.create(survey=of, **{**usual, **facts})


def saved(of: Survey, content: dict[str, str], **facts: Any) -> SavedForm:
    """A form that somebody began today and may come back to for 14 days."""
    now = timezone.now()
    usual = {"saved_at": now, "expires_at": now + dt.timedelta(14), "nonce": uuid.uuid4().hex}
    return SavedForm.objects.create(survey=of, content=content, **{**usual, **facts})


def respondent(of: Consultation, **facts: Any) -> Respondent:
    """A GP who answers for nobody else, without name or e-mail."""
    usual = {"kind": RespondentKind.INDIVIDUAL, "group": Group.GP}
    return Respondent.objects.create(consultation=of, **{**usual, **facts})


def for_organisation(of: Consultation, organisation: Organisation, **facts: Any) -> Respondent:
    """A respondent whom somebody has matched with the register."""
    usual = {
        "kind": RespondentKind.ORGANISATION,
        "group": Group.OTHER,
        "organisation": organisation,
        "organisation_name": organisation.name,
        "matched_at": timezone.now(),
        "matched_by": accounts.user(),
    }
    return respondent(of, **{**usual, **facts})


def response(of: Consultation, *texts: str, by: Respondent | None = None, **facts: Any) -> Response:
    """A cleared response that came today by the form, with an answer in words to each question."""
    now = timezone.now()
    usual = {
        "route": Route.FORM,
        "received_on": timezone.localdate(now),
        "recorded_at": now,
        "nonce": uuid.uuid4().hex,
        "form_key": uuid.uuid4(),
        "moderation": Moderation.CLEARED,
    }
    values = {**usual, **facts}
    if values["moderation"] != Moderation.WAITING:
        values = {"moderated_at": now, "moderated_by": accounts.user(), **values}
    sent = Response.objects.create(consultation=of, respondent=by or respondent(of), **values)
    questions = Question.objects.filter(survey__consultation=of)
    for asked, text in zip(questions, texts, strict=False):
        answer(sent, asked, text=text)
    return sent


def waiting(of: Consultation, *texts: str, **facts: Any) -> Response:
    """A response that nobody has looked at."""
    return response(of, *texts, moderation=Moderation.WAITING, **facts)


def answer(to: Response, asked: Question, **facts: Any) -> Answer:
    return Answer.objects.create(response=to, question=asked, **facts)


def theme(plan: Plan, name: str = "", **facts: Any) -> Theme:
    """A theme about which nothing is decided."""
    usual = {"name": name or f"Theme {next(_numbers)}", "made_at": timezone.now()}
    return Theme.objects.create(plan=plan, **{**usual, **facts})


def decided(plan: Plan, name: str = "", **facts: Any) -> Theme:
    """A theme that was accepted, with its reason."""
    usual = {
        "disposition": Disposition.ACCEPTED,
        "reason": "The plan now says who pays.",
        "section": "Section 5",
        "said": "People asked who pays.",
        "decided_at": timezone.now(),
        "decided_by": accounts.user(),
    }
    return theme(plan, name, **{**usual, **facts})


def coding(of: Answer, as_theme: Theme, **facts: Any) -> Coding:
    usual = {"coded_at": timezone.now(), "coded_by": accounts.user()}
    return Coding.objects.create(answer=of, theme=as_theme, **{**usual, **facts})
