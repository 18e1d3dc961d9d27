"""What the import pages show: files that are loaded, and runs of the importer."""

import datetime as dt

from django.db.models import Max, QuerySet

from jobs.models import JobRun, RowError
from stakeholders.models import RegisterFile

RUN_KINDS = ("register-preview", "register-load")


def loaded_files() -> QuerySet[RegisterFile]:
    """Every file that was loaded, newest first, with who loaded it."""
    return RegisterFile.objects.select_related("loaded_by")


def import_run(pk: int) -> JobRun | None:
    """A run of the importer, or None when there is none with this number."""
    return JobRun.objects.filter(pk=pk, kind__in=RUN_KINDS).first()


def unfinished_runs() -> list[JobRun]:
    """Runs of the importer that wait or run."""
    return list(JobRun.objects.filter(kind__in=RUN_KINDS, finished_at__isnull=True))


def load_of(preview: JobRun) -> JobRun | None:
    """The run that loads what ``preview`` showed, once somebody has confirmed it."""
    return JobRun.objects.filter(kind="register-load", slot=f"preview-{preview.pk}").first()


def wrong_rows(run: JobRun) -> QuerySet[RowError]:
    """What was wrong with the rows of the run's file, in the file's order."""
    return run.row_errors.order_by("row", "pk")


def newest_days() -> dict[str, dt.date]:
    """The day of the newest file of each kind, history apart."""
    rows = (
        RegisterFile.objects.filter(as_history=False)
        .order_by()
        .values_list("kind")
        .annotate(newest=Max("as_at"))
    )
    return dict(rows)
