"""One response: read by managers and reviewers, worked on by managers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.history_pages import history_page
from accounts.permissions import has_permission
from accounts.roles import Permission
from consultations.access import response_in_scope
from consultations.forms.moderation import QuoteForm
from consultations.forms.triage import HoldForm
from consultations.presenters import moderation as present
from consultations.presenters import triage_words as words
from consultations.queries import moderation as queries
from consultations.views.moderation_steps import Outcome, do
from plans.access import may_write
from ui import query

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def response(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything known of one response, its answers and its history."""
    user, today = request.user, timezone.localdate()
    needed = Permission.HANDLE_RESPONSES if request.method == "POST" else Permission.READ_RESPONSES
    found = response_in_scope(user, pk, permission=needed, today=today)
    outcome = Outcome()
    if request.method == "POST":
        outcome = do(request.POST, found, by=user, now=timezone.now(), today=today)
        if not outcome.forms:
            tell = messages.warning if outcome.is_problem else messages.success
            tell(request, outcome.words)
            return redirect(reverse("consultations:response", args=[pk]) + outcome.anchor)
    handles = has_permission(user, Permission.HANDLE_RESPONSES, today=today) and may_write(
        user, found.consultation.plan, today=today
    )
    whole = queries.whole(found)
    page = present.page(whole, queries.beside(whole), may_know_who=handles)
    asked = query.text(request, "find", max_length=100)
    matches = queries.register_found(asked.value, today=today) if handles else []
    context = {
        "consultation": found.consultation,
        "crumbs": words.crumbs(found.consultation, words.to_list(found.consultation)),
        "page": page,
        "may_handle": handles,
        "hold": outcome.forms.get("hold") or HoldForm(),
        "quotes": [
            (
                one,
                outcome.forms.get(one.pk)
                or QuoteForm(text=one.text, initial={"words": one.quote}, prefix=f"a{one.pk}"),
            )
            for one in page.answers
        ],
        "has_errors": bool(outcome.forms),
        "problem": outcome.words if outcome.is_problem else "",
        "find": asked.value,
        "find_problem": asked.problem,
        "found": present.found_lines(matches),
        "history": history_page(request, queries.history(whole)),
    }
    return render(request, "consultations/responses/response.html", context)
