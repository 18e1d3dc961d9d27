"""What becomes of a dispute: the managers reply, its author takes it back, the board closes it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from engagement.access import CHANGED_BY, event_in_scope, may_change
from engagement.actions import disputes as actions
from engagement.forms.answers import CloseForm, ReplyForm, TakeBackForm
from engagement.queries import answers as queries
from engagement.queries.disputes import has_part_in
from stakeholders.access import organisation_ids_represented_by

METHODS = ["GET", "HEAD", "POST"]
OWN_RECORD = "You have a part in this plan or in an organisation that the record names, so another reviewer closes the dispute."
OVER = "The dispute ended a moment ago, so nothing was sent."


@require_http_methods(METHODS)
def reply(request: HttpRequest, pk: int, dispute_pk: int) -> HttpResponse:
    """Answer a dispute in words."""
    today = timezone.localdate()
    event = event_in_scope(request.user, pk, permission=Permission.REPLY_TO_DISPUTES, today=today)
    if not may_change(request.user, event, today=today):
        raise PermissionDenied(CHANGED_BY)
    dispute = _open_dispute(event, dispute_pk)
    form = ReplyForm(_sent(request), initial={"reply": dispute.reply})
    if form.is_valid():
        done = "Your reply stands beside the dispute."
        return _do(request, dispute, actions.reply_to_dispute, form.cleaned_data, done)
    context = {"event": event, "dispute": dispute, "form": form}
    return render(request, "engagement/answers/reply.html", context)


@require_http_methods(METHODS)
def take_back(request: HttpRequest, pk: int, dispute_pk: int) -> HttpResponse:
    """An organisation ends its own dispute."""
    today = timezone.localdate()
    event = event_in_scope(request.user, pk, permission=Permission.ANSWER_RECORDS, today=today)
    dispute = _open_dispute(event, dispute_pk)
    if dispute.organisation_id not in organisation_ids_represented_by(request.user, today=today):
        message = "No dispute of yours with this address."
        raise Http404(message)
    form = TakeBackForm(_sent(request))
    if form.is_valid():
        done = "You have taken it back. The record counts again within a minute."
        return _do(request, dispute, actions.take_back_dispute, form.cleaned_data, done)
    context = {"event": event, "dispute": dispute, "form": form}
    return render(request, "engagement/answers/take_back.html", context)


@require_http_methods(METHODS)
def close(request: HttpRequest, pk: int, dispute_pk: int) -> HttpResponse:
    """The board keeps the record and the disagreement side by side."""
    today = timezone.localdate()
    event = event_in_scope(request.user, pk, permission=Permission.CLOSE_DISPUTES, today=today)
    if has_part_in(event, request.user, today=today):
        raise PermissionDenied(OWN_RECORD)
    dispute = _open_dispute(event, dispute_pk)
    form = CloseForm(_sent(request))
    if form.is_valid():
        done = "Closed. The record counts again, and the disagreement stays beside it."
        return _do(request, dispute, actions.uphold_dispute, form.cleaned_data, done)
    context = {"event": event, "dispute": dispute, "form": form}
    return render(request, "engagement/answers/close.html", context)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _open_dispute(event: Any, pk: int) -> Any:
    dispute = queries.dispute_numbered(event, pk)
    if dispute is None:
        message = "No open dispute with this address."
        raise Http404(message)
    return dispute


def _do(
    request: HttpRequest,
    dispute: Any,
    action: Callable[..., Any],
    said: dict[str, Any],
    done: str,
) -> HttpResponse:
    try:
        action(attestation_id=dispute.pk, by=request.user, now=timezone.now(), **said)
    except actions.DisputeOverError:
        messages.info(request, OVER)
    else:
        messages.success(request, done)
    return redirect("engagement:event", dispute.event_id)
