"""What the job log shows, and who was last seen alive."""

import datetime as dt

from django.conf import settings
from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from jobs import rules
from jobs.models import Heartbeat, JobRun, RowError, RunState


def runs() -> QuerySet[JobRun]:
    """Every run, newest first, with the number of rows that were wrong."""
    errors = RowError.objects.filter(run=OuterRef("pk")).order_by().values("run")
    wrong_rows = Coalesce(Subquery(errors.annotate(number=Count("pk")).values("number")), 0)
    return JobRun.objects.annotate(wrong_rows=wrong_rows).order_by("-pk")


def last_good_runs() -> list[JobRun]:
    """The newest finished run of each kind, by kind."""
    newest = (
        JobRun.objects.filter(state=RunState.DONE)
        .order_by()
        .values("kind")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    return list(JobRun.objects.filter(pk__in=newest).order_by("kind"))


def run_with_number(pk: int) -> JobRun | None:
    """One run, or None where the number is unknown."""
    return runs().filter(pk=pk).first()


def row_errors(run: JobRun) -> QuerySet[RowError]:
    """What was wrong with the rows of the run's file, in the file's order."""
    return run.row_errors.order_by("row", "pk")


def waiting(*, now: dt.datetime) -> list[tuple[str, int]]:
    """Kind and id of runs whose message seems lost, or whose worker is."""
    lost = Q(state=RunState.QUEUED, queued_at__lt=now - rules.PATIENCE) | Q(
        state=RunState.RUNNING, alive_at__lt=now - rules.LEASE
    )
    return list(
        JobRun.objects.filter(lost, kind__in=list(settings.JOB_TASKS))
        .order_by("pk")
        .values_list("kind", "pk")
    )


def last_seen(name: str) -> dt.datetime | None:
    """When a part of the service ("worker") last said that it was alive."""
    return Heartbeat.objects.filter(name=name).values_list("seen_at", flat=True).first()
