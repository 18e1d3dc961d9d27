"""The pages behind an emailed link. Nobody signs in here, so every answer is about this link alone.

Opening a link changes nothing: mail scanners open them. What it says is never kept by a browser or
found by a search engine.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_POST

from accounts import throttle
from engagement.actions import answers, links
from engagement.forms.answers import AnswerForm
from engagement.presenters import links as present
from engagement.queries import links as queries
from engagement.rules.links import LinkState

View = Callable[..., HttpResponse]


def _private(view: View) -> View:
    """Public, braked, kept by nobody and found by nobody."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        key = token[: queries.LONGEST] if request.method == "POST" else ""
        if not throttle.allow(request, "link", key):
            return throttle.refused(request)
        response = view(request, token)
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return login_not_required(guarded)


@_private
@require_http_methods(["GET", "HEAD", "POST"])
def answer_link(request: HttpRequest, token: str) -> HttpResponse:
    """What the record says of the organisation, and the one question whether it is so."""
    found = queries.opened(token, now=timezone.now())
    if found is None:
        return render(request, "engagement/links/state.html", present.unknown(), status=404)
    if found.state != LinkState.OPEN or _is_others(request, found):
        return _state(request, found)
    sent = request.method == "POST"
    form = AnswerForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        standing=None,
        now=timezone.now(),
    )
    if form.is_valid():
        return _answered(request, token, found, form.cleaned_data)
    context = present.question(found, queries.parts_put(found.link), queries.points_put(found.link))
    return render(request, "engagement/links/answer.html", {**context, "form": form})


@_private
@require_POST
def answer_link_again(request: HttpRequest, token: str) -> HttpResponse:
    """Send a new link to whom this one was sent, once its time is over."""
    found = queries.opened(token, now=timezone.now())
    if found is None:
        return render(request, "engagement/links/state.html", present.unknown(), status=404)
    if found.state != LinkState.EXPIRED:
        return redirect("engagement:answer-link", token)
    try:
        links.send_link_again(link_id=found.link.pk, by=None, now=timezone.now())
    except links.NotSendableError:
        return redirect("engagement:answer-link", token)
    return render(request, "engagement/links/state.html", present.sent_again())


def _answered(request: HttpRequest, token: str, found: Any, said: dict[str, Any]) -> HttpResponse:
    """Whether it was taken or somebody was quicker, the page of the link says which answer stands."""
    evidence = answers.Shown(files=said.pop("files"), urls=said.pop("urls"))
    try:
        answers.answer_by_link(link_id=found.link.pk, evidence=evidence, now=timezone.now(), **said)
    except answers.LinkNotOpenError as late:
        return _state(request, queries.opened(token, now=timezone.now()) or found, late.state)
    return redirect("engagement:answer-link", token)


def _state(request: HttpRequest, found: Any, state: LinkState | None = None) -> HttpResponse:
    other = str(request.user) if _is_others(request, found) else ""
    context = present.state(
        found, state or found.state, answer=queries.answer_of(found.link), other=other
    )
    return render(request, "engagement/links/state.html", context)


def _is_others(request: HttpRequest, found: Any) -> bool:
    """Whether somebody signed in has opened a link that is for somebody else."""
    return request.user.is_authenticated and not found.is_for(request.user)
