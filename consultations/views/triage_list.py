"""The responses to a consultation: found, counted, and how far they are."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import has_permission
from accounts.roles import Permission
from consultations.access import consultation_in_scope
from consultations.actions.suggestions import ask_for_suggestions
from consultations.forms.triage_list import ListFilterForm, read_filters
from consultations.presenters import triage_list as present
from consultations.presenters import triage_words as words
from consultations.queries import suggestions as machine
from consultations.queries import triage as queries
from consultations.queries.responses import counts_of
from consultations.queries.triage_list import filtered, for_list
from plans.access import may_write
from ui import keyset


@require_safe
def responses(request: HttpRequest, pk: int) -> HttpResponse:
    """Every response, narrowed by what the address says, in the order in which they came."""
    user, today = request.user, timezone.localdate()
    consultation = consultation_in_scope(
        user, pk, permission=Permission.READ_RESPONSES, today=today
    )
    filters, problems = read_filters(request)
    found = filtered(consultation, filters)
    at = keyset.cursor(request, keyset.day_key)
    page = keyset.page(for_list(found), request, column="received_on", at=at, descending=False)
    who = counts_of([consultation.pk], cleared_only=False)[consultation.pk]
    progress = queries.progress(consultation, user=user, now=timezone.now())
    review = machine.review_of(consultation)
    handles = has_permission(user, Permission.HANDLE_RESPONSES, today=today)
    empty_title, empty_text = present.empty_text(filters)
    context = {
        "consultation": consultation,
        "crumbs": words.crumbs(consultation),
        "form": ListFilterForm(filters),
        "problems": problems,
        "has_errors": bool(problems),
        "lines": present.lines(page.rows),
        "page": page,
        "count": keyset.count_in_words(keyset.bounded_count(found), "response"),
        "headline": present.headline(who),
        "honest": present.honest_lines(who),
        "progress": progress,
        "machine": present.machine(
            review, machine.run_of(review), machine.decided_counts(consultation)
        ),
        "may_handle": handles and may_write(user, consultation.plan, today=today),
        "empty_title": empty_title,
        "empty_text": empty_text,
        "clear_url": reverse("consultations:responses", args=[consultation.pk])
        if filters.any or problems
        else "",
    }
    return render(request, "consultations/responses/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the machine read the answers for themes; reading the address alone leads to the list."""
    consultation = consultation_in_scope(
        request.user, pk, permission=Permission.HANDLE_RESPONSES, today=timezone.localdate()
    )
    if request.method == "POST":
        ask_for_suggestions(consultation=consultation, by=request.user, now=timezone.now())
        messages.success(
            request,
            "The answers are being read for themes. It takes a minute; go on meanwhile.",
        )
    return redirect(reverse("consultations:responses", args=[consultation.pk]) + "#machine")
