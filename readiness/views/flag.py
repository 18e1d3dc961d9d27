"""One flag: read it, take it on, offer support, close the offer."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.history_pages import history_page
from accounts.permissions import has_permission
from accounts.roles import Permission
from engagement.access import sight_of
from plans import access
from readiness.actions import acting
from readiness.forms.acting import CloseSupportForm, SupportForm, TakeOnForm
from readiness.presenters import flag as presenter
from readiness.queries.pages import flag as queries
from readiness.queries.pages.history import flag_history

CLEARED = "The flag has cleared meanwhile, so there is nothing left to do about it."


@require_safe
def flag(request: HttpRequest, pk: int) -> HttpResponse:
    """What is wrong, who acts on it, what help was offered."""
    today = timezone.localdate()
    found = _in_scope(request, pk, Permission.READ_READINESS, today)
    sight = sight_of(request.user, footprints=[found.plan.footprint_id], today=today)
    page = presenter.flag_page(
        found,
        queries.offers_of(found),
        today=today,
        sees_events=sight.everybody,
        may_take_on=_may_take_on(request, found, today),
        may_offer=has_permission(request.user, Permission.OFFER_SUPPORT, today=today),
    )
    context: dict[str, Any] = {"page": page}
    if sight.everybody:
        context["history"] = history_page(request, flag_history(found), mixed=True)
    return render(request, "readiness/flag.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def take_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Who does what by when."""
    today = timezone.localdate()
    found = _in_scope(request, pk, Permission.ACT_ON_FLAGS, today)
    if not _may_take_on(request, found, today):
        raise PermissionDenied(Permission.ACT_ON_FLAGS.refusal)
    people = queries.managers_of(found.plan, today=today)
    form = TakeOnForm(request.POST or None, flag=found, today=today, people=people)
    if form.is_valid():
        try:
            acting.take_on(
                flag_id=found.pk, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except acting.FlagClearedMeanwhileError:
            return _back(request, pk, CLEARED, well=False)
        return _back(request, pk, "It is recorded who does what.")
    return _form(request, found, form, "Who does what about this flag?")


@require_http_methods(["GET", "HEAD", "POST"])
def support(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer help; it has an owner until it is closed."""
    today = timezone.localdate()
    found = _in_scope(request, pk, Permission.OFFER_SUPPORT, today)
    people = queries.supporters_of(found.plan, today=today)
    form = SupportForm(request.POST or None, people=people)
    if form.is_valid():
        try:
            acting.offer_support(
                flag_id=found.pk, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except acting.FlagClearedMeanwhileError:
            return _back(request, pk, CLEARED, well=False)
        except acting.OfferOpenError:
            return _back(request, pk, "Support has been offered already.", well=False)
        return _back(request, pk, "The offer of support is recorded.")
    return _form(request, found, form, "Offer support")


@require_http_methods(["GET", "HEAD", "POST"])
def close_support(request: HttpRequest, pk: int, offer_pk: int) -> HttpResponse:
    """What became of an offer."""
    today = timezone.localdate()
    found = _in_scope(request, pk, Permission.OFFER_SUPPORT, today)
    offer = queries.open_offer(found, offer_pk)
    if offer is None:
        message = "No open offer of support with this address."
        raise Http404(message)
    form = CloseSupportForm(request.POST or None)
    if form.is_valid():
        try:
            acting.close_support(
                offer_id=offer.pk, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except acting.OfferClosedError:
            return _back(request, pk, "Somebody else closed the offer first.", well=False)
        return _back(request, pk, "The offer of support is closed.")
    return _form(request, found, form, "Close the offer of support", offer=offer)


def _in_scope(request: HttpRequest, pk: int, permission: Permission, today: dt.date) -> Any:
    """The flag, if its plan is in scope and the person has the permission; 404 and 403 as ever."""
    found = queries.flag_numbered(pk)
    if found is None:
        message = "No flag with this address."
        raise Http404(message)
    access.plan_in_scope(request.user, found.plan.code, permission=permission, today=today)
    return found


def _may_take_on(request: HttpRequest, found: Any, today: dt.date) -> bool:
    allowed = has_permission(request.user, Permission.ACT_ON_FLAGS, today=today)
    return allowed and access.may_write(request.user, found.plan, today=today)


def _form(
    request: HttpRequest, found: Any, form: Any, heading: str, **more: object
) -> HttpResponse:
    context = {"form": form, "heading": heading, **presenter.form_context(found.plan, found)}
    return render(request, "readiness/flag_form.html", {**context, **more})


def _back(request: HttpRequest, pk: int, words: str, *, well: bool = True) -> HttpResponse:
    (messages.success if well else messages.warning)(request, words)
    return redirect("readiness:flag", pk=pk)
