"""What an administrator does to somebody's access: give, end, suspend, restore. Never to their own."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.actions.grants import GrantRefused, Why, change_end, end_now
from accounts.actions.people import restore as restore_person
from accounts.actions.people import suspend as suspend_person
from accounts.actions.second_factor import reset_second_factor
from accounts.permissions import require
from accounts.queries.second_factor import has_second_factor
from accounts.reauthentication import fresh_sign_in
from accounts.roles import Permission, Role
from plans.actions import grants as actions
from plans.forms.people import AreaForm, EndForm, OrganisationForm, ReasonForm, RoleForm
from plans.presenters.people import what_of
from plans.queries import people as queries
from plans.views.people import found_person
from ui.words import nhs_date

OWN = "Nobody changes what they may do themselves. Ask another administrator."

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Case:
    """Whose access is being changed, by whom, on which day."""

    person: Any
    by: Any
    today: dt.date

    def why(self, reason: str = "") -> Why:
        return Why(by=self.by, reason=reason, now=timezone.now(), today=self.today)

    @property
    def url(self) -> str:
        return reverse("plans:person", args=[self.person.pk])


def _of_somebody_else(view: View) -> View:
    """Loads the person: 403 for who may not, 404 for an unknown number, 403 for oneself."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @require(Permission.MANAGE_USERS)
    @wraps(view)
    def loaded(request: HttpRequest, pk: int, **rest: Any) -> HttpResponseBase:
        case = Case(person=found_person(pk), by=request.user, today=timezone.localdate())
        if case.person.pk == request.user.pk:
            raise PermissionDenied(OWN)
        return fresh_sign_in(view)(request, case, **rest)

    return loaded


@_of_somebody_else
def give(request: HttpRequest, case: Case, kind: str) -> HttpResponse:
    """Give a role, an area or an organisation."""
    form, heading = _giving(request, case, kind)
    if form.is_valid():
        why = case.why(form.cleaned_data["reason"])
        done = _tried(form, lambda: _give(kind, form, case, why))
        if done:
            return _back(request, case, f"It is given to {case.person.name}.")
    return _form_page(request, case, form, heading)


def _giving(request: HttpRequest, case: Case, kind: str) -> tuple[Any, str]:
    sent = request.POST or None
    if kind == "roles":
        return RoleForm(sent, today=case.today), "Give a role"
    if kind == "areas":
        areas = queries.areas_to_choose(case.today)
        return AreaForm(sent, today=case.today, areas=areas), "Give an area"
    if kind == "organisations":
        return OrganisationForm(sent, today=case.today), "Let somebody answer for an organisation"
    message = "Nothing of this kind can be given."
    raise Http404(message)


def _give(kind: str, form: Any, case: Case, why: Why) -> None:
    given = {"to": case.person, "period": form.period(), "why": why}
    if kind == "roles":
        actions.give_role(role=Role(form.cleaned_data["role"]), **given)
    elif kind == "areas":
        actions.give_area(area=queries.area_named(form.cleaned_data["area"]), **given)
    else:
        actions.give_organisation(organisation=form.cleaned_data["organisation"], **given)


@_of_somebody_else
def grant(request: HttpRequest, case: Case, kind: str, grant_pk: int) -> HttpResponse:
    """Change when a grant ends, or end it now."""
    held = queries.grant(case.person, kind, grant_pk, today=case.today)
    if held is None:
        message = "This person holds nothing with this number."
        raise Http404(message)
    initial = {"ending": "on_day" if held.valid_to else None, "valid_to": held.valid_to}
    form = EndForm(request.POST or None, initial=initial)
    if form.is_valid():
        why = case.why(form.cleaned_data["reason"])
        if form.ends_now:
            done = _tried(form, lambda: end_now(held, why=why))
        else:
            done = _tried(form, lambda: change_end(held, last=form.last_day, why=why))
        if done:
            return _back(request, case, _ending(form, held))
    since = f"Held since {nhs_date(held.valid_from)}"
    if held.valid_from > case.today:
        since = f"Begins on {nhs_date(held.valid_from)}"
    until = f" until {nhs_date(held.valid_to)}." if held.valid_to else ", without an end."
    return _form_page(request, case, form, f"{what_of(held)}: when does it end?", since + until)


def _ending(form: EndForm, held: Any) -> str:
    what = what_of(held)
    if form.ends_now:
        return f"{what} has ended."
    return f"{what} ends on {nhs_date(form.last_day)}." if form.last_day else f"{what} has no end."


@_of_somebody_else
def suspend(request: HttpRequest, case: Case) -> HttpResponse:
    """Shut somebody out."""
    question = {
        "heading": f"Suspend {case.person.name}?",
        "body": "They are signed out everywhere with their next click and cannot sign in again until they are restored. What they recorded stays, and so does what they may do.",
        "button": "Suspend",
        "is_warning": True,
    }
    return _ask(request, case, question, suspend_person, "is suspended.")


@_of_somebody_else
def restore(request: HttpRequest, case: Case) -> HttpResponse:
    """Let somebody in again."""
    question = {
        "heading": f"Let {case.person.name} in again?",
        "body": "They may do again what their roles allow. Look through those first: some may be out of date.",
        "button": "Restore",
    }
    return _ask(request, case, question, restore_person, "can sign in again.")


@_of_somebody_else
def reset_factor(request: HttpRequest, case: Case) -> HttpResponse:
    """Take away a second factor that somebody has lost."""
    if not has_second_factor(case.person):
        return _back(request, case, "There is no second factor to reset.", well=False)
    question = {
        "heading": f"Reset the second factor of {case.person.name}?",
        "body": "Do this only when you are sure who asks: speak to them, on a number that you know. They set up a new one when they sign in next.",
        "button": "Reset it",
        "is_warning": True,
    }

    def reset(*, person: Any, why: Why) -> None:
        reset_second_factor(user_id=person.pk, by=why.by, reason=why.reason, now=why.now)

    return _ask(request, case, question, reset, "sets up a new second factor at the next sign-in.")


@_of_somebody_else
def first_link(request: HttpRequest, case: Case) -> HttpResponse:
    """Send the link to a first password again."""
    if request.method == "POST":
        try:
            actions.send_first_link(person=case.person, why=case.why())
        except GrantRefused as refused:
            return _back(request, case, str(refused), well=False)
        return _back(request, case, f"A new link goes to {case.person.email}.")
    question = {
        "heading": f"Send {case.person.name} a new link?",
        "body": "It works once and for seven days. The link that was sent before stops working.",
        "button": "Send a new link",
    }
    return _confirm(request, case, question, None)


def _ask(
    request: HttpRequest, case: Case, question: dict[str, Any], action: Any, done: str
) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        why = case.why(form.cleaned_data["reason"])
        if _tried(form, lambda: action(person=case.person, why=why)):
            return _back(request, case, f"{case.person.name} {done}")
    return _confirm(request, case, question, form)


def _tried(form: Any, write: Callable[[], Any]) -> bool:
    """Whether it was written; if not, the form says why."""
    try:
        write()
    except GrantRefused as refused:
        known = refused.field in form.fields
        form.add_error(refused.field if known else None, str(refused))
        return False
    return True


def _form_page(
    request: HttpRequest, case: Case, form: Any, heading: str, about: str = ""
) -> HttpResponse:
    context = {"case": case, "form": form, "heading": heading, "about": about}
    return render(request, "plans/people/form.html", context)


def _confirm(request: HttpRequest, case: Case, question: dict[str, Any], form: Any) -> HttpResponse:
    context = {"case": case, "form": form, "question": question}
    return render(request, "plans/people/ask.html", context)


def _back(request: HttpRequest, case: Case, words: str, *, well: bool = True) -> HttpResponse:
    (messages.success if well else messages.warning)(request, words)
    return redirect(case.url)
