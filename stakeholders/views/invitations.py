"""The page behind the link of an invitation. Public: who holds the link is whom it is for."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import throttle
from stakeholders.actions import invitations as actions
from stakeholders.forms.colleagues import JoinForm
from stakeholders.presenters.colleagues import unusable
from stakeholders.queries.invitations import InvitationUnusable, has_account, is_for, usable_by


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """A GET accepts nothing, whoever follows the link; a POST accepts, and signs nobody in."""
    if not throttle.allow(request, "invitation", key=token):
        return throttle.refused(request)
    try:
        if request.user.is_authenticated:
            return _signed_in(request, token)
        return _from_outside(request, token)
    except InvitationUnusable as why:
        status = 404 if why.why == "altered" else 410
        return render(
            request, "stakeholders/invitations/unusable.html", unusable(why), status=status
        )


def _from_outside(request: HttpRequest, token: str) -> HttpResponse:
    """The same page whether or not the address has an account; who has one is asked to sign in."""
    found = usable_by(token, now=timezone.now(), today=timezone.localdate())
    form = JoinForm(request.POST or None, email=found.email, initial={"name": found.name})
    if form.is_valid():
        if has_account(found.email):
            return _sign_in_first(request, found)
        try:
            actions.join_by_invitation(
                token=token, now=timezone.now(), today=timezone.localdate(), **form.cleaned_data
            )
        except ValidationError as taken:  # an account was made while the form was on its way
            form.add_error(None, taken)
        else:
            words = f"You answer for {found.organisation.name} now. Sign in with the password you chose."
            messages.success(request, words)
            return redirect("accounts:sign-in")
    context = {"invitation": found, "form": form}
    return render(request, "stakeholders/invitations/join.html", context)


def _sign_in_first(request: HttpRequest, found: object) -> HttpResponse:
    address = f"{reverse('accounts:sign-in')}?{urlencode({'next': request.path})}"
    context = {"invitation": found, "sign_in_url": address}
    return render(request, "stakeholders/invitations/sign_in_first.html", context)


def _signed_in(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody who has an account accepts with one button, if the invitation is for their address."""
    found = usable_by(token, now=timezone.now(), today=timezone.localdate())
    context = {"invitation": found}
    is_theirs = is_for(found, request.user)
    if request.method == "POST" and is_theirs:
        actions.accept_signed_in(
            token=token,
            by=request.user,
            now=timezone.now(),
            today=timezone.localdate(),
        )
        messages.success(request, f"You answer for {found.organisation.name} now.")
        return redirect("readiness:home")
    template = "accept" if is_theirs else "for_somebody_else"
    return render(request, f"stakeholders/invitations/{template}.html", context)
