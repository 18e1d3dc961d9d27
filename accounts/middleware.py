"""Gives every request an id that its audit rows and its log lines carry."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from accounts import audit


def request_id_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Set ``audit.request_id`` for the length of one request and name it in the answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = audit.request_id.set(str(uuid.uuid4()))
        try:
            response = get_response(request)
            response["X-Request-ID"] = audit.request_id.get()
        finally:
            audit.request_id.reset(token)
        return response

    return middleware
