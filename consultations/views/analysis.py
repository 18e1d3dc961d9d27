"""What was answered to a consultation, as a page and as tables to take away."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import has_permission
from accounts.roles import Permission
from consultations.access import consultation_in_scope
from consultations.presenters import analysis as presenter
from consultations.presenters import analysis_file
from consultations.queries.analysis import analysis_of
from plans.access import may_write
from ui import query
from ui.csvfile import csv_stream


@require_safe
def analysis(request: HttpRequest, pk: int) -> HttpResponse:
    """Responses by question, theme and group, for the plan's managers and the reviewers."""
    today = timezone.localdate()
    consultation = consultation_in_scope(
        request.user, pk, permission=Permission.READ_RESPONSES, today=today
    )
    handles = has_permission(request.user, Permission.HANDLE_RESPONSES, today=today) and may_write(
        request.user, consultation.plan, today=today
    )
    page = presenter.page(analysis_of(consultation), handles=handles)
    return render(request, "consultations/analysis/analysis.html", {"page": page})


@require_safe
def analysis_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """One table of it as a file: ``?table=themes``, ``questions``, ``groups`` or ``days``."""
    consultation = consultation_in_scope(
        request.user, pk, permission=Permission.READ_RESPONSES, today=timezone.localdate()
    )
    table = query.choice(request, "table", presenter.TABLES, "themes").value
    found = analysis_of(consultation)
    return csv_stream(
        analysis_file.name(found, table),
        analysis_file.HEADERS[table],
        analysis_file.rows(found, table),
    )
