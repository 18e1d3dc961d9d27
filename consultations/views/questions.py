"""What a consultation asks: written, ordered, opened to the public by the plan's managers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from consultations.access import consultation_in_scope
from consultations.actions import surveys as actions
from consultations.forms.questions import DescribeForm, QuestionForm
from consultations.presenters import questions as present
from consultations.queries import surveys as queries
from consultations.rules.surveys import FormState
from mail.writing import address

METHODS = ["GET", "HEAD", "POST"]
MOVES = {"up": -1, "down": 1}
NOTHING_ASKED = "Add a question first: a form without one cannot be opened."


@require_http_methods(METHODS)
def questions(request: HttpRequest, pk: int) -> HttpResponse:
    """What is asked, where the form stands, and the address to share."""
    found = _to_change(request, pk)
    if request.method == "POST":
        return _done(request, found)
    today = timezone.localdate()
    survey = queries.survey_of(found.pk)
    everything = queries.questions_of(survey, with_withdrawn=True)
    asked = [one for one in everything if one.withdrawn_at is None]
    state = FormState.NOWHERE
    if survey:
        survey.consultation = found
        state = queries.state_of(survey, len(asked), today=today)
    path = reverse("consultations:respond", args=[survey.code]) if survey else ""
    context = {
        "consultation": found,
        "survey": survey,
        "lines": present.lines(found.pk, asked),
        "withdrawn": present.withdrawn(everything),
        "standing": present.standing(survey, found, state, len(asked), today=today),
        "is_public": state not in {FormState.NOWHERE, FormState.DROPPED},
        "path": path,
        "address": address(path),
        "answered": queries.answered_so_far(survey) if survey else 0,
    }
    return render(request, "consultations/questions/list.html", context)


@require_http_methods(METHODS)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask one more."""
    found = _to_change(request, pk)
    form = QuestionForm(request.POST or None)
    form.submit_text = "Add the question"  # type: ignore[misc]
    there = None
    if form.is_valid():
        try:
            actions.add_question(
                consultation=found, asked=form.asked(), by=request.user, now=timezone.now()
            )
        except actions.TooManyQuestionsError:
            form.add_error(None, present.TOO_MANY)
        except actions.AskedOtherwiseError as asked:
            there = present.there(found.pk, _question(found, asked.question_id))
            form.add_error("text", there.problem)
        else:
            messages.success(request, "The question is added at the end.")
            return redirect("consultations:questions", found.pk)
    context = {"consultation": found, "form": form, "heading": "Add a question", "there": there}
    return render(request, "consultations/questions/form.html", context)


@require_http_methods(METHODS)
def change(request: HttpRequest, pk: int, question_pk: int) -> HttpResponse:
    """Put it otherwise, until somebody has answered it."""
    found = _to_change(request, pk)
    question = _question(found, question_pk)
    form = QuestionForm.starting_with(question, request.POST or None)
    form.submit_text = "Save the question"  # type: ignore[misc]
    if question.is_answered or question.withdrawn_at:
        messages.info(request, present.ANSWERED)
        return redirect("consultations:questions", found.pk)
    if form.is_valid():
        try:
            actions.change_question(
                question_id=question.pk, asked=form.asked(), by=request.user, now=timezone.now()
            )
        except actions.AnsweredError:
            form.add_error(None, present.ANSWERED)
        else:
            messages.success(request, "The question is changed.")
            return redirect("consultations:questions", found.pk)
    context = {"consultation": found, "form": form, "heading": "Change the question"}
    return render(request, "consultations/questions/form.html", context)


@require_http_methods(METHODS)
def withdraw(request: HttpRequest, pk: int, question_pk: int) -> HttpResponse:
    """Ask it no more."""
    found = _to_change(request, pk)
    question = _question(found, question_pk)
    if request.method == "POST":
        actions.withdraw_question(question_id=question.pk, by=request.user, now=timezone.now())
        messages.success(request, "The question is withdrawn. What was answered to it is kept.")
        return redirect("consultations:questions", found.pk)
    context = {"consultation": found, "question": question}
    return render(request, "consultations/questions/withdraw.html", context)


@require_http_methods(METHODS)
def describe(request: HttpRequest, pk: int) -> HttpResponse:
    """What the first page of the form says."""
    found = _to_change(request, pk)
    survey = queries.survey_of(found.pk)
    initial = {"introduction": survey.introduction, "analyst": survey.analyst} if survey else None
    form = DescribeForm(request.POST or None, initial=initial)
    if form.is_valid():
        actions.describe_form(
            consultation=found, by=request.user, now=timezone.now(), **form.cleaned_data
        )
        messages.success(request, "The first page of the form is changed.")
        return redirect("consultations:questions", found.pk)
    context = {"consultation": found, "form": form, "heading": "What the form says of itself"}
    return render(request, "consultations/questions/form.html", context)


def _done(request: HttpRequest, found: Any) -> HttpResponse:
    """One of the buttons of the page: open, pause, or a question a place up or down."""
    step, _, which = request.POST.get("action", "").partition("-")
    by, now = request.user, timezone.now()
    if step == "open":
        try:
            actions.open_form(consultation=found, by=by, now=now)
        except actions.NothingAskedError:
            messages.error(request, NOTHING_ASKED)
        else:
            messages.success(request, "The form is open on the days of the consultation.")
    elif step == "pause":
        actions.pause_form(consultation=found, by=by, now=now)
        messages.success(request, "The form is paused.")
    elif step in MOVES:
        question = _question(found, int(which) if which.isascii() and which.isdigit() else 0)
        if question.withdrawn_at is None:
            actions.move_question(question_id=question.pk, places=MOVES[step], by=by, now=now)
    else:
        messages.error(request, "That button could not be read. Use it once more.")
    return redirect("consultations:questions", found.pk)


def _to_change(request: HttpRequest, pk: int) -> Any:
    """404 outside the scope, 403 for everybody but the plan's managers."""
    today = timezone.localdate()
    return consultation_in_scope(request.user, pk, permission=Permission.EDIT_PAPERS, today=today)


def _question(found: Any, pk: int) -> Any:
    question = queries.question_of(found.pk, pk)
    if question is None:
        message = "No question of this consultation has this number."
        raise Http404(message)
    return question
