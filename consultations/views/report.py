"""What was heard in a consultation, as a draft in Word."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from consultations.access import consultation_in_scope
from consultations.presenters import heard
from consultations.queries.analysis import analysis_of

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft report, with nothing in it that a person has not cleared."""
    # Its library takes 20 MB of a web process, and few ever write a report.
    from consultations.presenters import heard_document  # noqa: PLC0415

    today = timezone.localdate()
    consultation = consultation_in_scope(
        request.user, pk, permission=Permission.READ_RESPONSES, today=today
    )
    draft = heard.report(analysis_of(consultation), today=today)
    return HttpResponse(
        heard_document.written(draft),
        content_type=WORD,
        headers={"Content-Disposition": f'attachment; filename="{draft.file_name}"'},
    )
