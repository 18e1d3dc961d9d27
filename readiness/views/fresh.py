"""Pages that a browser may keep: asked for again, an unchanged page costs one small answer."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.messages import get_messages
from django.core.cache import caches
from django.http import HttpRequest, HttpResponseBase
from django.middleware.csrf import CSRF_SESSION_KEY
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import quote_etag
from django.utils.safestring import SafeString, mark_safe

OUR_PARTS = ("readiness/presenters", "templates", "ui")


def _release() -> str:
    """The newest change to what draws a page, so that a new release is never hidden by an old copy."""
    files = (
        file
        for part in OUR_PARTS
        for file in (Path(settings.BASE_DIR) / part).rglob("*")
        if file.suffix in {".py", ".html"}
    )
    return str(max((file.stat().st_mtime_ns for file in files), default=0))


RELEASE = _release()


def answer(
    request: HttpRequest, mark: str, draw: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """304 when the browser holds the page that ``mark`` stands for, else what ``draw`` gives.

    A page that carries a message for the person is drawn and never kept.
    """
    response = draw() if len(get_messages(request)) else _unless_unchanged(request, mark, draw)
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ("Cookie", "HX-Request"))
    return response


def _unless_unchanged(
    request: HttpRequest, mark: str, draw: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    etag = _etag(request, mark)
    response = get_conditional_response(request, etag=etag) or draw()
    response["ETag"] = etag
    return response


def fragment(name: str, mark: str, draw: Callable[[], str]) -> SafeString:
    """The markup that ``draw`` gives, kept in this process for as long as ``mark`` holds."""
    key = f"{name}:{_digest(RELEASE, mark)}"
    kept = str(caches["pages"].get_or_set(key, lambda: str(draw())))
    return mark_safe(kept)  # noqa: S308  # drawn by a template of ours


def _etag(request: HttpRequest, mark: str) -> str:
    secret = request.META.get("CSRF_COOKIE") or request.session.get(CSRF_SESSION_KEY, "")
    session = request.session.session_key or ""
    part = request.headers.get("HX-Request", "")
    return quote_etag(_digest(RELEASE, mark, request.get_full_path(), secret, session, part))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
