"""A forgotten password, and a new one in place of the present one."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.utils import user_pk_to_url_str
from allauth.account.views import (
    PasswordChangeView,
    PasswordResetDoneView,
    PasswordResetFromKeyDoneView,
    PasswordResetFromKeyView,
    PasswordResetView,
)
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.actions import signing_in
from accounts.forms import ChangePasswordForm, ForgottenForm, NewPasswordForm
from accounts.throttle import allow, refused


@method_decorator(never_cache, name="dispatch")
class Forgotten(PasswordResetView):
    """Where to? Known, unknown and suspended get a mail each, and the same page."""

    template_name = "account/forgotten.html"
    form_class = ForgottenForm

    def form_valid(self, form: ForgottenForm) -> HttpResponse:
        address, person = form.cleaned_data["email"], form.person
        if not allow(self.request, "reset_password", address):
            return refused(self.request)
        adapter = get_adapter()
        if person:
            link = reverse(
                "account_reset_password_from_key",
                args=[
                    user_pk_to_url_str(person),
                    PASSWORD_RESET_TOKEN_GENERATOR().make_token(person),
                ],
            )
            words = {"person": person, "link": settings.PUBLIC_ADDRESS + link}
            adapter.send_mail("account/email/password_reset_key", address, words)
            signing_in.note_reset_sent(to=person, now=timezone.now())
        else:
            adapter.send_mail("account/email/unknown_account", address, {})
        return HttpResponseRedirect(reverse("account_reset_password_done"))


@method_decorator(never_cache, name="dispatch")
class ForgottenSent(PasswordResetDoneView):
    """The mail is on its way, if there is an account."""

    template_name = "account/forgotten_sent.html"


@method_decorator(never_cache, name="dispatch")
class NewPassword(PasswordResetFromKeyView):
    """By the link in the mail. Opening it changes nothing; nobody is signed in by it."""

    template_name = "account/new_password.html"
    form_class = NewPasswordForm


class NewPasswordSaved(PasswordResetFromKeyDoneView):
    """The new password is saved; sign in with it."""

    template_name = "account/new_password_saved.html"


class ChangePassword(PasswordChangeView):
    """A new password in place of the present one, which is asked for."""

    template_name = "account/change_password.html"
    form_class = ChangePasswordForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Who never had a password proves by e-mail that the address is theirs."""
        if not request.user.has_usable_password():  # type: ignore[union-attr]  # signed in
            return HttpResponseRedirect(reverse("account_reset_password"))
        return super().dispatch(request, *args, **kwargs)

    def get_default_success_url(self) -> str:
        return reverse("accounts:account")


MORE = (
    ("mfa_index", "Second factor", "An app, a passkey or recovery codes", "Manage"),
    ("usersessions_list", "Signed in on", "Your browsers and devices", "See and end"),
    ("mail:preferences", "Messages", "What we send you by email", "Choose"),
)
"""What else somebody can change: address, words, what it is about, and what the link says."""


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """How the person signs in, and what they can change about it."""
    rows = [
        {"url": reverse(name), "label": label, "about": about, "action": action}
        for name, label, about, action in MORE
    ]
    return render(request, "account/account.html", {"rows": rows})
