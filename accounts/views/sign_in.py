"""Signing in and out."""

from typing import Any

from django.conf import settings
from django.contrib.auth import views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts import actions
from accounts.demonstration import ACCOUNTS, PASSWORD
from accounts.forms import SignInForm
from ui import kept


class SignIn(views.LoginView):
    """E-mail address and password; afterwards to where the person was going, on this host only."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm  # type: ignore[assignment]  # it needs only get_user()
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign in; or ask to, where a form was sent after the visit had ended: its fields are kept."""
        if "interrupted" in request.GET and "kept" not in request.POST:
            form = self.authentication_form(
                request, initial={"kept": kept.sealed(kept.typed(request))}
            )
            return self.render_to_response(self.get_context_data(form=form))
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        accounts = ACCOUNTS if settings.DEMONSTRATION else ()
        return super().get_context_data(**kwargs) | {
            "demonstration_accounts": accounts,
            "demonstration_password": PASSWORD,
        }

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        actions.note_sign_in(by=form.get_user(), now=timezone.now())
        fields = kept.opened(form.cleaned_data["kept"])
        if not fields:
            return response
        again = {"fields": fields, "action": self.get_success_url()}
        return render(self.request, "accounts/carry_on.html", again)


class SignOut(views.LogoutView):
    """Ends the session, by POST only."""


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form whose token is not this visit's. What was typed can be sent again.

    Only where the browser says that the form stood on a page of ours: a foreign page may not
    put words into a form that somebody then sends.
    """
    fields = kept.typed(request) if kept.was_sent_from_here(request) else []
    again = {"fields": fields, "action": request.get_full_path()}
    return render(request, "403_csrf.html", again, status=403)
