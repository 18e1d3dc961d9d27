"""An organisation answers a record that names it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from engagement.access import event_in_scope
from engagement.actions import answers as actions
from engagement.forms.answers import AnswerForm
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
    sent = request.method == "POST"
    form = AnswerForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        standing=asked[0].answer,
        now=timezone.now(),
    )
    if form.is_valid():
        return _answered(request, event, asked[0].organisation, form.cleaned_data)
    context = {"event": event, "organisation": asked[0].organisation, "form": form}
    return render(request, "engagement/answers/answer.html", context)


def _answered(
    request: HttpRequest, event: Any, organisation: Any, said: dict[str, Any]
) -> HttpResponse:
    evidence = actions.Shown(files=said.pop("files"), urls=said.pop("urls"))
    try:
        actions.answer_record(
            event_id=event.pk,
            evidence=evidence,
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
