"""Staff type in a response that came by e-mail or on paper."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from consultations.access import consultation_in_scope
from consultations.actions import responses as actions
from consultations.forms.responses import TypedForm
from consultations.presenters.receipts import kept_words
from consultations.queries import receipts
from consultations.queries import surveys as queries

METHODS = ["GET", "HEAD", "POST"]
SENT_BEFORE = (
    "This form was saved already, with other words. What was saved first stands; if this is another"
    " response, open a new form for it"
)

TO_HAND_ON = (
    "This is its receipt: pass the address of this page on to whoever sent it, and to nobody else."
)


@sensitive_post_parameters()
@require_http_methods(METHODS)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """One response; "save and add another" opens the form again with the same day and way."""
    today = timezone.localdate()
    permission = Permission.HANDLE_RESPONSES
    found = consultation_in_scope(request.user, pk, permission=permission, today=today)
    questions = queries.questions_of(queries.survey_of(found.pk))
    started = {name: request.GET.get(name, "")[:40] for name in ("route", "received_on")}
    form = TypedForm(
        request.POST or None,
        initial={name: value for name, value in started.items() if value},
        consultation=found,
        questions=questions,
        today=today,
    )
    if questions and form.is_valid():
        try:
            kept = actions.receive(
                consultation=found, sent=form.sent(), by=request.user, now=timezone.now()
            )
        except actions.SentBeforeError:
            form.add_error(None, SENT_BEFORE)
        else:
            return _kept(request, found, kept, form)
    context = {"consultation": found, "form": form, "questions": questions}
    return render(request, "consultations/questions/typed.html", context)


def _kept(request: HttpRequest, found: Any, kept: Any, form: TypedForm) -> HttpResponse:
    another = request.POST.get("action") == "another"
    pass_on = "" if another else f" {TO_HAND_ON}"
    messages.success(request, f"{kept_words(kept)}{pass_on}")
    if another:
        said = form.cleaned_data
        again = {"route": said["route"], "received_on": said["received_on"].isoformat()}
        address = reverse("consultations:response-add", args=[found.pk])
        return redirect(f"{address}?{urlencode(again)}")
    return redirect(receipts.path_of(kept))
