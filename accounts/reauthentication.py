"""Asking who it is once more before what weighs most: a decision, an exception, a grant, people's data.

``fresh_sign_in`` stands before a view. What was typed goes along to the question and is sent on
afterwards (``ui.kept``), so nobody types it twice.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.queries.second_factor import Factors, factors_of
from accounts.sessions import BEGAN

View = Callable[..., HttpResponseBase]
WAYS = {
    "code": "mfa_reauthenticate",
    "passkey": "mfa_reauthenticate_webauthn",
    "password": "account_reauthenticate",
}
"""How somebody can confirm, best first, with the name of the page that asks."""


def recently(request: HttpRequest) -> bool:
    """Whether this visit showed a password, a code or a factor within ``settings.FRESH_SIGN_IN``."""
    now = timezone.now()  # noqa: TID251 - called by views, for views
    records = get_authentication_records(request, request.user)
    shown = [request.session.get(BEGAN, 0), *(record.get("at", 0) for record in records)]
    return now.timestamp() - max(shown) <= settings.FRESH_SIGN_IN.total_seconds()


def note_password(request: HttpRequest, user: User) -> None:
    """Keep in the session that ``user`` has just given the password again."""
    record_authentication(request, user, "password", reauthenticated=True)


def fresh_sign_in(view: View) -> View:
    """View decorator: a form that is sent needs a sign-in of the last 15 minutes. Reading does not."""
    return _decorated(view, ("POST",))


def fresh_sign_in_to_open(view: View) -> View:
    """View decorator: even to open the page; for exports, and pages that show or change a secret."""
    return _decorated(view, ("GET", "HEAD", "POST"))


def _decorated(view: View, methods: tuple[str, ...]) -> View:
    @wraps(view)
    def confirmed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in methods and not recently(request):
            return ask(request)
        return view(request, *args, **kwargs)

    return confirmed


def ask(request: HttpRequest) -> HttpResponseBase:
    """To the question, with what was typed; afterwards back here."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401)
    onward = {"next": request.get_full_path()}
    is_form = request.method == "POST"
    if is_form:
        onward["interrupted"] = "1"
    way = next(iter(ways_of(request.user)), "password")  # type: ignore[arg-type]
    address = f"{reverse(WAYS[way])}?{urlencode(onward)}"
    return HttpResponseRedirect(address, preserve_request=is_form)


def ways_of(user: User, factors: Factors | None = None, *, factor_only: bool = False) -> list[str]:
    """How ``user`` can confirm, best first; ``factor_only`` where a password is not enough."""
    has = factors_of(user) if factors is None else factors
    found = []
    if has.app or (has and has.codes_left):
        found.append("code")
    if has.passkeys:
        found.append("passkey")
    if user.has_usable_password() and not factor_only:
        found.append("password")
    return found
