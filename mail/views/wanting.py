"""What a person wants to receive: their own page, and the link that stops daily summaries."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts import throttle
from mail import access, actions, queries
from mail.forms import DIGEST, IMMEDIATE, MessagesForm


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Which messages the person wants; everybody who is signed in has this page."""
    standing = queries.preference_of(request.user)
    wanted = [name for name in (IMMEDIATE, DIGEST) if getattr(standing, name)]
    form = MessagesForm(request.POST or None, initial={"wanted": wanted})
    if request.method == "POST":
        form = MessagesForm(request.POST)
        if form.is_valid():
            chosen = form.cleaned_data["wanted"]
            actions.choose(
                immediate=IMMEDIATE in chosen,
                digest=DIGEST in chosen,
                by=request.user,
                now=timezone.now(),
            )
            messages.success(request, "Your choice is saved.")
            return redirect("mail:preferences")
    return render(request, "mail/preferences.html", {"form": form})


@csrf_exempt  # a mail program posts without a visit (RFC 8058); only the token's holder can
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, so that a mail scanner stops nothing; POST stops the daily summaries.

    A token that is not ours and one of a closed account get the same page.
    """
    if not throttle.allow(request, "unsubscribe", token):
        return throttle.refused(request)
    user = access.user_of_token(token)
    if user is None:
        return render(request, "mail/unsubscribe_unknown.html", status=404)
    if request.method == "POST":
        actions.unsubscribe(user=user, now=timezone.now())
        return render(request, "mail/unsubscribed.html")
    return render(request, "mail/unsubscribe.html")
