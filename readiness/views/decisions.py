"""Decisions: the list, one as the board saw it, its frozen text, and its conditions."""

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.history_pages import history_page
from accounts.permissions import has_permission, require
from accounts.presenters import chain as chain_presenter
from accounts.queries import chain
from accounts.roles import Permission
from engagement.access import sight_of
from readiness.actions.conditions import meet_condition
from readiness.forms.deciding import MetForm
from readiness.forms.decisions import DecisionFilters, outcome_asked
from readiness.presenters import addresses
from readiness.presenters import decision as frozen
from readiness.presenters import decisions as presenter
from readiness.queries.pages import decisions as queries
from readiness.queries.pages.history import decision_history
from readiness.views.decide import refuse_own

PAGE_SIZE = 50
PARTLY = (
    "The frozen record names what every organisation did, so only the boards and managers read it."
)


@require_safe
@require(Permission.READ_DECISIONS)
def decisions(request: HttpRequest) -> HttpResponse:
    """Every decision in scope, newest first."""
    today = timezone.localdate()
    outcome, problems = outcome_asked(request)
    found = queries.decisions_visible_to(request.user, today=today)
    if outcome:
        found = found.filter(outcome=outcome)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [presenter.decision_line(one, today=today) for one in page],
        "sentence": presenter.sentence(page.paginator.count, outcome),
        "filters": DecisionFilters(outcome),
        "is_filtered": bool(outcome),
        "problems": problems,
        "can_decide": has_permission(request.user, Permission.DECIDE, today=today),
    }
    return render(request, "readiness/decisions.html", context)


@require_safe
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """As the board saw it: from the snapshot alone."""
    today = timezone.localdate()
    found = queries.decision_in_scope(
        request.user,
        pk,
        permission=Permission.READ_DECISIONS,
        today=today,
        whole=True,
    )
    sees_events = sight_of(
        request.user, footprints=[found.plan.footprint_id], today=today
    ).everybody
    page = frozen.board_page(
        json.loads(found.snapshot), found.pk, found.sha256, sees_events=sees_events
    )
    context: dict[str, Any] = {"page": page}
    if sees_events:
        # What is printed leaves the database: it proves later that nothing before it was changed.
        context["checkpoint"] = chain_presenter.head(chain.head()).printed
        context["history"] = history_page(request, decision_history(found), mixed=True)
    return render(request, "readiness/decision.html", context)


@require_safe
def decision_json(request: HttpRequest, pk: int) -> HttpResponse:
    """The frozen text, byte for byte: its SHA-256 is that of the decision."""
    today = timezone.localdate()
    found = queries.decision_in_scope(
        request.user,
        pk,
        permission=Permission.READ_DECISIONS,
        today=today,
        whole=True,
    )
    if not sight_of(request.user, footprints=[found.plan.footprint_id], today=today).everybody:
        raise PermissionDenied(PARTLY)
    name = f"{found.plan.code}-decision-{found.number}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(found.snapshot.encode(), content_type="application/json", headers=headers)


@require_safe
def conditions(request: HttpRequest, pk: int) -> HttpResponse:
    """What has to be done for an agreement to hold, and what has been."""
    today = timezone.localdate()
    found = queries.decision_in_scope(
        request.user,
        pk,
        permission=Permission.READ_DECISIONS,
        today=today,
    )
    may_meet = has_permission(request.user, Permission.DECIDE, today=today)
    page = presenter.conditions_page(
        found, queries.conditions_of(found), today=today, may_meet=may_meet
    )
    return render(request, "readiness/conditions.html", {"page": page, "plan": found.plan})


@require_http_methods(["GET", "HEAD", "POST"])
def condition_met(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how a condition was met."""
    today = timezone.localdate()
    condition = queries.condition_in_scope(
        request.user,
        pk,
        permission=Permission.DECIDE,
        today=today,
    )
    plan = condition.decision.plan
    refuse_own(request, plan, today)
    back_url = addresses.conditions(condition.decision_id)
    form = MetForm(request.POST or None)
    if form.is_valid():
        met = meet_condition(
            condition=condition,
            how=form.cleaned_data["how"],
            by=request.user,
            now=timezone.now(),
        )
        if met:
            messages.success(request, "The condition is marked as met.")
        else:
            messages.info(
                request, "Somebody else marked this condition first. Nothing was changed."
            )
        return redirect(back_url)
    line = presenter.condition_line(condition, today=today, may_meet=False)
    context = {"plan": plan, "form": form, "line": line, "back_url": back_url}
    return render(request, "readiness/condition_met.html", context)
