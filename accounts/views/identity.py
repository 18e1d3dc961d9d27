"""The way out to the identity provider and the way back."""

from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import throttle
from accounts.identity import Exchange, ProviderAway, failed


@never_cache
@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponseBase:
    """To the provider's own sign-in page."""
    return _through(OAuth2LoginView, request)


@never_cache
@login_not_required
@require_safe
def back(request: HttpRequest) -> HttpResponseBase:
    """Back from there, signed in, refused or with a mind changed."""
    return _through(OAuth2CallbackView, request)


def _through(view: type, request: HttpRequest) -> HttpResponseBase:
    if not settings.OIDC_NAME:
        raise Http404
    if not throttle.allow(request, "identity_provider"):
        return throttle.refused(request)
    try:
        return view.adapter_view(Exchange(request))(request)  # type: ignore[attr-defined]
    except OAuth2Error as problem:
        return failed(request, is_away=isinstance(problem, ProviderAway))
