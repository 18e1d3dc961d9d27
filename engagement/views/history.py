"""The history of an organisation."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.history_pages import history_page
from accounts.permissions import require
from accounts.roles import Permission
from engagement.access import may_read_history_of
from engagement.queries.history import organisation_history
from plans.queries.footprints import footprints_of
from stakeholders.queries.organisation import organisation_with_code

READ_BY = (
    "The history of an organisation is read by its own leads, by the managers of its area and by the"
    " boards."
)


@require_safe
@require(Permission.READ_DIRECTORY)
def organisation_history_page(request: HttpRequest, code: str) -> HttpResponse:
    """Who did what in its name and to its entry."""
    today = timezone.localdate()
    about = organisation_with_code(code)
    footprints = footprints_of(about.pk, day=today)
    if not may_read_history_of(request.user, about.pk, footprints, today=today):
        raise PermissionDenied(READ_BY)
    entries = organisation_history(about, request.user, today=today)
    context = {"organisation": about, "history": history_page(request, entries, mixed=True)}
    return render(request, "engagement/organisations/history.html", context)
