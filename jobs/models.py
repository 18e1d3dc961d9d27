"""Long work: runs with progress, row-numbered errors, and who was last seen alive.

Knows nothing of the domain. A run is found again by its row and never by its message, so a lost
message or a killed worker delays work and loses none. Accounts stand above this app, so who asked
for a run is kept as a name and a key; who may see the pages is decided where ``config.urls`` wires
them.
"""

from django.db import models
from django.db.models import F, Q


class RunState(models.TextChoices):
    """Where a run stands. ``quarantined`` has failed three times and waits for a person."""

    QUEUED = "queued", "Waiting to start"
    RUNNING = "running", "Running"
    DONE = "done", "Finished"
    FAILED = "failed", "Failed"
    QUARANTINED = "quarantined", "Stopped after three tries"


class JobRun(models.Model):
    """One run of one kind of work. ``slot`` makes a scheduled run happen once ("2026-11-22")."""

    kind = models.CharField(max_length=60)
    slot = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=RunState, default=RunState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    skipped = models.JSONField(default=dict)
    arguments = models.JSONField(default=dict)
    message = models.TextField(blank=True)
    requested_by = models.CharField(max_length=120, blank=True)
    owner_key = models.CharField(max_length=40, blank=True)
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    alive_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "slot"),
                condition=~Q(slot=""),
                name="jobs_run_once_per_slot",
            ),
            models.CheckConstraint(
                condition=Q(progress_done__lte=F("progress_total")) | Q(progress_total=0),
                name="jobs_run_progress_within_total",
            ),
        )
        indexes = (models.Index(fields=("kind", "-id"), name="jobs_run_latest"),)

    def __str__(self) -> str:
        return self.title


class RowError(models.Model):
    """What was wrong with one row of a file, and what to do about it."""

    run = models.ForeignKey(JobRun, on_delete=models.CASCADE, related_name="row_errors")
    sheet = models.CharField(max_length=60, blank=True)
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=60, blank=True)
    value = models.CharField(max_length=80, blank=True)
    message = models.CharField(max_length=300)

    class Meta:
        ordering = ("run", "row", "id")

    def __str__(self) -> str:
        return f"Row {self.row}: {self.message}"


class Heartbeat(models.Model):
    """When a part of the service ("worker") last said that it was alive."""

    name = models.CharField(max_length=40, unique=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
