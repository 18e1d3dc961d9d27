"""Attendance that came in a spreadsheet: the file, how it is read, and what becomes of each row."""

from django.conf import settings
from django.db import models

from engagement.models.events import Event
from files.models import StoredFile
from plans.models import Plan
from stakeholders.models import Organisation


class AttendanceImport(models.Model):
    """One attendance list: for one event (``event``), or for as many as its rows name.

    ``mapping`` says which column is what and what the words of the outcome and capacity columns
    mean. Nothing is written into the record before ``confirmed_at``. ``found`` is what the preview
    counted. ``run_id`` is the newest run of ``jobs`` that works on it.
    """

    class State(models.TextChoices):
        """Where it stands."""

        READING = "reading", "Being read"
        MAPPING = "mapping", "Waiting for its columns"
        MATCHING = "matching", "Being matched"
        PREVIEW = "preview", "Waiting to be confirmed"
        WRITING = "writing", "Being written"
        DONE = "done", "Imported"
        REFUSED = "refused", "Refused"

    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, related_name="engagement_attendance_imports"
    )
    event = models.ForeignKey(
        Event, null=True, blank=True, on_delete=models.PROTECT, related_name="attendance_imports"
    )
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="engagement_attendance"
    )
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.READING)
    mapping = models.JSONField(default=dict)
    found = models.JSONField(default=dict)
    refusal = models.CharField(max_length=300, blank=True)
    run_id = models.PositiveBigIntegerField(null=True, blank=True)
    form_key = models.UUIDField(unique=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.name} for {self.plan}"


class AttendanceRow(models.Model):
    """One row of an attendance list, numbered as in the file, and what it was taken for.

    ``name`` is the organisation as the row calls it, ``event`` one that is recorded already;
    ``updates`` says that what came of a planned part is written over it.
    """

    class Result(models.TextChoices):
        """What became of it."""

        MATCHED = "matched", "Matched"
        UNMATCHED = "unmatched", "Not matched"
        DUPLICATE = "duplicate", "Already there"
        REFUSED = "refused", "Refused"

    source = models.ForeignKey(AttendanceImport, on_delete=models.CASCADE, related_name="rows")
    sheet = models.CharField(max_length=60, blank=True)
    number = models.PositiveIntegerField()
    cells = models.JSONField(default=list)
    name = models.CharField(max_length=200, blank=True)
    result = models.CharField(max_length=10, choices=Result)
    message = models.CharField(max_length=300, blank=True)
    event_key = models.CharField(max_length=200, blank=True)
    event_title = models.CharField(max_length=160, blank=True)
    held_on = models.DateField(null=True, blank=True)
    event = models.ForeignKey(
        Event, null=True, blank=True, on_delete=models.PROTECT, related_name="attendance_rows"
    )
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="engagement_attendance_rows",
    )
    person_name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=120, blank=True)
    capacity = models.CharField(max_length=14, blank=True)
    outcome = models.CharField(max_length=10, blank=True)
    updates = models.BooleanField(default=False)

    class Meta:
        ordering = ("source", "sheet", "number", "id")
        indexes = (models.Index(fields=("source", "result"), name="engagement_attrow_result"),)

    def __str__(self) -> str:
        return f"Row {self.number} of import {self.source_id}"
