"""What a manager does with the links of a record: send one again, take one back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.roles import Permission
from engagement.access import CHANGED_BY, event_in_scope, may_change
from engagement.actions import links as actions
from engagement.forms.answers import RevokeForm
from engagement.queries.links import link_of_event


@require_POST
def again(request: HttpRequest, pk: int, link_pk: int) -> HttpResponse:
    """Send a link once more to the same person."""
    link = _link(request, pk, link_pk)
    try:
        sent = actions.send_link_again(link_id=link.pk, by=request.user, now=timezone.now())
    except actions.NotSendableError:
        messages.warning(
            request, "It was not sent: the link was used, taken back or sent often enough."
        )
    else:
        messages.success(request, f"Sent again to {sent.user or sent.person}.")
    return redirect("engagement:event", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, pk: int, link_pk: int) -> HttpResponse:
    """Take a link back, with a reason that stands in the history."""
    link = _link(request, pk, link_pk)
    form = RevokeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.revoke_link(
                link_id=link.pk,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=timezone.now(),
            )
        except actions.NotRevocableError:
            messages.info(request, "The link was used or taken back already.")
        else:
            messages.success(request, "Taken back. Nobody can answer by this link any more.")
        return redirect("engagement:event", pk)
    context = {"form": form, "link": link, "event": link.question.event}
    return render(request, "engagement/links/revoke.html", context)


def _link(request: HttpRequest, pk: int, link_pk: int) -> Any:
    """404 outside the scope, 403 for who does not manage every plan that the record counts for."""
    today = timezone.localdate()
    event = event_in_scope(request.user, pk, permission=Permission.LOG_ENGAGEMENT, today=today)
    if not may_change(request.user, event, today=today):
        raise PermissionDenied(CHANGED_BY)
    link = link_of_event(event.pk, link_pk)
    if link is None:
        message = "No link with this address."
        raise Http404(message)
    return link
