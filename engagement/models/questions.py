"""What an organisation named in a record is asked, of whom, and the links that let them answer."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from engagement.models.events import Event
from stakeholders.models import Organisation, Person


class Question(models.Model):
    """An organisation is asked whether a record that names it is right; ``round`` counts again.

    Asked when the record is saved and again when it is changed. ``answered_at`` is set by any
    answer to the record; ``closed_at`` when the record was withdrawn or names it no more.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="questions")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="engagement_questions"
    )
    round = models.PositiveSmallIntegerField(default=1)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("event", "organisation")
        constraints = (
            models.UniqueConstraint(
                fields=("event", "organisation"), name="engagement_question_unique"
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation} about {self.event}"


class AnswerLink(models.Model):
    """A link that lets one person answer one question once, without signing in.

    Its token is derived from ``nonce`` and the service's key and is stored nowhere. Opening it
    changes nothing. Sending it again (``sends``, 1 + 3 at most) moves ``expires_at``.
    """

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="links")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="engagement_links",
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="engagement_links"
    )
    round = models.PositiveSmallIntegerField(default=1)
    nonce = models.CharField(max_length=32)
    sends = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("question", "-made_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(user__isnull=True) ^ Q(person__isnull=True),
                name="engagement_link_for_one",
            ),
            models.UniqueConstraint(
                fields=("question", "round", "user"), name="engagement_link_once_per_user"
            ),
            models.UniqueConstraint(
                fields=("question", "round", "person"), name="engagement_link_once_per_person"
            ),
        )

    def __str__(self) -> str:
        return f"Link for {self.user or self.person}"
