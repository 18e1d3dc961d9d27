"""The second factor: who must have one, whether this visit proved it, and what happens without.

The proof is kept in the session (allauth's record of how somebody signed in), so a way in that
forgets to ask - a new password, a code by e-mail, an identity provider - leads to the question and
not past it.
"""

import base64
import datetime as dt
import hashlib
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.stages import AuthenticateStage
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.permissions import roles_of
from accounts.queries.second_factor import has_second_factor
from accounts.roles import Role

ROLES = frozenset({Role.MANAGER, Role.REVIEWER, Role.ADMINISTRATOR})
"""Who must have a second factor: those who write the record, decide, or let people in."""

OPEN = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "account_reauthenticate",
        "sign-out",
        "account_logout",
    }
)
"""Names of the addresses that lead to the proof, or out; public pages (help) are open as well."""


def must_have_one(user: User, *, today: dt.date) -> bool:
    """Whether ``user`` may not use the service on ``today`` without a second factor."""
    return settings.SECOND_FACTOR_REQUIRED and not ROLES.isdisjoint(roles_of(user, today=today))


def is_proved(request: HttpRequest) -> bool:
    """Whether this visit has shown a second factor, or came from a provider that counts as one."""
    return any(_counts(record) for record in get_authentication_records(request, request.user))


def _counts(record: dict[str, object]) -> bool:
    method = record.get("method")
    return method == "mfa" or (method == "socialaccount" and settings.OIDC_IS_SECOND_FACTOR)


def note_proof(request: HttpRequest, user: User, kind: str, *, alone: bool = False) -> None:
    """Keep in the session that ``user`` has just shown a factor; ``alone`` for a passkey sign-in."""
    extra = {"passwordless": True} if alone else {}
    record_authentication(request, user, "mfa", type=kind, **extra)


class SecondFactorRequired:
    """Middleware: nothing but set-up, sign-out and help for who must have a factor and has not shown it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], *_: object
    ) -> HttpResponseBase | None:
        user = cast(User, request.user)
        today = timezone.localdate()  # noqa: TID251 - as views do
        if not user.is_authenticated or not must_have_one(user, today=today) or is_proved(request):
            return None
        request.is_held_back = True  # type: ignore[attr-defined]  # the menu would lead nowhere
        return None if _is_open(request, view) else _led_to_it(request, user)


def as_anybody(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A public page that shows more to who is signed in: not before they have shown their factor.

    Until then they read what anybody reads, and are led to the factor where anybody would be asked
    to sign in. Below ``login_not_required``.
    """

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        if not getattr(request, "is_held_back", False):
            return view(request, *args, **named)
        user, request.user = cast(User, request.user), AnonymousUser()
        answer = view(request, *args, **named)
        if answer.headers.get("Location", "").startswith(settings.LOGIN_URL):
            return _led_to_it(request, user)
        return answer

    return shown  # type: ignore[return-value]


def _led_to_it(request: HttpRequest, user: User) -> HttpResponseBase:
    """To the question for the factor, or to its set-up, and on from there."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401)
    path = reverse("mfa_reauthenticate" if has_second_factor(user) else "mfa_index")
    onward = {"next": request.get_full_path()} if request.method == "GET" else {}
    return HttpResponseRedirect(f"{path}?{urlencode(onward)}" if onward else path)


def _is_open(request: HttpRequest, view: Callable[..., HttpResponseBase]) -> bool:
    match = request.resolver_match
    is_public = not getattr(view, "login_required", True)
    return is_public or (match is not None and match.url_name in OPEN)


class AskSecondFactor(AuthenticateStage):
    """The step of the sign-in that asks for it; not after a provider that counts as one."""

    def _should_handle(self, request: HttpRequest) -> bool:
        records = get_authentication_records(request, self.login.user)
        if any(_counts(record) for record in records):
            return False
        return super()._should_handle(request)


class MfaAdapter(DefaultMFAAdapter):
    """Keeps the secrets of factors encrypted with SECRET_KEY, and names the service in the app."""

    def get_totp_issuer(self) -> str:
        return settings.SERVICE_NAME

    def _get_site_name(self) -> str:
        return settings.SERVICE_NAME

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; one that nobody can know where the key has changed: no code fits any more."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()


def _cipher() -> Fernet:
    key = hashlib.sha256(b"accounts.second_factor:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
