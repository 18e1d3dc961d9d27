"""What the organisations named in a record say of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from engagement.models.events import Event
from engagement.models.questions import AnswerLink
from stakeholders.models import Organisation


class Answer(models.TextChoices):
    """What an organisation says of a record that names it."""

    CONFIRMED = "confirmed", "Agrees"
    DISPUTED = "disputed", "Disagrees"


class Resolution(models.TextChoices):
    """How a dispute came to its end."""

    CORRECTED = "corrected", "The record was corrected"
    TAKEN_BACK = "taken_back", "Taken back by its author"
    UPHELD = "upheld", "Kept as a stated disagreement"


class Attestation(models.Model):
    """An organisation named in a record says whether it happened so.

    Rows are added and never edited but for the reply, the resolution and ``superseded_at``: a new
    answer supersedes the former. A dispute takes the organisation's part in the event out of every
    figure while it is open, which is until ``resolved_at``. ``reply`` is the managers' own;
    ``resolution_words`` are the reviewer's who closed it as a stated disagreement. Who answered by
    ``link`` and has no account is the person of the link.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="attestations")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="engagement_attestations"
    )
    answer = models.CharField(max_length=10, choices=Answer)
    words = models.TextField(blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="engagement_attestations",
    )
    link = models.OneToOneField(
        AnswerLink, null=True, blank=True, on_delete=models.PROTECT, related_name="answer"
    )
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    resolution = models.CharField(max_length=10, choices=Resolution, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    resolution_words = models.TextField(blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("event", "organisation", "-answered_at")
        constraints = (
            models.UniqueConstraint(
                fields=("event", "organisation"),
                condition=Q(superseded_at__isnull=True),
                name="engagement_attestation_one_current",
            ),
            models.CheckConstraint(
                condition=~Q(answer="disputed") | ~Q(words=""),
                name="engagement_attestation_dispute_says_why",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=False) | Q(link__isnull=False),
                name="engagement_attestation_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(resolution="upheld") | ~Q(resolution_words=""),
                name="engagement_attestation_upheld_says_why",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True) ^ ~Q(resolution=""),
                name="engagement_attestation_resolved_how",
            ),
        )
        indexes = (
            models.Index(
                fields=("event", "organisation"),
                condition=Q(
                    answer="disputed", resolved_at__isnull=True, superseded_at__isnull=True
                ),
                name="engagement_dispute_open",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation} on {self.event}: {self.answer}"
