"""Downloads of evidence."""

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from engagement.access import evidence_in_scope
from files.responses import attachment


@require_safe
def evidence(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file, or the page that says why it cannot be had."""
    found = evidence_in_scope(request.user, pk, today=timezone.localdate())
    return attachment(found.file, found.name, request)
