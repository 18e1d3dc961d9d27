"""Register files in the browser: what is loaded, a preview, a confirmation, the result."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import require
from accounts.roles import Permission
from jobs.presenters import ERROR_COLUMNS, error_cells
from plans.actions import imports as actions
from plans.forms.imports import ConfirmForm, UploadForm
from plans.presenters import imports as presenter
from plans.queries import imports as queries
from ui import query
from ui.csvfile import csv_stream

PER_PAGE = 25


@require_safe
@require(Permission.IMPORT_REGISTER)
def imports(request: HttpRequest) -> HttpResponse:
    """What is loaded, by kind and file by file."""
    number = query.integer(request, "page", 1, 1, 1_000_000).value
    page = Paginator(queries.loaded_files(), PER_PAGE).get_page(number)
    context = {
        "kinds": presenter.kind_lines(queries.newest_days()),
        "files": presenter.file_lines(page),
        "page": page,
        "running": presenter.run_links(queries.unfinished_runs()),
    }
    return render(request, "plans/imports/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.IMPORT_REGISTER)
def upload(request: HttpRequest) -> HttpResponse:
    """Send a file and have it previewed."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        run = actions.ask_for_preview(order=form.order(), by=request.user, now=timezone.now())
        return redirect("plans:import", run.pk)
    return render(request, "plans/imports/upload.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.IMPORT_REGISTER)
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """A preview with its question, or a load with its result; refreshes while it runs."""
    found = _run(pk)
    load = queries.load_of(found)
    page = presenter.run_page(found, confirmed=load)
    form = _confirm_form(request, found) if page.can_confirm else None
    if request.method == "POST":
        if form is not None and form.is_valid():
            answers = form.cleaned_data
            load = actions.confirm(
                run=found,
                keep_good_rows=answers.get("keep_good_rows", False),
                accept_large_change=answers.get("accept_large_change", False),
                by=request.user,
                now=timezone.now(),
            )
        if load is not None:
            return redirect("plans:import", load.pk)
    context = {
        "run": found,
        "page": page,
        "form": form,
        "load": load,
        "errors": queries.wrong_rows(found)[:PER_PAGE],
    }
    part = request.htmx  # type: ignore[attr-defined]
    template = "plans/imports/_state.html" if part else "plans/imports/run.html"
    return render(request, template, context)


@require_safe
@require(Permission.IMPORT_REGISTER)
def errors_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Every wrong row, to be mended in a spreadsheet."""
    found = _run(pk)
    rows = map(error_cells, queries.wrong_rows(found).iterator())
    return csv_stream(f"wrong-rows-{found.pk}.csv", ERROR_COLUMNS, rows)


def _run(pk: int):
    found = queries.import_run(pk)
    if found is None:
        message = "No import with this number."
        raise Http404(message)
    return found


def _confirm_form(request: HttpRequest, found) -> ConfirmForm:
    return ConfirmForm(
        request.POST if request.method == "POST" else None,
        found=found.arguments["found"],
        keeps=found.arguments["keep_good_rows"],
    )
