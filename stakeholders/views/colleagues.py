"""Who answers for an organisation: seen and changed by its own people, seen by administrators."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions.grants import GrantRefused, Why
from accounts.reauthentication import fresh_sign_in
from mail.queries import deliveries_about
from stakeholders import access
from stakeholders.actions import invitations as actions
from stakeholders.actions.representation import end_colleague
from stakeholders.forms.colleagues import InviteForm, ReasonForm
from stakeholders.presenters import colleagues as presenter
from stakeholders.queries import invitations as queries


@require_safe
def colleagues(request: HttpRequest, code: str) -> HttpResponse:
    """Who answers for it since when, and who was invited."""
    today, now = timezone.localdate(), timezone.now()
    desk = access.desk_of(request.user, code, today=today)
    organisation = desk.organisation
    invited = queries.invitations_of(organisation)
    context = {
        "organisation": organisation,
        "may_change": desk.may_change,
        "colleagues": presenter.colleague_lines(
            queries.colleagues_of(organisation, today=today), organisation, reader=request.user
        ),
        "invitations": presenter.invitation_lines(
            invited, organisation, messages=deliveries_about(invited), now=now
        ),
    }
    return render(request, "stakeholders/colleagues/list.html", context)


@fresh_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, code: str) -> HttpResponseBase:
    """Send somebody a link by which they come to answer for the organisation."""
    today = timezone.localdate()
    organisation = access.desk_to_change(request.user, code, today=today)
    form = InviteForm(request.POST or None)
    if form.is_valid():
        try:
            sent = actions.invite(
                organisation=organisation,
                by=request.user,
                now=timezone.now(),
                today=today,
                **form.cleaned_data,
            )
        except GrantRefused as refused:
            form.add_error(refused.field or None, str(refused))
        else:
            return _done(request, code, f"{sent.name} is invited. The link works for seven days.")
    context = {"organisation": organisation, "form": form, "back_url": _back_url(code)}
    return render(request, "stakeholders/colleagues/invite.html", context)


@fresh_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """End what a colleague, or oneself, does for the organisation."""
    today = timezone.localdate()
    organisation = access.desk_to_change(request.user, code, today=today)
    held = _found(queries.colleague(organisation, pk, today=today))
    form = ReasonForm(request.POST or None)
    is_own = held.user_id == request.user.pk
    if form.is_valid():
        why = Why(
            by=request.user,
            now=timezone.now(),
            today=today,
            on_behalf_of=organisation,
            may_be_own=True,
            **form.cleaned_data,
        )
        try:
            end_colleague(representation=held, why=why)
        except GrantRefused as refused:
            form.add_error(None, str(refused))
        else:
            who = "You do" if is_own else f"{held.user.name} does"
            messages.success(request, f"{who} not answer for {organisation.name} any more.")
            return redirect("readiness:home") if is_own else redirect(_back_url(code))
    context = {"organisation": organisation, "held": held, "is_own": is_own, "form": form}
    context["back_url"] = _back_url(code)
    return render(request, "stakeholders/colleagues/end.html", context)


@fresh_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """Send an invitation again, with a new link."""
    question = {
        "heading": "Send the invitation again?",
        "body": "A new link is sent, good for seven days. The link that was sent before stops working.",
        "button": "Send it again",
    }
    return _change(request, code, pk, question, actions.send_again, "is invited again.")


@fresh_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """Withdraw an invitation."""
    question = {
        "heading": "Withdraw the invitation?",
        "body": "The link in the mail stops working at once.",
        "button": "Withdraw it",
        "is_warning": True,
    }
    return _change(request, code, pk, question, actions.withdraw, "is not invited any more.")


def _change(
    request: HttpRequest, code: str, pk: int, question: dict[str, Any], action: Any, done: str
) -> HttpResponse:
    today = timezone.localdate()
    organisation = access.desk_to_change(request.user, code, today=today)
    invitation = _found(queries.invitation_of(organisation, pk))
    if request.method == "POST":
        try:
            action(invitation=invitation, by=request.user, now=timezone.now(), today=today)
        except GrantRefused as refused:
            return _done(request, code, str(refused), well=False)
        return _done(request, code, f"{invitation.name} {done}")
    context = {"organisation": organisation, "invitation": invitation, "question": question}
    context["back_url"] = _back_url(code)
    return render(request, "stakeholders/colleagues/ask.html", context)


def _found(one: Any) -> Any:
    if one is None:
        message = "Nothing with this number is open for this organisation."
        raise Http404(message)
    return one


def _back_url(code: str) -> str:
    return reverse("stakeholders:colleagues", args=[code.upper()])


def _done(request: HttpRequest, code: str, words: str, *, well: bool = True) -> HttpResponse:
    (messages.success if well else messages.warning)(request, words)
    return redirect(_back_url(code))
