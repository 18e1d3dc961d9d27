"""Exports of survey tools in the browser: sent, columns said, previewed, confirmed."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from consultations.access import consultation_in_scope
from consultations.actions import response_imports as actions
from consultations.forms.response_imports import ResponseColumnsForm, ResponsesFileForm
from consultations.presenters import response_imports as present
from consultations.queries import response_imports as queries
from jobs.presenters import ERROR_COLUMNS, error_cells
from ui.csvfile import csv_stream

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the file that a survey tool gives out."""
    found = consultation_in_scope(
        request.user, pk, permission=Permission.HANDLE_RESPONSES, today=timezone.localdate()
    )
    now = timezone.now()
    form = ResponsesFileForm(request.POST or None, request.FILES or None, now=now)
    if request.method == "POST" and form.is_valid() and form.stored:
        one = actions.send_responses(
            consultation=found,
            stored=form.stored,
            name=form.cleaned_data["file"].name or "",
            by=request.user,
            now=now,
        )
        return redirect("consultations:response-import", one.pk)
    lines = present.import_lines(queries.imports_of(found.pk)[:20])
    context = {"consultation": found, "form": form, "lines": lines}
    return render(request, "consultations/imports/send.html", context)


@require_http_methods(METHODS)
def response_import(request: HttpRequest, pk: int) -> HttpResponse:
    """One file, wherever it stands; refreshes while it is worked on."""
    one = _import(request, pk)
    form = None
    if request.method == "POST":
        form = _answered(request, one)
        if form is None:
            return redirect("consultations:response-import", one.pk)
    run = queries.run_of(one)
    asks = one.state == present.State.MAPPING or (
        one.state == present.State.PREVIEW and (form is not None or "columns" in request.GET)
    )
    if asks and form is None:
        form = ResponseColumnsForm(summary=one.found["summary"], said=one.mapping)
    previews = not asks and one.state in (present.State.PREVIEW, present.State.DONE)
    context = {
        "is_part": bool(request.htmx),  # type: ignore[attr-defined]
        "import": one,
        "consultation": one.consultation,
        "heading": present.heading(one),
        "progress": present.progress_of(one, run),
        "stopped": present.stopped(one, run),
        "notes": present.notes(one),
        "form": form if asks else None,
        "previews": previews,
        "figures": present.figures(one),
        "to_know": present.to_know(one),
        "added": present.added(one),
        "errors": list(queries.wrong_rows(one)[: present.SHOWN]) if previews else [],
    }
    name = "_state.html" if context["is_part"] else "page.html"
    return render(request, f"consultations/imports/{name}", context)


def _answered(request: HttpRequest, one) -> ResponseColumnsForm | None:
    """Do what was asked; the form where something on it is wrong."""
    asked, now = request.POST.get("do", ""), timezone.now()
    if asked == "columns" and one.state in (present.State.MAPPING, present.State.PREVIEW):
        form = ResponseColumnsForm(request.POST, summary=one.found["summary"], said=one.mapping)
        if not form.is_valid():
            return form
        actions.say_response_columns(
            import_id=one.pk, mapping=form.mapping(), by=request.user, now=now
        )
    if asked == "confirm":
        actions.confirm_responses(import_id=one.pk, by=request.user, now=now)
    return None


@require_safe
def errors_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Every cell that could not be read as meant, and every row that was left out."""
    one = _import(request, pk)
    rows = map(error_cells, queries.wrong_rows(one).iterator())
    return csv_stream(f"responses-to-correct-{one.pk}.csv", ERROR_COLUMNS, rows)


def _import(request: HttpRequest, pk: int):
    """The import, for whoever works on the responses of its consultation."""
    message = "No file with this address."
    consultation = queries.consultation_of(pk)
    if consultation is None:
        raise Http404(message)
    consultation_in_scope(
        request.user,
        consultation,
        permission=Permission.HANDLE_RESPONSES,
        today=timezone.localdate(),
    )
    return queries.import_with(pk)
