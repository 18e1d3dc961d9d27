"""``/healthz``: is the service whole? For the machine that watches it and for ``make run``."""

from django.http import HttpRequest, JsonResponse


def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({})
