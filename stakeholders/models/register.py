"""Register files that were loaded."""

from django.conf import settings
from django.db import models


class RegisterFile(models.Model):
    """A register file that was loaded: what it was, as at which day, and what it changed.

    ``as_history`` files fill in the past and never close what a newer file says is open.
    """

    kind = models.CharField(max_length=20)
    shape = models.CharField(max_length=40)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    as_at = models.DateField()
    as_history = models.BooleanField(default=False)
    rows = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    loaded_at = models.DateTimeField()
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("-loaded_at", "-id")
        indexes = (
            models.Index(fields=("kind", "shape", "-as_at"), name="stakeholders_latest_file"),
        )

    def __str__(self) -> str:
        return f"{self.name} as at {self.as_at}"
