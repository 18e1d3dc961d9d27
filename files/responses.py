"""Hands a kept file out, so that a browser can only put it on the disk of whoever asked for it."""

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from files import disk
from files.models import Scan, StoredFile
from files.rules.names import shown_name


def attachment(stored: StoredFile, name: str, request: HttpRequest) -> HttpResponseBase:
    """The bytes as an attachment under ``name``; a page in their place unless they are clean.

    The place on the disk follows from the hash alone; ``name`` is only said to the browser.
    """
    if stored.scan != Scan.CLEAN:
        return _not_now(request, stored, name)
    try:
        file = disk.opened(stored.sha256)
    except FileNotFoundError:
        return _not_now(request, stored, name, missing=True)
    response = FileResponse(
        file, as_attachment=True, filename=shown_name(name), content_type=stored.content_type
    )
    return _alone(response)


def _alone(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox"
    response.headers["Cache-Control"] = "no-store"
    return response


def _not_now(
    request: HttpRequest, stored: StoredFile, name: str, *, missing: bool = False
) -> HttpResponse:
    """Why it cannot be had, and what to do."""
    context = {
        "name": shown_name(name),
        "missing": missing,
        "held": stored.scan == Scan.HELD,
    }
    status = 503 if missing else 403 if stored.scan == Scan.HELD else 200
    response = render(request, "files/not_now.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
