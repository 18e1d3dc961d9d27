"""Gives every request an id that its audit rows and its log lines carry, and asks who is there."""

import uuid
from collections.abc import Callable

from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    QueryDict,
)
from django.shortcuts import resolve_url

from accounts import audit, carried, sessions
from ui import kept

METHODS = ("GET", "HEAD", "POST")
"""What pages and forms send. Everything else is refused before anybody asks who sends it, so no
address has to think of it."""


def request_id_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Set ``audit.request_id`` for the length of one request and name it in the answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = audit.request_id.set(str(uuid.uuid4()))
        try:
            known = request.method in METHODS
            response = get_response(request) if known else HttpResponseNotAllowed(METHODS)
            response["X-Request-ID"] = audit.request_id.get()
        finally:
            audit.request_id.reset(token)
        return response

    return middleware


BACKGROUND = "X-Background"
"""The header of requests that a page sends by itself: to ask how far a job is, or how long the visit
lasts. They are no activity, so they keep nobody signed in (templates: hx-headers)."""


def visit_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """End the visits that are over, note activity, and keep pages of the signed-in out of stores."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if sessions.is_of_somebody(request.session):
            if sessions.has_ended(request.session):
                logout(request)
                request.visit_ended = True  # type: ignore[attr-defined]
            elif BACKGROUND not in request.headers:
                sessions.note_activity(request.session)
                carried.drop_if_sent(request)
        response = get_response(request)
        if sessions.is_of_somebody(request.session) and "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        return response

    return middleware


class SignInRequired(LoginRequiredMiddleware):
    """Deny by default. A form that was sent after the visit had ended goes along to the sign-in."""

    def handle_no_permission(  # type: ignore[override]  # it need not be a redirect
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        if request.headers.get("HX-Request"):  # nobody wants a sign-in page among search results
            return HttpResponse(status=401)
        ended = {"ended": "1"} if hasattr(request, "visit_ended") else {}
        typed = kept.typed(request)
        if not typed and not ended:
            return super().handle_no_permission(request, view_func)
        address = QueryDict(mutable=True)
        address.update({"next": request.get_full_path()} | ended)
        if typed:
            address["interrupted"] = "1"
        sign_in = resolve_url(self.get_login_url(view_func))
        return HttpResponseRedirect(
            f"{sign_in}?{address.urlencode()}", preserve_request=bool(typed)
        )
