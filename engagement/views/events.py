"""The event list, on the page and as a file, and one event's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.history_pages import history_page
from accounts.permissions import has_permission, require
from accounts.roles import Permission
from engagement.access import (
    event_in_scope,
    events_visible_to,
    may_change,
    may_read_note,
    sight_of,
)
from engagement.forms.filters import EventFilterForm, read_filters
from engagement.presenters import claims as present_claims
from engagement.presenters import event as present_event
from engagement.presenters import events as present
from engagement.queries import events as queries
from engagement.queries.claims import claims_behind
from engagement.queries.fates import fates_of
from engagement.queries.history import event_history
from engagement.views import answering
from plans.access import plans_visible_to
from ui import keyset
from ui.csvfile import csv_response


@require_safe
@require(Permission.READ_EVENTS)
def events(request: HttpRequest) -> HttpResponse:
    """Every event in the reader's scope, newest first, narrowed by what the address says."""
    filters, problems, plans = _filters(request)
    found = _found(request, filters)
    at = keyset.cursor(request, keyset.day_key)
    page = keyset.page(found, request, column="held_on", at=at, descending=True)
    may_log = has_permission(request.user, Permission.LOG_ENGAGEMENT, today=timezone.localdate())
    context = {
        "form": EventFilterForm(filters, plans=plans),
        "problems": problems,
        "has_errors": bool(problems),
        "page": page,
        "rows": present.event_rows(page.rows, **_beside(page.rows)),
        "count": keyset.count_in_words(keyset.bounded_count(found), "event"),
        "may_log": may_log,
        "empty": present.empty_text(filters, may_log=may_log),
        "clear_url": reverse("engagement:events") if filters.any or problems else "",
    }
    return render(request, "engagement/events/list.html", context)


@require_safe
@require(Permission.READ_EVENTS)
def events_csv(request: HttpRequest) -> HttpResponse:
    """The same list as a file, as far as it is counted."""
    filters, _, _ = _filters(request)
    newest = _found(request, filters).order_by("-held_on", "-pk")
    rows = list(newest[: keyset.COUNTED_UP_TO + 1])
    return csv_response("events.csv", present.CSV_HEADER, present.csv_rows(rows, **_beside(rows)))


@require_safe
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that one record says, and what it counts for."""
    user, today = request.user, timezone.localdate()
    record = event_in_scope(user, pk, permission=Permission.READ_EVENTS, today=today)
    in_scope = set(plans_visible_to(user, today=today).values_list("pk", flat=True))
    plans = queries.plans_credited([record])[record.pk]
    sight = sight_of(user, footprints=[plan.footprint_id for plan in plans], today=today)
    context = present_event.page(
        record,
        sight=sight,
        credited={plan: plan.pk in in_scope for plan in plans},
        reach=queries.reach_of(record, today=today),
        points=(points := queries.points_of(record)),
        fates=fates_of([one.pk for one in points], in_scope) if points else (),
    )
    entries = event_history(record, sight)
    context["history"] = history_page(request, entries)
    if may_read_note(user, record):
        context["note_readers"] = queries.readers_of_note(record)
        context["note"] = record.restricted_note
    claimed = claims_behind(record, sight)
    context["claimed"] = present_claims.behind_lines(claimed)
    context["may_change"] = may_change(user, record, today=today)
    context |= answering.said_of(request, record, sight, may_change=context["may_change"])
    return render(request, "engagement/events/event.html", context)


def _filters(request):
    """What was asked for, what was wrong with it, and the plans to choose from.

    The plans of closed rounds, which become more each year, are no choices: their own pages lead
    to their events.
    """
    today = timezone.localdate()
    in_scope = plans_visible_to(request.user, today=today).order_by("title")
    rows = list(in_scope.values_list("code", "title", "closed_on"))
    filters, problems = read_filters(request, plans={code: title for code, title, _ in rows})
    choices = {
        code: title
        for code, title, closed_on in rows
        if closed_on is None or closed_on >= today or code == filters.plan
    }
    return filters, problems, choices


def _found(request, filters):
    visible = events_visible_to(request.user, today=timezone.localdate())
    return queries.filtered(visible, filters).select_related("recorded_by")


def _beside(rows):
    return {"plans": queries.plans_credited(rows), "turnouts": queries.turnouts(rows)}
