"""What became of a response, for whoever has the address of its receipt."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import throttle
from consultations.presenters import receipts as present
from consultations.queries import receipts as queries
from consultations.queries.surveys import path_to_answer
from mail.writing import address

DOOR = "receipt"


@login_not_required
@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """Each answer with its themes and what was decided; ``?sent`` right after it was sent, with
    ``&mailed`` where its address is on its way by email."""
    if not throttle.allow(request, DOOR, token):
        return throttle.refused(request)
    response = queries.by_token(token)
    if response is None:
        page = render(request, "consultations/receipts/nowhere.html", status=404)
    else:
        path = queries.path_of(response)
        context = {
            "response": response,
            "consultation": response.consultation,
            "receipt": present.receipt(response, queries.answers_of(response)),
            "facts": present.facts(response),
            "to_come": present.REASON_TO_COME,
            "path": path,
            "address": address(path),
            "is_new": "sent" in request.GET,
            "is_mailed": "mailed" in request.GET,
            "form_path": path_to_answer(response.consultation_id, today=timezone.localdate()),
        }
        page = render(request, "consultations/receipts/receipt.html", context)
    page["X-Robots-Tag"] = "noindex, nofollow"
    page["Cache-Control"] = "no-store"
    return page
