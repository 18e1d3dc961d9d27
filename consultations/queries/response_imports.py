"""Exports of survey tools that were sent for a consultation."""

from django.db.models import QuerySet

from consultations.models import ResponseImport
from jobs.models import JobRun, RowError


def import_with(pk: int) -> ResponseImport | None:
    """One import with what its page shows."""
    found = ResponseImport.objects.select_related("consultation__plan", "file", "uploaded_by")
    return found.filter(pk=pk).first()


def consultation_of(pk: int) -> int | None:
    """For which consultation an import was sent; None where there is none."""
    return ResponseImport.objects.filter(pk=pk).values_list("consultation", flat=True).first()


def imports_of(consultation_id: int) -> QuerySet[ResponseImport]:
    """Every export sent for the consultation, newest first."""
    found = ResponseImport.objects.filter(consultation=consultation_id)
    return found.select_related("uploaded_by")


def run_of(one: ResponseImport) -> JobRun | None:
    """The newest run that works on it."""
    return JobRun.objects.filter(pk=one.run_id).first() if one.run_id else None


def wrong_rows(one: ResponseImport) -> QuerySet[RowError]:
    """What the newest check of its rows found, in the file's order."""
    checks = JobRun.objects.filter(kind="responses-check", arguments__import=one.pk)
    newest = checks.order_by("-pk").values("pk")[:1]
    return RowError.objects.filter(run__in=list(newest.values_list("pk", flat=True))).order_by(
        "row", "pk"
    )
