"""Who may use the service: the list, somebody new, and one person. For administrators."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions.grants import GrantRefused
from accounts.history_pages import history_page
from accounts.permissions import require
from accounts.queries import history_of
from accounts.queries.second_factor import has_second_factor
from accounts.queries.sessions import sessions_of
from accounts.reauthentication import fresh_sign_in
from accounts.roles import Permission, Role
from mail.presenters.deliveries import delivery_lines
from mail.queries import deliveries_about
from plans.actions.grants import let_in
from plans.forms.people import PersonForm, form_of, read_filters
from plans.presenters import people as presenter
from plans.queries import people as queries
from ui import keyset


@require_safe
@require(Permission.MANAGE_USERS)
def people(request: HttpRequest) -> HttpResponse:
    """Everybody, with what they may do today."""
    today = timezone.localdate()
    filters, problems = read_filters(request)
    at = keyset.cursor(request, keyset.text_key)
    found = queries.people(filters, today=today)
    page = keyset.page(found, request, column="name", at=at, descending=False)
    context = {
        "form": form_of(filters),
        "problems": problems,
        "has_errors": bool(problems),
        "page": page,
        "lines": presenter.lines(page.rows, queries.grants_on(page.rows, today=today)),
        "count": keyset.count_in_words(keyset.bounded_count(found), "person", "people"),
        "empty": presenter.empty_text(filters),
        "clear_url": reverse("plans:people") if filters.any or problems else "",
    }
    return render(request, "plans/people/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.MANAGE_USERS)
@fresh_sign_in
def add(request: HttpRequest) -> HttpResponseBase:
    """Somebody new; they get a mail with a link to choose a password."""
    today = timezone.localdate()
    areas = queries.areas_to_choose(today)
    form = PersonForm(request.POST or None, today=today, areas=areas)
    if form.is_valid():
        user = _let_in(request, form, today)
        if user is not None:
            words = f"{user.name} is let in. A link to choose a password goes to {user.email}."
            messages.success(request, words)
            return redirect("plans:person", user.pk)
    return render(request, "plans/people/add.html", {"form": form})


def _let_in(request: HttpRequest, form: PersonForm, today: dt.date) -> Any:
    """The person added; None when something would not do, which the form then says."""
    given = form.cleaned_data
    try:
        return let_in(
            by=request.user,
            email=given["email"],
            name=given["name"],
            password=None,
            role=Role(given["role"]),
            scope=form.scope(),
            period=form.period(),
            reason=given["reason"],
            now=timezone.now(),
            today=today,
        )
    except ValidationError as wrong:
        form.add_error("email", wrong)
    except GrantRefused as refused:
        form.add_error(refused.field or None, str(refused))
    return None


@require_safe
@require(Permission.MANAGE_USERS)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """What one person may do, where, since when, on whose word; and what was done."""
    today, now = timezone.localdate(), timezone.now()
    about = found_person(pk)
    is_self = about.pk == request.user.pk
    sessions = sessions_of(about, current_key="", now=now)
    has_factor = has_second_factor(about)
    sent = deliveries_about([about]).values()
    context = {
        "person": about,
        "is_self": is_self,
        "has_second_factor": has_factor,
        "columns": presenter.columns(may_change=not is_self),
        "deliveries": delivery_lines(message for one in sent for message in one),
        "page": presenter.person_page(
            about,
            queries.grants_of(about),
            today=today,
            sessions=len(sessions),
            has_second_factor=has_factor,
            suspension=queries.last_suspension(about),
            may_change=not is_self,
        ),
        "history": history_page(request, history_of(about)),
    }
    return render(request, "plans/people/person.html", context)


def found_person(pk: int) -> Any:
    """The person with this number; ``Http404`` if there is none."""
    about = queries.person(pk)
    if about is None:
        message = "Nobody has this number."
        raise Http404(message)
    return about
