"""How allauth signs people in here: nobody signs up, nobody is told who has an account."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from accounts import carried
from accounts.actions import signing_in
from accounts.models import User
from accounts.queries.signing_in import may_sign_in

log = logging.getLogger(__name__)

AFTER_PASSWORD = ("allauth.mfa.stages.AuthenticateStage",)
SECOND_FACTOR = "accounts.second_factor.AskSecondFactor"


class Adapter(DefaultAccountAdapter):
    """allauth's account adapter."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": (
            "There were too many wrong tries, so this way in is closed for an hour."
            " Try again then, or sign in by a code that we email you."
        ),
        "incorrect_code": "That code is not right. Check it, or ask for a new one",
        "rate_limited": "There were too many tries. Wait 5 minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: people are let in by an administrator or a colleague."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Onward to this host only, by the scheme in use."""
        request = allauth_context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def get_client_ip(self, request: HttpRequest) -> str:
        """The network address, or one for everybody where the web server tells none (a Unix socket)."""
        tells = request.META.get("REMOTE_ADDR") or request.headers.get("X-Forwarded-For")
        return super().get_client_ip(request) if tells else "0.0.0.0"  # noqa: S104 - no one's address

    # --- Signing in

    def get_login_stages(self) -> list[str]:
        """allauth's steps, with our question for the second factor in place of its own."""
        return [
            SECOND_FACTOR if stage in AFTER_PASSWORD else stage
            for stage in super().get_login_stages()
        ]

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Only the log hears of it, and not who was meant."""
        log.warning("A sign-in with a password was refused.")

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Whoever is suspended is sent back to the beginning, by whichever door they came."""
        if self._may(user):
            return None
        return self.respond_user_inactive(request, user)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """There is no page that says so: it would tell a stranger who has an account."""
        clear_login(request)
        log.warning("A sign-in of somebody who is suspended was refused.")
        return HttpResponseRedirect(f"{reverse('account_login')}?refused=1")

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin the visit, unless they were suspended while they looked for their second factor."""
        if not self._may(user):
            raise ImmediateHttpResponse(self.respond_user_inactive(request, user))
        super().login(request, user)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Keep in the audit trail that and how; what was typed before comes first."""
        shown = [str(record["method"]) for record in get_authentication_records(request, user)]
        signing_in.note_sign_in(
            by=user,
            how=list(dict.fromkeys(shown)),
            now=timezone.now(),  # noqa: TID251 - called by views, for views
        )
        if carried.waiting(request):
            kwargs["redirect_url"] = reverse("accounts:carry-on")
        return super().post_login(request, user, **kwargs)

    def _may(self, user: User) -> bool:
        return may_sign_in(user, today=timezone.localdate())  # noqa: TID251 - called by views

    # --- Passwords

    def set_password(self, user: User, password: str) -> None:
        """Change it by an action, and unlock the address: whoever reads its mail is no guesser."""
        signing_in.change_password(by=user, password=password, now=timezone.now())  # noqa: TID251
        self._delete_login_attempts_cached_email(allauth_context.request, email=user.email)

    # --- Mail, sent at once: whoever waits for a code is at the door (ADR 13)

    def format_email_subject(self, subject: str) -> str:
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send it now. When the mail server does not answer, a page says so, to everybody alike."""
        request = allauth_context.request
        try:
            super().send_mail(template_prefix, email, self._words() | context)
        except (OSError, SMTPException) as problem:
            log.exception("A mail of the sign-in could not be sent.")
            page = render(request, "account/no_mail.html", status=503)
            raise ImmediateHttpResponse(page) from problem

    def send_notification_mail(
        self, template_prefix: str, user: Any, *args: Any, **kwargs: Any
    ) -> None:
        """Tell somebody what was changed in their account; what was changed stands without it."""
        kwargs["email"] = user.email
        try:
            super().send_notification_mail(template_prefix, user, *args, **kwargs)
        except ImmediateHttpResponse:
            log.warning("Somebody could not be told of a change in their account.")

    def _words(self) -> dict[str, Any]:
        return {
            "service_name": settings.SERVICE_NAME,
            "service_address": f"{settings.PUBLIC_ADDRESS}/",
            "forgotten_address": settings.PUBLIC_ADDRESS + reverse("account_reset_password"),
            "demonstration": settings.DEMONSTRATION,
        }
