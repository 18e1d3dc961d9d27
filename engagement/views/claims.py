"""You missed this: what an organisation adds to a record, and what becomes of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from engagement.access import claim_in_scope, may_claim_for, may_decide
from engagement.actions import claims as actions
from engagement.forms.claims import AcceptForm, ClaimForm, DeclineForm, LinkForm, TakeBackForm
from engagement.forms.records import record_of_claim
from engagement.presenters import claims as present
from engagement.presenters.evidence import evidence_lines
from engagement.queries import claims as queries
from engagement.queries.evidence import evidence_of_claims
from engagement.rules.record import RecordRefused, outside_period
from mail.presenters import delivery_lines
from mail.queries import about, deliveries_about
from plans.access import plan_in_scope
from ui.words import nhs_date

METHODS = ["GET", "HEAD", "POST"]
OWN = "Somebody who answers for this organisation cannot decide on what it claims."
NOT_YOURS = "Only somebody who answers for this organisation can take it back."


@require_http_methods(METHODS)
def add(request: HttpRequest, plan_code: str, code: str) -> HttpResponse:
    """Add what the record of a plan misses, in the name of one organisation."""
    today = timezone.localdate()
    plan = plan_in_scope(request.user, plan_code, permission=Permission.ADD_CLAIMS, today=today)
    organisation = queries.claimant(request.user, plan, code, today=today)
    if organisation is None:
        message = "No organisation with this address."
        raise Http404(message)
    now = timezone.now()
    form = ClaimForm(request.POST or None, request.FILES or None, today=today, now=now)
    if not form.is_valid():
        context = {"form": form, "plan": plan, "organisation": organisation}
        return render(request, "engagement/claims/add.html", context)
    claim = actions.make_claim(
        plan=plan,
        organisation=organisation,
        said=form.said(),
        form_key=form.cleaned_data["form_key"],
        by=request.user,
        now=now,
    )
    messages.success(
        request,
        "It is added and marked as yours. The managers of the plan are told; they take it into the"
        " record or tell you why not.",
    )
    return redirect("engagement:claim", claim.pk)


@require_safe
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """One claim: what is claimed, by whom, and what became of it."""
    today = timezone.localdate()
    found = claim_in_scope(request.user, pk, permission=Permission.READ_EVENTS, today=today)
    is_open, is_theirs = found.state == "open", may_claim_for(request.user, found, today=today)
    context = {
        "claim": found,
        "line": present.line(found),
        "evidence": evidence_lines(evidence_of_claims([found.pk])[found.pk]),
        "rows": present.rows(found, members=queries.members_heard(found)),
        "reason_heading": present.reason_heading(found),
        "history": present.history(found),
        "may_decide": is_open and may_decide(request.user, found, today=today),
        "is_theirs": is_theirs,
        "may_take_back": is_open and is_theirs,
        "deliveries": delivery_lines(deliveries_about([found]).get(about(found), [])),
    }
    return render(request, "engagement/claims/claim.html", context)


@require_http_methods(METHODS)
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a record of the claim."""
    found = _to_decide(request, pk)
    if found.state != "open":
        return _told(request, found)
    form, doubles = _accept_form(request, found)
    if form.is_valid():
        record = record_of_claim(found, form.cleaned_data)
        try:
            done = actions.accept(
                claim_id=found.pk, record=record, by=request.user, now=timezone.now()
            )
        except actions.ClaimDecidedError as decided:
            return _told(request, decided.claim)
        except RecordRefused:
            form.add_error(None, "This cannot be saved as it stands. Check the date")
        else:
            messages.success(
                request,
                "It is in the record. The figures follow within a minute, and the organisation is"
                " told.",
            )
            return redirect("engagement:event", done.event_id)
    context = {
        "claim": found,
        "line": present.line(found),
        "form": form,
        "doubles": present.candidate_lines(doubles),
    }
    return render(request, "engagement/claims/accept.html", context)


@require_http_methods(METHODS)
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which record the claim means."""
    found = _to_decide(request, pk)
    if found.state != "open":
        return _told(request, found)
    near = queries.candidates(found)
    form = LinkForm(request.POST or None, events=near.named)
    if form.is_valid():
        try:
            actions.link(
                claim_id=found.pk,
                event_id=form.cleaned_data["event"],
                by=request.user,
                now=timezone.now(),
            )
        except actions.ClaimDecidedError as decided:
            return _told(request, decided.claim)
        except actions.NotOfThePlanError:
            form.add_error("event", "That record was changed a moment ago. Choose again")
        else:
            messages.success(request, "It is linked to the record, and the organisation is told.")
            return redirect("engagement:claim", found.pk)
    context = {
        "claim": found,
        "line": present.line(found),
        "form": form,
        "has_candidates": bool(near.named),
        "others": present.candidate_lines(near.others),
    }
    return render(request, "engagement/claims/link.html", context)


@require_http_methods(METHODS)
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave the claim out of the record, with a reason."""
    found = _to_decide(request, pk)
    if found.state != "open":
        return _told(request, found)
    form = DeclineForm(request.POST or None)
    if form.is_valid():
        try:
            actions.decline(
                claim_id=found.pk, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except actions.ClaimDecidedError as decided:
            return _told(request, decided.claim)
        messages.success(request, "It is declined. The organisation and the board read why.")
        return redirect("engagement:claim", found.pk)
    context = {"claim": found, "line": present.line(found), "form": form}
    return render(request, "engagement/claims/decline.html", context)


@require_http_methods(METHODS)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The organisation takes its own claim back, with words."""
    today = timezone.localdate()
    found = claim_in_scope(request.user, pk, permission=Permission.ADD_CLAIMS, today=today)
    if not may_claim_for(request.user, found, today=today):
        raise PermissionDenied(NOT_YOURS)
    if found.state != "open":
        return _told(request, found)
    form = TakeBackForm(request.POST or None)
    if form.is_valid():
        try:
            actions.take_back(
                claim_id=found.pk, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except actions.ClaimDecidedError as decided:
            return _told(request, decided.claim)
        messages.success(request, "It is taken back. What you had added can still be read.")
        return redirect("engagement:claim", found.pk)
    context = {"claim": found, "line": present.line(found), "form": form}
    return render(request, "engagement/claims/take_back.html", context)


def _to_decide(request: HttpRequest, pk: int) -> Any:
    today = timezone.localdate()
    found = claim_in_scope(request.user, pk, permission=Permission.DECIDE_CLAIMS, today=today)
    if not may_decide(request.user, found, today=today):
        raise PermissionDenied(OWN)
    return found


def _told(request: HttpRequest, found: Any) -> HttpResponse:
    """Somebody was quicker: what they decided stands, and nothing was written."""
    who = found.decided_by.name if found.decided_by else "Somebody"
    when = nhs_date(found.decided_at)
    words = found.get_state_display().lower()
    messages.info(
        request,
        f"{who} was there before you: it has been “{words}” since {when}. Nothing was changed.",
    )
    return redirect("engagement:claim", found.pk)


def _accept_form(request: HttpRequest, found: Any) -> tuple[AcceptForm, list[Any]]:
    """The form with the two questions that only some days and channels raise, and the records of
    that day and channel that name the organisation already."""
    data, plan = request.POST or None, found.plan
    asked = {"claim": found, "today": timezone.localdate()}
    bare = AcceptForm(data, asks_period=False, asks_double=False, **asked)
    said = bare.cleaned_data if bare.errors or bare.is_bound else {}
    held_on = said.get("held_on") or found.happened_on
    outside = outside_period(held_on, starts_on=plan.starts_on, submission_on=plan.submission_on)
    channel = said.get("channel") or found.channel
    doubles = queries.doubles_of(found, held_on=held_on, channel=channel)
    form = AcceptForm(data, asks_period=bool(outside), asks_double=bool(doubles), **asked)
    return form, doubles
