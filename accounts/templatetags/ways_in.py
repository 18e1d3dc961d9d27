"""`{% ways_in next %}`: the other ways in on the sign-in page, a passkey and the identity provider."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.urls import reverse

register = template.Library()


@register.inclusion_tag("mfa/_ways_in.html", takes_context=True)
def ways_in(context: template.Context, onward: str = "") -> dict[str, Any]:
    """Both forms carry on to ``onward``; the provider stands there only where one is set."""
    query = f"?{urlencode({'next': onward})}" if onward else ""
    return {
        "request": context.get("request"),
        "csrf_token": context.get("csrf_token"),
        "question_url": reverse("mfa_login_webauthn"),
        "passkey_url": reverse("mfa_login_webauthn") + query,
        "provider_name": settings.OIDC_NAME,
        "provider_url": reverse("openid_connect_login") + query,
    }
