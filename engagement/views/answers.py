"""An organisation answers a record that names it; the managers answer back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from engagement.access import CHANGED_BY, event_in_scope, may_change
from engagement.actions import answers as actions
from engagement.forms.answers import AnswerForm, ReplyForm
from engagement.queries import answers as queries

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def answer(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Agree or disagree with a record in the name of one organisation."""
    today = timezone.localdate()
    event = event_in_scope(request.user, pk, permission=Permission.ANSWER_RECORDS, today=today)
    asked = [
        one
        for one in queries.asked_about(event, request.user, today=today)
        if one.organisation.code == code
    ]
    if not asked:
        message = "No question with this address."
        raise Http404(message)
    if event.withdrawn_at is not None:
        messages.info(request, "This record was withdrawn: there is nothing left to answer.")
        return redirect("engagement:event", pk)
    form = AnswerForm(request.POST or None, standing=asked[0].answer)
    if form.is_valid():
        return _answered(request, event, asked[0].organisation, form.cleaned_data)
    context = {"event": event, "organisation": asked[0].organisation, "form": form}
    return render(request, "engagement/answers/answer.html", context)


def _answered(
    request: HttpRequest, event: Any, organisation: Any, said: dict[str, Any]
) -> HttpResponse:
    try:
        actions.answer_record(
            event_id=event.pk,
            organisation=organisation,
            by=request.user,
            now=timezone.now(),
            **said,
        )
    except actions.RecordWithdrawnError:
        messages.info(request, "This record was withdrawn a moment ago, so nothing was sent.")
        return redirect("engagement:event", event.pk)
    words = "Your answer is recorded. The board sees it beside the figures within a minute."
    messages.success(request, words)
    return redirect("engagement:event", event.pk)


@require_http_methods(METHODS)
def reply(request: HttpRequest, pk: int, dispute_pk: int) -> HttpResponse:
    """Answer a dispute in words."""
    today = timezone.localdate()
    event = event_in_scope(request.user, pk, permission=Permission.REPLY_TO_DISPUTES, today=today)
    if not may_change(request.user, event, today=today):
        raise PermissionDenied(CHANGED_BY)
    dispute = queries.dispute_numbered(event, dispute_pk)
    if dispute is None:
        message = "No open dispute with this address."
        raise Http404(message)
    form = ReplyForm(request.POST or None, initial={"reply": dispute.reply})
    if form.is_valid():
        try:
            actions.reply_to_dispute(
                attestation_id=dispute.pk,
                by=request.user,
                now=timezone.now(),
                **form.cleaned_data,
            )
        except actions.DisputeOverError:
            messages.info(request, "The dispute ended a moment ago, so the reply was not sent.")
        else:
            messages.success(request, "Your reply stands beside the dispute.")
        return redirect("engagement:event", pk)
    context = {"event": event, "dispute": dispute, "form": form}
    return render(request, "engagement/answers/reply.html", context)
