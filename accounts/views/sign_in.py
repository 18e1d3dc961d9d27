"""Signing in and out, and what was typed before it."""

from typing import Any

from allauth.account.internal.stagekit import clear_login
from allauth.account.stages import LoginStage
from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth import views
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from accounts import carried, sessions
from accounts.demonstration import ACCOUNTS, PASSWORD
from accounts.forms import SignInForm
from ui import kept


class StartsAnew:
    """Opening the page gives up a sign-in that stands half-way: it is how one goes back."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: LoginStage) -> None:
        clear_login(request)


class SignIn(StartsAnew, LoginView):
    """E-mail address and password; afterwards to where the person was going, on this host only."""

    template_name = "accounts/sign_in.html"
    form_class = SignInForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign in; or ask to, where a form was sent after the visit had ended: its fields are kept."""
        if "interrupted" in request.GET and "kept" not in request.POST:
            sealed = kept.sealed(kept.typed(request))
            form = self.form_class(request=request, initial={"kept": sealed})
            return self.render_to_response(self.get_context_data(form=form))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: SignInForm) -> HttpResponse:
        carried.keep(self.request, form.cleaned_data["kept"], self.get_success_url())
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "next": self.get_next_url() or "",
            "visit_ended": "ended" in self.request.GET,
            "refused": "refused" in self.request.GET,
            "demonstration_accounts": ACCOUNTS if settings.DEMONSTRATION else (),
            "demonstration_password": PASSWORD,
        }


class SignOut(views.LogoutView):
    """Ends the session, by POST only."""


@require_safe
def carry_on(request: HttpRequest) -> HttpResponse:
    """What was typed when the visit had ended, to be sent on now; home where there is nothing."""
    carries = carried.waiting(request)
    if carries is None:
        return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)
    fields, action = carries
    return render(request, "accounts/carry_on.html", {"fields": fields, "action": action})


@require_http_methods(["GET", "HEAD", "POST"])
def stay(request: HttpRequest) -> JsonResponse:
    """How many seconds the visit lasts if nothing is done. Sent (POST) is something done."""
    return JsonResponse({"seconds": sessions.seconds_left(request.session)})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form whose token is not this visit's. What was typed can be sent again.

    Only where the browser says that the form stood on a page of ours: a foreign page may not
    put words into a form that somebody then sends.
    """
    fields = kept.typed(request) if kept.was_sent_from_here(request) else []
    again = {"fields": fields, "action": request.get_full_path()}
    return render(request, "403_csrf.html", again, status=403)
