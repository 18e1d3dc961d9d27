"""Second factor: what somebody has, setting up an app or a passkey, recovery codes, taking one away."""

import base64
import json
from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import quote, urlencode

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import passkeys, throttle
from accounts.actions import second_factor as actions
from accounts.queries import second_factor as queries
from accounts.reauthentication import fresh_sign_in_to_open
from accounts.second_factor import is_proved, must_have_one, note_proof
from accounts.second_factor_forms import AppForm, NewPasskeyForm, NothingForm

ONWARD = "second_factor.onward"
CODES_ARE_NEW = "second_factor.codes_are_new"
View = Callable[..., HttpResponseBase]


def proved_first(view: View) -> View:
    """View decorator: who has a factor shows it before anything about factors is read or changed."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_proved(request) and queries.has_second_factor(_me(request)):
            onward = urlencode({"next": request.path})
            return redirect(f"{reverse('mfa_reauthenticate')}?{onward}")
        return view(request, *args, **kwargs)

    return never_cache(checked)


@require_safe
@proved_first
def index(request: HttpRequest) -> HttpResponse:
    """What the person has; or what to set up, where they must and have nothing."""
    user = _me(request)
    onward = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(onward, allowed_hosts=None):
        request.session[ONWARD] = onward
    context = {
        "factors": queries.factors_of(user),
        "must_have_one": must_have_one(user, today=timezone.localdate()),
    }
    return render(request, "mfa/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@proved_first
@fresh_sign_in_to_open
def add_app(request: HttpRequest) -> HttpResponseBase:
    """Show the key of a new authenticator app and take its first code."""
    user = _me(request)
    form = AppForm(request.POST or None)
    secret = get_totp_secret(regenerate=request.method != "POST")
    if request.method == "POST" and not throttle.allow(request, "second_factor", str(user.pk)):
        return throttle.refused(request)
    if form.is_valid():
        now = timezone.now()
        step = actions.step_of(secret, form.cleaned_data["code"], now=now)
        if step is not None:
            is_new = actions.add_app(by=user, secret=secret, step=step, now=now)
            clear_totp_secret(request)
            return _is_set_up(request, "totp", codes_are_new=is_new)
        form.add_error("code", "That is not the code that the app shows now. Wait for the next one"
                               " and enter it. If it is refused too, check the telephone's clock.")  # fmt: skip
    adapter = get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(user, secret))
    context = {
        "form": form,
        "key": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "picture": "data:image/svg+xml;base64," + base64.b64encode(picture.encode()).decode(),
        "replaces": queries.factors_of(user).app is not None,
    }
    return render(request, "mfa/app.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@proved_first
@fresh_sign_in_to_open
def add_passkey(request: HttpRequest) -> HttpResponseBase:
    """Have the browser make a passkey, and keep it under a name."""
    user = _me(request)
    form = NewPasskeyForm(request.POST or None)
    if request.method == "POST" and not throttle.allow(request, "passkey"):
        return throttle.refused(request)
    if form.is_valid():
        given = form.cleaned_data
        try:
            passkeys.check_new(given["credential"])
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            is_new = actions.add_passkey(
                by=user, name=given["name"], credential=given["credential"], now=timezone.now()
            )
            return _is_set_up(request, "webauthn", codes_are_new=is_new)
    context = {"form": form, "question": as_json(passkeys.question_to_add(user))}
    return render(request, "mfa/passkey.html", context)


def _is_set_up(request: HttpRequest, kind: str, *, codes_are_new: bool) -> HttpResponse:
    note_proof(request, _me(request), kind)
    messages.success(request, "Your second factor is set up.")
    if codes_are_new:
        request.session[CODES_ARE_NEW] = True
        return redirect("mfa_view_recovery_codes")
    return _onward(request)


def _onward(request: HttpRequest) -> HttpResponse:
    return redirect(request.session.pop(ONWARD, "") or "mfa_index")


@require_http_methods(["GET", "HEAD", "POST"])
@proved_first
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """The new codes, in this visit only and until the person says that they are kept."""
    if CODES_ARE_NEW not in request.session:
        return redirect("mfa_index")
    if request.method == "POST":
        del request.session[CODES_ARE_NEW]
        return _onward(request)
    codes = [f"{code[:4]} {code[4:]}" for code in queries.recovery_codes_of(_me(request))]
    file = "Recovery codes of Widen the Tent. Each works once.\r\n\r\n" + "\r\n".join(codes)
    context = {"codes": codes, "file": "data:text/plain;charset=utf-8," + quote(file)}
    return render(request, "mfa/recovery_codes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@proved_first
@fresh_sign_in_to_open
def new_recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make new codes in place of the old ones."""
    if not queries.has_second_factor(_me(request)):
        return redirect("mfa_index")
    if request.method == "POST":
        actions.renew_recovery_codes(by=_me(request), now=timezone.now())
        request.session[CODES_ARE_NEW] = True
        return redirect("mfa_view_recovery_codes")
    return render(request, "mfa/new_recovery_codes.html", {"form": NothingForm()})


@require_http_methods(["GET", "HEAD", "POST"])
@proved_first
@fresh_sign_in_to_open
def remove_app(request: HttpRequest) -> HttpResponse:
    """Take the authenticator app away."""
    app = queries.factors_of(_me(request)).app
    if app is None:
        raise Http404
    return _remove(request, app.pk, "your authenticator app")


@require_http_methods(["GET", "HEAD", "POST"])
@proved_first
@fresh_sign_in_to_open
def remove_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a passkey away."""
    found = [one for one in queries.factors_of(_me(request)).passkeys if one.pk == pk]
    if not found:
        raise Http404
    return _remove(request, pk, f"the passkey “{found[0].name}”")


def _remove(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    user = _me(request)
    must = must_have_one(user, today=timezone.localdate())
    if request.method == "POST":
        try:
            actions.remove_factor(by=user, pk=pk, must_keep_one=must, now=timezone.now())
        except actions.LastFactorNeeded:
            messages.info(request, f"Nothing was removed: {what} is your only second factor.")
        else:
            messages.success(request, f"You removed {what}.")
        return redirect("mfa_index")
    is_last = queries.factors_of(user).only_one
    context = {"what": what, "is_last": is_last, "is_refused": is_last and must}
    return render(request, "mfa/remove.html", context)


def as_json(question: dict[str, Any]) -> str:
    """A question to the browser, as the page's attribute holds it."""
    return json.dumps(question, cls=DjangoJSONEncoder)


def _me(request: HttpRequest) -> Any:
    return cast(Any, request.user)
