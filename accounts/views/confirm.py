"""Showing a factor or the password: as a step of the sign-in, in the middle of a visit, or instead of a password."""

from typing import Any, cast
from urllib.parse import urlencode

from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import passkeys, throttle
from accounts.actions import second_factor as actions
from accounts.queries.second_factor import factors_of
from accounts.reauthentication import WAYS, note_password, ways_of
from accounts.second_factor import is_proved, must_have_one, note_proof
from accounts.second_factor_forms import CodeForm, PasskeyForm, PasswordForm
from accounts.views.second_factor import as_json
from ui import kept
from ui.forms import NhsForm
from ui.shapes import Link

FORMS: dict[str, type[NhsForm]] = {
    "code": CodeForm,
    "passkey": PasskeyForm,
    "password": PasswordForm,
}
DOORS = {"code": "second_factor", "passkey": "passkey", "password": "reauthenticate"}
WORDS = {
    "code": "Use a code from your app or a recovery code",
    "passkey": "Use your passkey",
    "password": "Use your password",
}
WRONG = {
    "code": "That code was not accepted. Each code works once: wait for the next one and enter it.",
    "password": "That is not your password. Check it and try again.",
}


def by_password(request: HttpRequest) -> HttpResponseBase:
    """Confirm by the password."""
    return _confirm(request, "password")


def by_code(request: HttpRequest) -> HttpResponseBase:
    """Confirm by a code of the app or a recovery code."""
    return _confirm(request, "code")


def by_passkey(request: HttpRequest) -> HttpResponseBase:
    """Confirm by a passkey."""
    return _confirm(request, "passkey")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def _confirm(request: HttpRequest, way: str) -> HttpResponseBase:
    user = cast(Any, request.user)
    factors = factors_of(user)
    asks_factor = not is_proved(request) and (
        bool(factors) or must_have_one(user, today=timezone.localdate())
    )
    ways = ways_of(user, factors, factor_only=asks_factor)
    if way not in ways and ways:
        address = f"{reverse(WAYS[ways[0]])}?{request.GET.urlencode()}"
        return redirect(address, preserve_request="interrupted" in request.GET)
    if not ways:
        if asks_factor:
            return redirect("mfa_index")
        return render(request, "accounts/confirm_no_way.html")
    is_other_way = "another-way" in request.POST
    is_answer = request.method == "POST" and "kept" in request.POST and not is_other_way
    if is_answer and not throttle.allow(request, DOORS[way], str(user.pk)):
        return throttle.refused(request)
    form = FORMS[way](request.POST if is_answer else None, initial={"kept": _kept(request)})
    if is_answer and form.is_valid() and _holds(way, form, user):
        _note(request, way, form, user)
        return _carry_on(request, form.cleaned_data["kept"])
    others = [Link(WORDS[one], _with_query(request, one)) for one in ways if one != way]
    context = {
        "form": form,
        "way": way,
        "asks_factor": asks_factor,
        "others": others,
        "question": as_json(passkeys.question_to_use(user)) if way == "passkey" else "",
    }
    return render(request, "accounts/confirm.html", context)


def _kept(request: HttpRequest) -> str:
    """What was typed in the form that led here, sealed; as it came, from another way of confirming."""
    if "another-way" in request.POST:
        return request.POST.get("kept", "")
    return kept.sealed(kept.typed(request)) if request.method == "POST" else ""


def _with_query(request: HttpRequest, way: str) -> str:
    return f"{reverse(WAYS[way])}?{urlencode({'next': _next(request)})}"


def _holds(way: str, form: NhsForm, user: Any) -> bool:
    """Whether the answer is right; what is wrong with it is added to the form."""
    given = form.cleaned_data
    if way == "passkey":
        try:
            found = passkeys.passkey_of(user, given["credential"])
        except ValidationError as refused:
            form.add_error(None, refused)
            return False
        actions.note_passkey_used(passkey=found, now=timezone.now())
        return True
    if way == "password":
        right = user.check_password(given["password"])
    else:
        right = bool(actions.use_code(user=user, code=given["code"], now=timezone.now()))
    if not right:
        form.add_error(way, WRONG[way])
    return bool(right)


def _note(request: HttpRequest, way: str, form: NhsForm, user: Any) -> None:
    if way == "password":
        note_password(request, user)
    else:
        note_proof(request, user, {"code": "totp", "passkey": "webauthn"}[way])


def _carry_on(request: HttpRequest, sealed: str) -> HttpResponse:
    """On to where the person was, with what they had typed."""
    fields = kept.opened(sealed)
    if not fields:
        return redirect(_next(request))
    again = {"fields": fields, "action": _next(request)}
    return render(request, "accounts/confirm_carry_on.html", again)


def _next(request: HttpRequest) -> str:
    asked = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_ours else settings.LOGIN_REDIRECT_URL


@login_stage_required(stage=AuthenticateStage.key, redirect_urlname="account_login")
@require_http_methods(["GET", "HEAD", "POST"])
def at_sign_in(request: HttpRequest) -> HttpResponseBase:
    """The step of the sign-in after the password, the e-mailed code or the identity provider."""
    stage = request._login_stage  # type: ignore[attr-defined]  # noqa: SLF001 - allauth puts it there
    user = stage.login.user
    ways = ways_of(user, factor_only=True)
    asked = request.GET.get("with", "")
    way = asked if asked in ways else next(iter(ways), "")
    if not way or not user.is_active:
        return redirect("account_login")
    is_answer = request.method == "POST"
    if is_answer and not throttle.allow(request, DOORS[way], str(user.pk)):
        return throttle.refused(request)
    form = FORMS[way](request.POST if is_answer else None)
    if is_answer and form.is_valid() and _holds(way, form, user):
        _note(request, way, form, user)
        return stage.exit()
    context = {
        "form": form,
        "way": way,
        "others": [Link(WORDS[one], f"?with={one}") for one in ways if one != way],
        "question": as_json(passkeys.question_to_use(user)) if way == "passkey" else "",
    }
    return render(request, "mfa/at_sign_in.html", context)


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def passkey_sign_in(request: HttpRequest) -> HttpResponseBase:
    """GET: the question for the browser. POST: sign in with the passkey that answered it."""
    if not throttle.allow(request, "passkey"):
        return throttle.refused(request)
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    if request.method != "POST":
        return JsonResponse(passkeys.question_to_use(None))
    form = PasskeyForm(request.POST)
    try:
        found = passkeys.owner_and_passkey(
            form.cleaned_data["credential"] if form.is_valid() else {}
        )
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
        return redirect("account_login")
    actions.note_passkey_used(passkey=found, now=timezone.now())
    note_proof(request, found.user, "webauthn", alone=True)
    return perform_login(request, Login(user=found.user, redirect_url=_next(request)))
