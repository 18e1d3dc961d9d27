"""Working through the responses to a consultation, one after the other, by keyboard or by hand."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from consultations.access import consultation_in_scope
from consultations.forms.triage import LEFT, HoldForm, NameForm, read_step, whole
from consultations.presenters import triage as present
from consultations.presenters import triage_words as words
from consultations.queries import triage as queries
from consultations.views.triage_steps import Said, do

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def triage(request: HttpRequest, pk: int) -> HttpResponse:
    """The response in hand with all that can be done to it. Reading the page takes nothing in hand."""
    consultation = consultation_in_scope(
        request.user, pk, permission=Permission.HANDLE_RESPONSES, today=timezone.localdate()
    )
    if request.method != "POST":
        return _page(request, consultation, Said(answer=whole(request.GET.get("answer", ""))))
    asked = read_step(request.POST)
    said = do(consultation, asked, request.POST, by=request.user, now=timezone.now())
    if asked and asked.step == LEFT:
        return HttpResponse(status=204)
    if request.htmx or said.asks_again:  # type: ignore[attr-defined]
        return _page(request, consultation, said)
    if said.problem:
        messages.warning(request, said.problem)
    elif said.words:
        messages.success(request, said.words)
    answer = f"?answer={said.answer}" if said.answer else ""
    return redirect(reverse("consultations:triage", args=[consultation.pk]) + answer)


def _page(request: HttpRequest, consultation, said: Said) -> HttpResponse:
    user, now = request.user, timezone.now()
    progress = queries.progress(consultation, user=user, now=now)
    held = queries.in_hand(consultation, user=user, now=now)
    themes = queries.themes_to_give(consultation) if held else []
    alike = queries.alike(held).count() if held else 0
    context = {
        "consultation": consultation,
        "said": said,
        "has_errors": said.asks_again and not said.unknown,
        "crumbs": words.crumbs(consultation, words.to_list(consultation)),
        "progress": progress,
        "progress_words": words.progress_words(progress),
        "elsewhere": words.elsewhere_words(progress),
        "part": present.response_part(held, themes=themes, chosen=said.answer, alike=alike)
        if held
        else None,
        "themes": themes,
        "near": present.near(said.unknown, themes),
        "hold": said.hold or HoldForm(),
        "name": said.name or NameForm(),
        "keys": present.KEYS,
    }
    part = request.htmx  # type: ignore[attr-defined]
    name = "_work" if part else "triage"
    return render(request, f"consultations/triage/{name}.html", context)
