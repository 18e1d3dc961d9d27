"""Who was let in by an administrator chooses their first password, by the link in their mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import throttle
from accounts.actions.people import set_first_password
from accounts.first_password import LinkUnusable, reader_of
from accounts.new_password import FirstPasswordForm


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def first_password(request: HttpRequest, token: str) -> HttpResponseBase:
    """A GET changes nothing, whoever follows the link; the password is set by POST and signs nobody in."""
    if not throttle.allow(request, "invitation", key=token):
        return throttle.refused(request)
    try:
        person = reader_of(token)
        form = FirstPasswordForm(request.POST or None, email=person.email, name=person.name)
        if not form.is_valid():
            context = {"form": form, "person": person}
            return render(request, "accounts/first_password.html", context)
        password = form.cleaned_data["password"]
        set_first_password(token=token, password=password, now=timezone.now())
    except LinkUnusable as unusable:
        return _unusable(request, known=unusable.known)
    messages.success(request, "Your password is saved. Sign in with it.")
    return redirect("accounts:sign-in")


def _unusable(request: HttpRequest, *, known: bool) -> HttpResponse:
    context = {"known": known}
    status = 410 if known else 404
    return render(request, "accounts/first_password_unusable.html", context, status=status)
