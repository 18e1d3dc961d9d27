"""Policies: every version for all to read; drafts for administrators; approval by a second person."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.history_pages import history_page
from accounts.permissions import has_permission, require
from accounts.roles import Permission
from readiness.actions import policy_drafts as actions
from readiness.forms.policies import NewPolicyForm, PolicyForm, PreviewForm
from readiness.presenters import policies as presenter
from readiness.queries.pages import policies as queries
from readiness.queries.pages.history import policy_history

MOVED = "Somebody else changed this policy meanwhile. Here it is as it stands now."
TOO_LATE = "The day from which it would be in force has passed. Choose a later day first."
ONE_AT_A_TIME = (
    "A version for this type of plan is being written already. Finish it or drop it first."
)


@require_safe
def policies(request: HttpRequest) -> HttpResponse:
    """Every version of every policy."""
    today = timezone.localdate()
    context = {
        "lines": [presenter.policy_line(one) for one in queries.all_policies()],
        "may_edit": has_permission(request.user, Permission.EDIT_POLICIES, today=today),
    }
    return render(request, "readiness/policies/list.html", context)


@require_safe
def policy(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: its criteria, and what the reader may do about it."""
    today = timezone.localdate()
    found = policy_or_404(pk)
    may_edit = has_permission(request.user, Permission.EDIT_POLICIES, today=today)
    may_approve = has_permission(request.user, Permission.APPROVE_POLICIES, today=today)
    page = presenter.policy_page(
        found,
        queries.criteria_of(found),
        queries.lacking(found),
        is_author=found.author_id == request.user.pk,
        may_edit=may_edit,
        may_approve=may_approve,
    )
    context = {"page": page, "policy": found}
    if has_permission(request.user, Permission.READ_HISTORY, today=today):
        context["history"] = history_page(request, policy_history(found), mixed=True)
    return render(request, "readiness/policies/policy.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.EDIT_POLICIES)
def new(request: HttpRequest) -> HttpResponse:
    """Start a new version of a policy."""
    today = timezone.localdate()
    form = NewPolicyForm(
        request.POST or None,
        today=today,
        policies=queries.approved_policies(),
        initial={"based_on": request.GET.get("based-on", "")[:10]},
    )
    if form.is_valid():
        try:
            made = actions.draft_policy(by=request.user, now=timezone.now(), **form.cleaned_data)
        except actions.PolicyMovedError:
            form.add_error(None, ONE_AT_A_TIME)
        else:
            return redirect("readiness:policy", pk=made.pk)
    context = {"form": form, "heading": "Start a new version of a policy"}
    return render(request, "readiness/policies/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.EDIT_POLICIES)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """The facts of a draft."""
    found = draft_or_404(pk)
    form = PolicyForm(request.POST or None, today=timezone.localdate(), policy=found)
    if form.is_valid():
        try:
            actions.change_draft(
                policy_id=pk, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except actions.PolicyMovedError:
            return moved(request, pk)
        return redirect("readiness:policy", pk=pk)
    context = {"form": form, "heading": f"Change {found}", "policy": found}
    return render(request, "readiness/policies/form.html", context)


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Which plans a draft would change, today or on a day in the past."""
    today = timezone.localdate()
    check_either(request, Permission.EDIT_POLICIES, Permission.APPROVE_POLICIES)
    found = policy_or_404(pk)
    form = PreviewForm(request.GET if "as_at" in request.GET else None, today=today)
    as_at = _day(form, today)
    seen = queries.preview(found, as_at=as_at)
    context = {
        "policy": found,
        "form": form,
        "title": presenter.preview_title(found, as_at, today),
        "sentence": presenter.preview_sentence(seen),
        "lines": presenter.preview_lines(seen),
    }
    return render(request, "readiness/policies/preview.html", context)


def check_either(request: HttpRequest, *permissions: Permission) -> None:
    """Raise ``PermissionDenied`` (403) for a person who has none of these permissions."""
    today = timezone.localdate()
    if not any(has_permission(request.user, one, today=today) for one in permissions):
        raise PermissionDenied(permissions[0].refusal)


def policy_or_404(pk: int) -> Any:
    """The policy; drafts are no secret."""
    found = queries.policy_numbered(pk)
    if found is None:
        message = "No policy with this address."
        raise Http404(message)
    return found


def draft_or_404(pk: int) -> Any:
    """The policy while it can be changed; afterwards there is no such form."""
    found = policy_or_404(pk)
    if found.status != "draft":
        message = "This version cannot be changed."
        raise Http404(message)
    return found


def moved(request: HttpRequest, pk: int, words: str = MOVED) -> HttpResponse:
    """Back to the policy with a sentence about what has come between."""
    messages.warning(request, words)
    return redirect("readiness:policy", pk=pk)


def _day(form: PreviewForm, today: dt.date) -> dt.date:
    if form.is_bound and form.is_valid() and form.cleaned_data["as_at"]:
        return form.cleaned_data["as_at"]
    return today
