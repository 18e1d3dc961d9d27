"""Attendance lists in the browser: sent, columns said, previewed, confirmed, and what came of it."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import require
from accounts.roles import Permission
from engagement.access import (
    CHANGED_BY,
    attendance_list_in_scope,
    event_in_scope,
    may_change,
    may_confirm_list,
)
from engagement.actions import attendance_lists as actions
from engagement.actions.attendance_writing import confirm_list
from engagement.forms.attendance_lists import ColumnsForm, ConfirmListForm, ListForm
from engagement.presenters import attendance_lists as present
from engagement.queries import attendance_lists as queries
from engagement.queries.crediting import plans_to_credit
from engagement.rules.attendance_columns import LOOKED_AT, repeated
from files.responses import attachment
from ui import query
from ui.csvfile import csv_stream

PER_PAGE = 25
METHODS = ["GET", "HEAD", "POST"]


@require_safe
@require(Permission.IMPORT_ATTENDANCE)
def lists(request: HttpRequest) -> HttpResponse:
    """Every list sent for a plan that one manages."""
    number = query.integer(request, "page", 1, 1, 1_000_000).value
    found = queries.lists_of(request.user, today=timezone.localdate())
    page = Paginator(found, PER_PAGE).get_page(number)
    context = {"lines": present.list_lines(page), "page": page}
    return render(request, "engagement/attendance/list.html", context)


@require_http_methods(METHODS)
@require(Permission.IMPORT_ATTENDANCE)
def new(request: HttpRequest) -> HttpResponse:
    """Send a list for many events, or with ``?event=`` for one."""
    today, now = timezone.localdate(), timezone.now()
    event = _event(request)
    plans = plans_to_credit(request.user, today=today)
    if event is not None:
        credited = queries.plans_credited([event.pk]).get(event.pk, [])
        plans = [one for one in plans if one.id in credited]
    form = ListForm(
        request.POST or None,
        request.FILES or None,
        plans=plans,
        now=now,
        initial={"plan": query.text(request, "plan", max_length=60).value},
    )
    if request.method == "POST" and form.is_valid() and form.stored:
        chosen = next(one for one in plans if one.code == form.cleaned_data["plan"])
        there = queries.of_this_file(form.stored, plan_id=chosen.id, event=event)
        if there is not None and there.form_key != form.cleaned_data["form_key"]:
            return redirect_to(there.pk, "?same=1")
        made = actions.send_list(
            plan_id=chosen.id,
            event=event,
            stored=form.stored,
            name=form.cleaned_data["file"].name or "",
            form_key=form.cleaned_data["form_key"],
            by=request.user,
            now=now,
        )
        return redirect("engagement:attendance-list", made.pk)
    return render(request, "engagement/attendance/new.html", {"form": form, "event": event})


def _event(request: HttpRequest):
    """The event of the address, if there is one, for whoever may change it."""
    number = query.integer(request, "event", 0, 0, 2**62).value
    if not number:
        return None
    today = timezone.localdate()
    event = event_in_scope(
        request.user, number, permission=Permission.IMPORT_ATTENDANCE, today=today
    )
    if not may_change(request.user, event, today=today):
        raise PermissionDenied(CHANGED_BY)
    return event


@require_http_methods(METHODS)
def attendance_list(request: HttpRequest, pk: int) -> HttpResponse:
    """One list, wherever it stands; refreshes while it is worked on."""
    one = attendance_list_in_scope(request.user, pk, today=timezone.localdate())
    if request.method == "POST":
        return _answered(request, one)
    return _page(request, one)


def _answered(request: HttpRequest, one) -> HttpResponse:
    """What was sent: the columns, the last word, or that the same file is to be read again."""
    now, asked = timezone.now(), request.POST.get("do", "")
    if asked == "again" and one.state in (present.State.DONE, present.State.REFUSED):
        made = actions.send_again(list_id=one.pk, by=request.user, now=now)
        return redirect("engagement:attendance-list", made.pk)
    if asked == "columns" and one.state in (present.State.MAPPING, present.State.PREVIEW):
        form, number = _columns_form(request, one, request.POST)
        if not form.is_valid():
            return _page(request, one, columns=form)
        actions.say_columns(
            list_id=one.pk, mapping=form.mapping(sheet_number=number), by=request.user, now=now
        )
    if asked == "confirm" and one.state == present.State.PREVIEW:
        if not may_confirm_list(request.user, one, today=timezone.localdate(now)):
            raise PermissionDenied(CHANGED_BY)
        last = ConfirmListForm(request.POST, is_outside=queries.outside_period(one))
        if not last.is_valid():
            return _page(request, one, confirm=last)
        confirm_list(
            list_id=one.pk,
            period_reason=last.cleaned_data.get("period_reason", ""),
            by=request.user,
            now=now,
        )
    return redirect("engagement:attendance-list", one.pk)


def _page(
    request: HttpRequest,
    one,
    *,
    columns: ColumnsForm | None = None,
    confirm: ConfirmListForm | None = None,
) -> HttpResponse:
    run = queries.run_of(one)
    earlier = queries.same_file_before(one)
    context: dict[str, Any] = {
        "list": one,
        "heading": present.heading(one),
        "about": present.about(one),
        "progress": present.progress_of(one, run),
        "stopped": present.stopped(one, run),
        "notes": present.notes(one),
        "earlier": earlier,
        "sent_before": present.sent_before(one, earlier),
        "is_same": "same" in request.GET,
    }
    asks = one.state == present.State.MAPPING or (
        one.state == present.State.PREVIEW and ("columns" in request.GET or columns)
    )
    if asks:
        context |= _columns_context(request, one, columns)
    elif one.state in (present.State.PREVIEW, present.State.DONE):
        context |= _preview_context(one, confirm)
    context["is_part"] = part = bool(request.htmx)  # type: ignore[attr-defined]
    name = "_state.html" if part else "page.html"
    return render(request, f"engagement/attendance/{name}", context)


def _columns_context(request: HttpRequest, one, form: ColumnsForm | None) -> dict[str, Any]:
    if form is None:
        form, _ = _columns_form(request, one, None)
    number, header = _where(request, one)
    sheets = one.found["sheets"]
    rows = sheets[number]["top"]
    return {
        "form": form,
        "asks_columns": True,
        "sheet_number": number,
        "header_row": header,
        "sheets": [
            (at, f"{sheet['name'] or 'The list'}, {sheet['rows']:,} rows")
            for at, sheet in enumerate(sheets)
        ],
        "header_rows": [
            (at, f"Row {at + 1}: {', '.join(filter(None, row))[:60] or 'empty'}")
            for at, row in enumerate(rows[:LOOKED_AT])
        ],
        "same_headings": present.same_headings(form.headings, repeated(form.headings)),
        "letters": [present.letters(at) for at in range(form.width)],
        "sample": [
            (at + 1, [*row, *[""] * (form.width - len(row))])
            for at, row in enumerate(rows)
            if header <= at < header + 4
        ],
    }


def _preview_context(one, form: ConfirmListForm | None) -> dict[str, Any]:
    counts = queries.counts_of(one)
    can_confirm = one.state == present.State.PREVIEW and bool(counts.get("matched"))
    events = queries.events_in(one)
    if form is None and can_confirm:
        form = ConfirmListForm(is_outside=queries.outside_period(one))
    shown = {
        result: present.row_lines(queries.rows_of(one, result)[: present.SHOWN])
        for result in ("refused", "unmatched", "duplicate", "matched")
    }
    return {
        "form": form if can_confirm else None,
        "previews": True,
        "counts": counts,
        "to_correct": counts.get("unmatched", 0) + counts.get("refused", 0),
        "figures": present.figures(one, counts),
        "events": present.event_lines(events[: present.SHOWN]),
        "more_events": max(0, len(events) - present.SHOWN),
        "shown": shown,
        "written": present.written(one),
        "per_page": present.SHOWN,
    }


def _columns_form(
    request: HttpRequest, one, data: Mapping[str, Any] | None
) -> tuple[ColumnsForm, int]:
    number, header = _where(request, one)
    sheet = one.found["sheets"][number]
    said = one.mapping if (number, header) == _said(one) else {}
    form = ColumnsForm(
        data, sheet=sheet, header=header, for_one_event=one.event_id is not None, said=said
    )
    return form, number


def _where(request: HttpRequest, one) -> tuple[int, int]:
    """Which sheet, and which of its rows holds the headings: of the address, or as was said, or guessed."""
    sheets = one.found["sheets"]
    usual = _said(one) or (next(at for at, sheet in enumerate(sheets) if sheet["rows"]), None)
    number = query.integer(request, "sheet", usual[0], 0, len(sheets) - 1).value
    guessed = usual[1] if number == usual[0] and usual[1] is not None else sheets[number]["header"]
    last = max(0, min(LOOKED_AT, len(sheets[number]["top"])) - 1)
    return number, query.integer(request, "header", min(guessed, last), 0, last).value


def _said(one) -> tuple[int, int] | None:
    if "sheet" not in one.mapping:
        return None
    return one.mapping["sheet"], one.mapping["header"]


@require_safe
def unmatched_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The rows that were not taken, as they came, with what to put right: to correct and send again."""
    one = attendance_list_in_scope(request.user, pk, today=timezone.localdate())
    headings = queries.headings_of(one)
    rows = queries.rows_of(one, "unmatched", "refused").iterator()
    width = len(headings)
    lines = (
        [*row.cells[:width], *[""] * (width - len(row.cells)), row.number, row.message]
        for row in rows
    )
    columns = [*headings, "Row it came from", "What to put right"]
    return csv_stream(f"to-correct-{one.pk}.csv", columns, lines)


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file as it was sent."""
    one = attendance_list_in_scope(request.user, pk, today=timezone.localdate())
    return attachment(one.file, one.name, request)


def redirect_to(pk: int, rest: str) -> HttpResponse:
    response = redirect("engagement:attendance-list", pk)
    response["Location"] += rest
    return response
