"""Changes to a record that exists: edit it, say what came of a planned one, withdraw it."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Permission
from engagement.access import CHANGED_BY, event_in_scope, may_change, may_read_note
from engagement.actions import (
    EventChanged,
    close_planned_event,
    start_edit,
    withdraw_event,
)
from engagement.forms.check import OutcomeForm, WithdrawForm
from engagement.forms.what import WhatForm
from engagement.presenters.log_frame import step_url
from engagement.queries.contents import content_of_event
from engagement.queries.crediting import plans_to_credit
from engagement.queries.drafts import unfinished_edit
from engagement.views.log_what import MANY_PLANS, what_step

SEEN = "engagement.changes.seen"


def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Step 1 with the record's own answers; sending it makes the draft of the changes."""
    event, today = _changeable(request, pk)
    if event.withdrawn_at is not None:
        messages.info(request, "This record was withdrawn. Log it again if it was right after all.")
        return redirect("engagement:event", pk)
    unfinished = unfinished_edit(request.user, event)
    if request.method == "POST":
        return _start_edit(request, event)
    if unfinished is not None:
        messages.info(request, "You had begun to change this record: your changes are still here.")
        return redirect(step_url(unfinished, "what"))
    initial = content_of_event(event, with_note=False)["what"]
    seen = signing.dumps(initial, salt=SEEN)
    if request.GET.get("status") == "happened":
        initial["status"] = "happened"
    plans = plans_to_credit(request.user, today=today)
    context = {
        "form": WhatForm(plans=plans, today=today, initial=initial),
        "action": reverse("engagement:event-edit", args=[pk]),
        "event": event,
        "seen": seen,
        "has_plans": True,
        "many_plans": len(plans) > MANY_PLANS,
    }
    return render(request, "engagement/log/what.html", context)


def _start_edit(request: HttpRequest, event) -> HttpResponseBase:
    version = request.POST.get("version", "")
    draft = start_edit(
        by=request.user,
        event=event,
        seen_version=(
            int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0
        ),
        seen_what=_seen(request),
        now=timezone.now(),
        with_note=may_read_note(request.user, event),
    )
    return what_step(request, draft=draft.pk)


def _seen(request: HttpRequest) -> dict[str, Any] | None:
    """What step 1 said when the editor opened it; None where the page does not say."""
    try:
        return signing.loads(request.POST.get("seen", ""), salt=SEEN)
    except signing.BadSignature:
        return None


def outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """Did a planned event happen? Yes leads to who took part; no is saved at once with its reason."""
    event, today = _changeable(request, pk)
    if event.status != "planned" or event.withdrawn_at is not None:
        messages.info(request, "This record already says what came of it.")
        return redirect("engagement:event", pk)
    form = OutcomeForm(
        request.POST if request.method == "POST" else None, in_future=event.held_on > today
    )
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["status"] == "happened":
            return redirect(f"{reverse('engagement:event-edit', args=[pk])}?status=happened")
        return _close(request, event, form.cleaned_data["cancel_reason"])
    return render(request, "engagement/log/outcome.html", {"form": form, "event": event})


def _close(request: HttpRequest, event, cancel_reason: str) -> HttpResponse:
    try:
        close_planned_event(
            by=request.user,
            event_id=event.pk,
            version=event.version,
            cancel_reason=cancel_reason,
            now=timezone.now(),
        )
    except EventChanged:
        messages.warning(request, "Somebody changed this record a moment ago. Look at it again.")
        return redirect("engagement:event", event.pk)
    messages.success(request, "Saved: it did not happen. The footprint is being reassessed.")
    return redirect("engagement:event", event.pk)


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a record is wrong, and why."""
    event, _ = _changeable(request, pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if event.withdrawn_at is not None:
        messages.info(request, "This record is withdrawn already.")
        return redirect("engagement:event", pk)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_event(
                by=request.user,
                event_id=pk,
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
            )
        except EventChanged:
            messages.info(request, "Somebody else withdrew this record a moment ago.")
            return redirect("engagement:event", pk)
        messages.success(request, "Withdrawn. The footprint is being reassessed.")
        return redirect("engagement:event", pk)
    return render(request, "engagement/log/withdraw.html", {"form": form, "event": event})


def _changeable(request: HttpRequest, pk: int):
    """The event and today: 404 outside scope, 403 without a grant in every credited footprint."""
    today = timezone.localdate()
    event = event_in_scope(request.user, pk, permission=Permission.LOG_ENGAGEMENT, today=today)
    if not may_change(request.user, event, today=today):
        raise PermissionDenied(CHANGED_BY)
    return event, today
