"""Records on their way."""

import uuid

from django.conf import settings
from django.db import models

from engagement.models.events import Event


class EventDraft(models.Model):
    """A half-written record, kept at every step. ``content`` holds what was typed, as typed.

    ``event`` is set when an existing event is being edited, and ``event_version`` is the version
    that the editor saw; ``saved_event`` when the draft has become a record.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="engagement_drafts",
    )
    step = models.PositiveSmallIntegerField(default=1)
    content = models.JSONField(default=dict)
    event = models.ForeignKey(
        Event, null=True, blank=True, on_delete=models.CASCADE, related_name="edits"
    )
    event_version = models.PositiveIntegerField(null=True, blank=True)
    saved_event = models.ForeignKey(
        Event, null=True, blank=True, on_delete=models.CASCADE, related_name="drafts"
    )
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ("-updated_at",)

    def __str__(self) -> str:
        return f"Draft of {self.owner}"
