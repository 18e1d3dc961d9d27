"""Seats on a plan's bodies and its formal arrangements: read by all in scope, kept by its managers."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from plans import access
from plans.actions import seats as actions
from plans.forms.moment import moment_of
from plans.forms.seats import ArrangementForm, EndForm, FillForm, SeatForm
from plans.presenters import seats as presenter
from plans.presenters.moment import banner
from plans.presenters.seat_lines import bodies_in_order
from plans.queries import seats as queries
from plans.queries.above import told
from ui.query import integer

HELD = "Somebody holds this seat already. Nothing was changed."
MOST_SEATS = 2**31 - 1
"""The largest number that a row can have, as far as an address is believed."""


@require_safe
def seats(request: HttpRequest, code: str) -> HttpResponse:
    """Who sits where, as what, and with whom there is a formal arrangement; of any past day."""
    today = timezone.localdate()
    plan = access.plan_in_scope(
        request.user, code, permission=Permission.READ_READINESS, today=today
    )
    moment, problems = moment_of(request, today=today, starts_on=plan.starts_on)
    can_edit = not moment.is_past and access.may_write(request.user, plan, today=today)
    found = list(queries.seats_of(plan, moment))
    came = told(
        "board-attendance",
        plan=plan,
        seats=found,
        bodies=bodies_in_order(found),
        day=moment.day,
    )
    page = presenter.seats_page(
        found,
        queries.arrangements_of(plan, moment),
        today=moment.day,
        can_edit=can_edit,
        attendance=came,
    )
    context = {
        "plan": plan,
        "page": page,
        "crumbs": presenter.crumbs(plan, **moment.query()),
        "can_edit": can_edit,
        "moment_banner": banner(moment, url=request.path),
        "moment_problems": problems,
    }
    return render(request, "plans/seats.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_seat(request: HttpRequest, code: str) -> HttpResponse:
    """Record a seat; with ``fills`` in the address, who holds one that is vacant."""
    today, plan = _plan_to_edit(request, code)
    fills = integer(request, "fills", 0, 0, MOST_SEATS).value
    if fills:
        return _fill_seat(request, plan, _found(queries.seat_to_fill(plan, fills)), today)
    form = SeatForm(request.POST or None, day=today)
    if form.is_valid():
        actions.add_seat(plan=plan, facts=form.facts(), by=request.user, now=timezone.now())
        return _done(
            request, plan, "The seat is recorded. The plan's figures follow within a minute."
        )
    context = {
        "plan": plan,
        "form": form,
        "heading": "Add a seat",
        "bodies": queries.bodies_of(plan),
    }
    return _form_page(request, context)


def _fill_seat(request: HttpRequest, plan: Any, seat: Any, today: dt.date) -> HttpResponse:
    if queries.holders_of(seat).exists():
        return _done(request, plan, HELD, messages.info)
    form = FillForm(request.POST or None, seat=seat, day=today)
    if form.is_valid():
        filled = actions.fill_seat(
            seat=seat, facts=form.facts(), by=request.user, now=timezone.now()
        )
        if filled is None:
            return _done(request, plan, HELD, messages.info)
        said = "The seat is filled. The plan's figures follow within a minute."
        return _done(request, plan, said)
    context = {"plan": plan, "form": form, "heading": f"Fill the seat: {seat.title}, {seat.body}"}
    return _form_page(request, context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_arrangement(request: HttpRequest, code: str) -> HttpResponse:
    """Record a formal arrangement."""
    today, plan = _plan_to_edit(request, code)
    form = ArrangementForm(request.POST or None, day=today)
    if form.is_valid():
        actions.add_arrangement(plan=plan, facts=form.facts(), by=request.user, now=timezone.now())
        return _done(
            request, plan, "The arrangement is recorded. The plan's figures follow within a minute."
        )
    return _form_page(request, {"plan": plan, "form": form, "heading": "Add a formal arrangement"})


@require_http_methods(["GET", "HEAD", "POST"])
def end_seat(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Give a seat its last day."""
    today, plan = _plan_to_edit(request, code)
    seat = _found(queries.open_seat(plan, pk, day=today))
    form = EndForm(request.POST or None, dated=seat, day=today)
    if form.is_valid():
        ended = actions.end_seat(
            seat=seat, last_day=form.cleaned_data["last_day"], by=request.user, now=timezone.now()
        )
        return _done(request, plan, _ended("seat", ended=ended))
    return _form_page(
        request, {"plan": plan, "form": form, "heading": f"End the seat: {seat.title}"}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def end_arrangement(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Give an arrangement its last day."""
    today, plan = _plan_to_edit(request, code)
    one = _found(queries.open_arrangement(plan, pk, day=today))
    form = EndForm(request.POST or None, dated=one, day=today)
    if form.is_valid():
        ended = actions.end_arrangement(
            arrangement=one,
            last_day=form.cleaned_data["last_day"],
            by=request.user,
            now=timezone.now(),
        )
        return _done(request, plan, _ended("arrangement", ended=ended))
    heading = f"End the arrangement with {one.organisation.name}"
    return _form_page(request, {"plan": plan, "form": form, "heading": heading})


def _plan_to_edit(request: HttpRequest, code: str) -> tuple[dt.date, Any]:
    """Today and the plan: 404 outside the scope, 403 for everybody but its managers."""
    today = timezone.localdate()
    plan = access.plan_in_scope(request.user, code, permission=Permission.EDIT_SEATS, today=today)
    if not access.may_write(request.user, plan, today=today):
        message = f"Only a manager of {plan.footprint.name} can change the seats on its board."
        raise PermissionDenied(message)
    return today, plan


def _found(one: Any) -> Any:
    if one is None:
        message = "Nothing with this number is open on this plan."
        raise Http404(message)
    return one


def _form_page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    back = reverse("plans:seats", args=[context["plan"].code])
    return render(request, "plans/seats_form.html", {**context, "back_url": back})


def _ended(noun: str, *, ended: bool) -> str:
    if ended:
        return f"The last day of the {noun} is saved. The plan's figures follow within a minute."
    return f"Somebody else ended this {noun} first. Nothing was changed."


def _done(
    request: HttpRequest, plan: Any, message: str, say: Callable[..., None] = messages.success
) -> HttpResponse:
    say(request, message)
    return redirect("plans:seats", plan.code)
