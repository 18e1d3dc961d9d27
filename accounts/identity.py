"""Signing in through an identity provider (OpenID Connect), such as NHSmail or CIS2.

Only people who have an account come in: the first time by the address that the provider confirmed,
from then on by the provider's own identifier of the person. allauth does the exchange; here it is
made stricter: the nonce is checked, the token's signature and issuer always, and nothing that the
browser adds to the address changes what is asked.
"""

import base64
import binascii
import hashlib
from typing import Any

import jwt
import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialLogin, SocialToken
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from accounts.actions.identity import UnknownPerson, person_of
from accounts.models import User

PROVIDER = "oidc"
"""The name of the one provider that can be set."""
NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
"""How a token may be signed: by a key that only the provider has, never by a shared secret."""
BROKEN = (KeyError, TypeError, ValueError, AttributeError, ImproperlyConfigured, binascii.Error)
"""What the libraries raise at an answer that is none."""


class ProviderAway(OAuth2Error):  # noqa: N818  # reads as what is so
    """The provider did not answer, or not as a provider does."""


def nonce_of(code_verifier: str) -> str:
    """The nonce that belongs to one try: it follows from the secret that the try keeps in the session."""
    digest = hashlib.sha256(b"nonce:" + code_verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


class Exchange(OpenIDConnectOAuth2Adapter):
    """The exchange with the provider's server."""

    def __init__(self, request: HttpRequest, provider_id: str = PROVIDER) -> None:
        super().__init__(request, provider_id)
        self.nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        if not hasattr(self, "_openid_config"):
            try:
                config = super().openid_config
            except (requests.RequestException, *BROKEN) as problem:
                raise ProviderAway(settings.OIDC_NAME) from problem
            if not isinstance(config, dict) or any(not config.get(key) for key in NEEDED):
                raise ProviderAway(settings.OIDC_NAME)
            if str(config["issuer"]).rstrip("/") != settings.OIDC_SERVER:
                message = "The provider names another issuer than OIDC_SERVER."
                raise OAuth2Error(message)
        return self._openid_config

    def get_callback_url(self, request: HttpRequest, app: object) -> str:
        return settings.PUBLIC_ADDRESS + reverse("openid_connect_callback")

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: str | None = None
    ) -> Any:
        self.nonce = nonce_of(pkce_code_verifier or "")
        return super().get_access_token_data(request, app, client, pkce_code_verifier)

    def complete_login(
        self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Raises ``OAuth2Error`` unless token and user info are of this try and of one person."""
        try:
            claims = self._decode_id_token(app, kwargs["response"]["id_token"])
            info = self._fetch_user_info(token.token)
            if claims.get("nonce") != self.nonce or not claims["sub"]:
                raise OAuth2Error("The token is not of this try.")
            if info["sub"] != claims["sub"]:
                raise OAuth2Error("Token and user info are of two people.")
            return self.get_provider().sociallogin_from_response(request, {"userinfo": info})
        except BROKEN as problem:
            raise OAuth2Error("The provider's answer cannot be read.") from problem

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        """What the token says, once its signature, issuer, audience and time hold."""
        with get_adapter().get_requests_session() as http:
            answer = http.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        try:
            name = jwt.get_unverified_header(id_token).get("kid")
            keys = jwt.PyJWKSet.from_dict(answer.json()).keys
            (key,) = [key for key in keys if name in (None, key.key_id)]
            return jwt.decode(
                id_token,
                key,
                algorithms=ALGORITHMS,
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                options={"require": ["exp", "iss", "aud", "sub"]},
            )
        except jwt.PyJWTError as problem:
            raise OAuth2Error("The token does not hold.") from problem


class IdentityProvider(OpenIDConnectProvider):
    """The one provider that the environment describes."""

    oauth2_adapter_class = Exchange

    def get_login_url(self, request: HttpRequest, **kwargs: Any) -> str:
        return reverse("openid_connect_login")

    def get_callback_url(self) -> str:
        return reverse("openid_connect_callback")

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """Where to go afterwards; nothing else that stands in the address counts."""
        asked = super().get_redirect_from_request_kwargs(request)
        onward = {"next_url": asked["next_url"]} if "next_url" in asked else {}
        return {"process": AuthProcess.LOGIN, **onward}

    def get_pkce_params(self) -> dict[str, Any]:
        made = super().get_pkce_params()
        return {**made, "nonce": nonce_of(made["code_verifier"])}

    def extract_uid(self, data: dict[str, Any]) -> str:
        """The person at this provider, by a hash: an identifier counts only within its issuer."""
        known_as = f"{settings.OIDC_SERVER}\n{data['userinfo']['sub']}"
        return hashlib.sha256(known_as.encode()).hexdigest()

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}  # nothing that the provider says about a person is kept


class IdentityAdapter(DefaultSocialAccountAdapter):
    """Who comes in, and what everybody else is told."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find whose account it is; who has none, or a suspended one, gets a page that says whom to ask."""
        account = sociallogin.account
        confirmed = [one.email for one in sociallogin.email_addresses if one.verified is True]
        try:
            user = person_of(
                provider=account.provider,
                uid=account.uid,
                emails=confirmed,
                now=timezone.now(),  # noqa: TID251
            )
        except UnknownPerson:
            raise ImmediateHttpResponse(refused(request)) from None
        if not sociallogin.is_existing:
            sociallogin.lookup()
        if not sociallogin.is_existing or sociallogin.user != user:
            raise ImmediateHttpResponse(refused(request))

    def serialize_instance(self, instance: Any) -> dict[str, Any]:
        """What waits in the session while the second factor is asked: of a person only who it is."""
        if isinstance(instance, User):
            return {"pk": instance.pk}
        return super().serialize_instance(instance)

    def deserialize_instance(self, model: Any, data: dict[str, Any]) -> Any:
        """The person, as they are now."""
        if model is User:
            return User.objects.get(pk=data["pk"])
        return super().deserialize_instance(model, data)

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None,
        extra_context: Any = None,
    ) -> None:  # fmt: skip
        if error == AuthError.CANCELLED:
            messages.info(request, f"You did not sign in with {settings.OIDC_NAME}.")
            raise ImmediateHttpResponse(HttpResponseRedirect(settings.LOGIN_URL))
        is_away = isinstance(exception, ProviderAway | requests.RequestException)
        raise ImmediateHttpResponse(failed(request, is_away=is_away))


def refused(request: HttpRequest) -> HttpResponse:
    """The same page whether there is no account, a suspended one, or no confirmed address."""
    return render(request, "socialaccount/refused.html", {"name": settings.OIDC_NAME}, status=403)


def failed(request: HttpRequest, *, is_away: bool) -> HttpResponse:
    """The provider could not be asked (503), or its answer was not taken (400)."""
    context = {"name": settings.OIDC_NAME, "is_away": is_away}
    status = 503 if is_away else 400
    return render(request, "socialaccount/failed.html", context, status=status)
