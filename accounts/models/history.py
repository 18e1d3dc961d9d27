"""The history: what was done, sealed into a chain; and what was lawfully taken out of it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.rules.personal import opened


class AuditEntry(models.Model):
    """One thing that was done: by whom, for whom, to what, and what it was before and after.

    The object is kept by label and key and not by foreign key, so an entry outlives anything.
    ``actor`` is empty for the service's own jobs. ``happened_at`` is when the thing itself
    happened, where that is not when it was recorded; ``stored_at`` is the database's own clock.

    ``object_label``, ``before`` and ``after`` hold a mark in the place of each personal value;
    ``personal`` holds the values by their marks. Read them through ``label``, ``was`` and
    ``became``. Rows are added and never changed, but that a redaction takes values out of
    ``personal``: the database itself refuses anything else (``accounts.protection``).
    """

    recorded_at = models.DateTimeField(db_index=True)
    stored_at = models.DateTimeField(db_default=Now(), editable=False)
    happened_at = models.DateTimeField(null=True, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    on_behalf_of = models.CharField(max_length=200, blank=True)
    request_id = models.CharField(max_length=36, blank=True)
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_key = models.CharField(max_length=60)
    object_label = models.CharField(max_length=200)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    personal = models.JSONField(default=dict)

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(
                fields=("object_type", "object_key", "-id"),
                name="accounts_audit_object",
            ),
        )

    def __str__(self) -> str:
        return f"{self.verb} {self.label}"

    @property
    def label(self) -> str:
        """What the object was called."""
        return str(opened(self.object_label, self.personal))

    @property
    def was(self) -> dict[str, Any]:
        """What it was before, with the personal values that have not been redacted."""
        return dict(opened(self.before, self.personal))

    @property
    def became(self) -> dict[str, Any]:
        """What it was afterwards, likewise."""
        return dict(opened(self.after, self.personal))


class AuditSeal(models.Model):
    """An entry's place in the chain: ``digest`` covers the entry, ``hash`` this and the seal before.

    Seals are set by one process at a time, some seconds after the entries were written, so that
    no two people's writes wait for each other. ``sequence`` counts from 1 without a gap.
    """

    sequence = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="seal")
    sealed_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("sequence",)

    def __str__(self) -> str:
        return f"{self.sequence}: {self.hash[:12]}"


class LegalHold(models.Model):
    """While one is in force, nothing about its object may be redacted."""

    object_type = models.CharField(max_length=60)
    object_key = models.CharField(max_length=60)
    reason = models.CharField(max_length=300)
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("-placed_at",)
        indexes = (models.Index(fields=("object_type", "object_key"), name="accounts_hold_object"),)

    def __str__(self) -> str:
        return f"Hold on {self.object_type} {self.object_key}"


class Redaction(models.Model):
    """Personal values taken out of the history of one object, asked by one person, done by another.

    ``marks`` are the marks of the values that were taken out, so that the chain can be verified
    without them: entry id -> list of marks. The values and their salts are gone for good.
    """

    object_type = models.CharField(max_length=60)
    object_key = models.CharField(max_length=60)
    words = models.CharField(max_length=200)
    reason = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    refused_at = models.DateTimeField(null=True, blank=True)
    marks = models.JSONField(default=dict)

    class Meta:
        ordering = ("-asked_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(done_by__isnull=True) | ~Q(done_by=F("asked_by")),
                name="accounts_redaction_by_two",
            ),
        )

    def __str__(self) -> str:
        return f"Redaction of {self.object_type} {self.object_key}"
