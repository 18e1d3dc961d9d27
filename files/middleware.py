"""Turns away what is absurdly large before a byte of it is read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

LARGEST_REQUEST = 100 * 1024 * 1024
"""Bytes. The largest form takes three files of 10 MB; a register file has 25."""


def size_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer 413 in plain words where the announced length is absurd."""

    def middleware(request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if announced.isascii() and announced.isdigit() and int(announced[:20]) > LARGEST_REQUEST:
            return too_large()
        return get_response(request)

    return middleware


def too_large() -> HttpResponse:
    """The page for what is too large to be read."""
    return HttpResponse(render_to_string("413.html"), status=413)
