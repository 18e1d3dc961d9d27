"""The public form: whoever has its address answers, without an account.

Nothing that is sent here is shown to anybody but those who work on the responses before one of
them has cleared it; who sent it reads it again by the address of the receipt.
"""

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts import throttle
from consultations.actions import responses as actions
from consultations.actions import saved_forms
from consultations.forms.respond import RespondForm, questions_to_show
from consultations.presenters import respond as present
from consultations.queries import receipts
from consultations.queries import surveys as queries
from consultations.rules.surveys import FormState, takes_answers
from mail.writing import address

METHODS = ["GET", "HEAD", "POST"]
DOOR, MAIL_DOOR = "respond", "respond_mail"


@login_not_required
@require_safe
def respond(request: HttpRequest, code: str) -> HttpResponse:
    """Who asks what, why and until when, what happens with the answers, and the button to begin."""
    if not throttle.allow(request, DOOR):
        return throttle.refused(request)
    survey = queries.survey_by_code(code)
    questions = queries.questions_of(survey)
    today = timezone.localdate()
    state = queries.state_of(survey, len(questions), today=today) if survey else FormState.NOWHERE
    if state == FormState.NOWHERE:
        return _nowhere(request)
    own = _own(request, today)
    context = {
        "survey": survey,
        "page": present.start(survey, state, len(questions), today=today),
        "own": [one.name for one in own],
        "takes_answers": takes_answers(state),
    }
    return render(request, "consultations/respond/start.html", context)


@login_not_required
@sensitive_post_parameters()
@require_http_methods(METHODS)
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """The questions; then the answers once more to check; then it is sent."""
    if not throttle.allow(request, DOOR):
        return throttle.refused(request)
    survey = queries.survey_by_code(code)
    return _form(request, survey) if survey else _nowhere(request)


@login_not_required
@sensitive_post_parameters()
@require_http_methods(METHODS)
def back(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """The same, begun before, by the address to return by; with ``?saved`` that address itself."""
    if not throttle.allow(request, DOOR, token):
        return throttle.refused(request)
    survey = queries.survey_by_code(code)
    saved = queries.saved_form(survey, token, now=timezone.now()) if survey else None
    if survey is None or saved is None:
        return _nowhere(request, survey, template="gone")
    if request.method != "POST" and "saved" in request.GET:
        return _unlisted(_saved_page(request, survey, saved))
    return _unlisted(_form(request, survey, saved))


def _form(request: HttpRequest, survey: Any, saved: Any = None) -> HttpResponse:
    today = timezone.localdate()
    everything = queries.questions_of(survey, with_withdrawn=True)
    number = sum(one.withdrawn_at is None for one in everything)
    state = queries.state_of(survey, number, today=today)
    if state == FormState.NOWHERE:
        return _nowhere(request)
    begun = request.POST if request.method == "POST" else (saved.content if saved else {})
    questions = questions_to_show(everything, begun)
    own = _own(request, today)
    step = request.POST.get("action", "check") if request.method == "POST" else ""
    initial = saved.content if saved else present.started(request.GET.get("for", ""), own)
    form = RespondForm(
        request.POST if step else None,
        initial=initial,
        questions=questions,
        own=own,
        saving=step == "save",
    )
    context = {
        "survey": survey,
        "form": form,
        "saved": saved,
        "page": present.start(survey, state, number, today=today),
    }
    keeps = takes_answers(state) or state == FormState.PAUSED
    if step == "save" and keeps and form.is_valid():
        return _keep(request, survey, form, saved)
    if not takes_answers(state):
        context["typed"] = present.typed(form) if step else []
        status = 200 if not step else 409
        return render(request, "consultations/respond/closed.html", context, status=status)
    if step in {"check", "send"} and form.is_valid():
        return _send(request, survey, form, saved) if step == "send" else _check(request, context)
    return render(request, "consultations/respond/form.html", context)


def _check(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Nothing is kept yet: what was typed goes along in the page."""
    form = context["form"]
    context |= {"rows": present.rows(form), "about": present.about(form), "hidden": form.typed()}
    return render(request, "consultations/respond/check.html", context)


def _send(request: HttpRequest, survey: Any, form: RespondForm, saved: Any) -> HttpResponse:
    now = timezone.now()
    email = form.cleaned_data["email"]
    sent = actions.Sent(
        route="form",
        received_on=timezone.localdate(now),
        form_key=form.key,
        answers=form.answers(),
        tells=not email or throttle.allow(request, MAIL_DOOR, email),
        **form.sender(),
    )
    by = request.user if form.organisation else None
    try:
        kept = actions.receive(consultation=survey.consultation, sent=sent, by=by, now=now)
    except actions.SentBeforeError as before:
        context = {
            "survey": survey,
            "receipt": receipts.path_of(before.response),
            "typed": present.typed(form),
        }
        return render(request, "consultations/respond/sent_before.html", context, status=409)
    if saved:
        saved_forms.drop_form(saved_id=saved.pk)
    mailed = "&mailed" if email and sent.tells and by is None else ""
    return redirect(f"{receipts.path_of(kept)}?sent{mailed}")


def _keep(request: HttpRequest, survey: Any, form: RespondForm, saved: Any) -> HttpResponse:
    email = form.cleaned_data["email"]
    if email and not throttle.allow(request, MAIL_DOOR, email):
        email = ""
    kept = saved_forms.save_form(
        survey=survey,
        content=form.typed(),
        saved_id=saved.pk if saved else None,
        email=email,
        now=timezone.now(),
    )
    mailed = "&mailed" if email else ""
    return redirect(f"{queries.path_back(kept)}?saved{mailed}")


def _saved_page(request: HttpRequest, survey: Any, saved: Any) -> HttpResponse:
    path = queries.path_back(saved)
    context = {
        "survey": survey,
        "saved": saved,
        "path": path,
        "address": address(path),
        "mailed": "mailed" in request.GET,
        "last_day": present.last_day(survey, saved),
    }
    return render(request, "consultations/respond/saved.html", context)


def _own(request: HttpRequest, today: dt.date) -> list[Any]:
    """Organisations for which who is signed in may answer; none before the second factor is shown."""
    if not request.user.is_authenticated or getattr(request, "is_held_back", False):
        return []
    return queries.organisations_to_answer_for(request.user, today=today)


def _unlisted(page: HttpResponse) -> HttpResponse:
    """No search engine lists it and no store keeps it: its address is known to one person."""
    page["X-Robots-Tag"] = "noindex, nofollow"
    page["Cache-Control"] = "no-store"
    return page


def _nowhere(request: HttpRequest, survey: Any = None, template: str = "nowhere") -> HttpResponse:
    """The one page for every address that leads to no form; what was typed is shown."""
    typed = present.typed_plain(request.POST) if request.method == "POST" else []
    context = {"survey": survey, "typed": typed}
    return render(request, f"consultations/respond/{template}.html", context, status=404)
