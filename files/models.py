"""Files that people hand in, kept by their content; knows nothing of the domain.

The bytes lie under MEDIA_ROOT by their SHA-256, so the same file is kept once and a file that was
swapped is found. What a file is called, whom it concerns and who may read it is said by the row
that refers to it.
"""

from django.db import models


class Scan(models.TextChoices):
    """What is known of a file's harmlessness; only a clean one is ever handed out."""

    WAITING = "waiting", "Waiting to be checked for viruses"
    CLEAN = "clean", "Checked"
    HELD = "held", "Held: it may be harmful"


class StoredFile(models.Model):
    """A file by its content. The row exists only once the bytes are safely on the disk."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=100)
    scan = models.CharField(max_length=10, choices=Scan, default=Scan.WAITING)
    scan_note = models.CharField(max_length=200, blank=True)
    stored_at = models.DateTimeField()
    scanned_at = models.DateTimeField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.sha256[:12]}, {self.size} bytes"
