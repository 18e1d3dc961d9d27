"""Signing in and out."""

from typing import Any

from django.conf import settings
from django.contrib.auth import views
from django.http import HttpResponse
from django.utils import timezone

from accounts import actions
from accounts.demonstration import ACCOUNTS, PASSWORD
from accounts.forms import SignInForm


class SignIn(views.LoginView):
    """E-mail address and password; afterwards to where the person was going, on this host only."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm  # type: ignore[assignment]  # it needs only get_user()
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        accounts = ACCOUNTS if settings.DEMONSTRATION else ()
        return super().get_context_data(**kwargs) | {
            "demonstration_accounts": accounts,
            "demonstration_password": PASSWORD,
        }

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        actions.note_sign_in(by=form.get_user(), now=timezone.now())
        return response


class SignOut(views.LogoutView):
    """Ends the session, by POST only."""
