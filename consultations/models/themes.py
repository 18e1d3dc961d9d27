"""What was said again and again, and what was done about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from consultations.models.responses import Answer
from plans.models import Consultation, Plan, PlanVersion


class Disposition(models.TextChoices):
    """What was decided about something that was said."""

    ACCEPTED = "accepted", "Accepted"
    PARTLY = "partly", "Accepted in part"
    REJECTED = "rejected", "Not accepted"
    OUT_OF_SCOPE = "out_of_scope", "Not for this plan"
    LATER = "later", "For later"


class Disposed(models.Model):
    """Something that was said, and what was done with it: why, and where the plan changed.

    ``told_on`` is the day on which those who said it were told.
    """

    disposition = models.CharField(max_length=12, choices=Disposition, blank=True)
    reason = models.TextField(blank=True)
    changed_in = models.ForeignKey(
        PlanVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    section = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    told_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


def decided_with_reason(name: str) -> models.CheckConstraint:
    """The database's own word that a decision has a reason and a moment."""
    return models.CheckConstraint(
        condition=Q(disposition="", decided_at__isnull=True)
        | (~Q(disposition="") & ~Q(reason="") & Q(decided_at__isnull=False)),
        name=name,
    )


class Theme(Disposed):
    """One line of the managed list of a plan.

    ``said`` says in the plan's own words what people said; it and ``reason`` are public from
    ``published_at`` on, when a second look has cleared them. ``written_by`` wrote last what the public
    reads; ``published_by`` is somebody else wherever there is somebody else who may. A theme that
    turned out to be another one is ``merged_into`` it and stays for the record.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="consultations_themes")
    name = models.CharField(max_length=60)
    said = models.TextField(blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("plan", "name", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "name"),
                condition=Q(merged_into__isnull=True),
                name="consultations_theme_once",
            ),
            decided_with_reason("consultations_theme_decided_with_reason"),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | (~Q(said="") & ~Q(disposition="")),
                name="consultations_theme_published_whole",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def writer_id(self) -> int | None:
        """Who wrote last what the public reads: failing that, who decided."""
        return self.written_by_id or self.decided_by_id

    @property
    def is_published_by_its_writer(self) -> bool:
        """Whether nobody but its writer has looked at what is public."""
        return self.published_at is not None and self.published_by_id == self.writer_id


class Coding(models.Model):
    """A person found a theme in an answer; ``undone_at`` once somebody took that back.

    ``evidence`` are the words by which the machine had suggested it, where it had.
    """

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="codings")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="codings")
    evidence = models.JSONField(default=list)
    coded_at = models.DateTimeField()
    coded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("answer", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("answer", "theme"),
                condition=Q(undone_at__isnull=True),
                name="consultations_coding_once",
            ),
        )
        indexes = (
            models.Index(
                fields=("theme",),
                condition=Q(undone_at__isnull=True),
                name="consultations_coding_theme",
            ),
        )

    def __str__(self) -> str:
        return f"{self.theme} in answer {self.answer_id}"


class Suggestion(models.Model):
    """The machine thinks that an answer is about a theme, and shows by which words.

    It is nothing until a person accepts it (a coding) or refuses it.
    """

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="suggestions")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="suggestions")
    score = models.FloatField()
    words = models.JSONField(default=list)
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_accepted = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ("answer", "-score", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("answer", "theme"), name="consultations_suggestion_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.theme}? in answer {self.answer_id}"


class ThemeReview(models.Model):
    """The last time the machine read a consultation's answers: how many, and how well it agrees.

    ``agreement`` is the share of answers coded by people whose theme it would have suggested,
    measured on answers it had not learnt from; None while there are too few.
    """

    consultation = models.OneToOneField(
        Consultation, on_delete=models.CASCADE, related_name="consultations_theme_review"
    )
    run_id = models.PositiveBigIntegerField(null=True, blank=True)
    learnt_from = models.PositiveIntegerField(default=0)
    agreement = models.FloatField(null=True, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Suggestions for {self.consultation_id}"
