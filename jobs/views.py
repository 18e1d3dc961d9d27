"""The job log. Who may read it is said where these addresses are mounted (config/urls.py)."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jobs import presenters, queries
from ui import query
from ui.csvfile import csv_stream

PER_PAGE = 25


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """The last good run of each kind, then every run, newest first."""
    page = Paginator(queries.runs(), PER_PAGE).get_page(
        query.integer(request, "page", 1, 1, 1_000_000).value
    )
    context = {
        "last_good": [presenters.run_line(run) for run in queries.last_good_runs()],
        "lines": [presenters.run_line(run) for run in page],
        "page": page,
    }
    return render(request, "jobs/log.html", context)


@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One run: its progress, its result and the rows that were wrong. Refreshes while it runs."""
    found = queries.run_with_number(pk)
    if found is None:
        raise Http404
    errors = Paginator(queries.row_errors(found), PER_PAGE).get_page(
        query.integer(request, "page", 1, 1, 1_000_000).value
    )
    context = {
        "run": found,
        "progress": presenters.progress(found),
        "summary": presenters.summary(found),
        "errors": errors,
    }
    return render(request, "jobs/_state.html" if request.htmx else "jobs/run.html", context)  # type: ignore[attr-defined]


@require_safe
def errors_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Every wrong row of the run's file, to be mended in a spreadsheet."""
    found = queries.run_with_number(pk)
    if found is None:
        raise Http404
    rows = map(presenters.error_cells, queries.row_errors(found).iterator())
    return csv_stream(f"errors-{found.pk}.csv", presenters.ERROR_COLUMNS, rows)
