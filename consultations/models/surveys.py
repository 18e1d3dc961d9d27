"""What a consultation asks, and the form by which anybody answers it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from plans.models import Consultation


class Survey(models.Model):
    """The questions of one consultation. ``code`` is the address of its public form.

    The form takes answers from ``opened_at`` on while the consultation is open, and not while
    ``paused_at`` is set. ``analyst`` names who reads the answers where that is somebody outside.
    """

    consultation = models.OneToOneField(
        Consultation, on_delete=models.PROTECT, related_name="consultations_survey"
    )
    code = models.SlugField(max_length=16, unique=True)
    introduction = models.TextField(blank=True)
    analyst = models.CharField(max_length=160, blank=True)
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    paused_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"The form of {self.consultation}"


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    TEXT = "text", "In words"
    CHOICE = "choice", "One of several answers"
    SCALE = "scale", "From 1 to 5"


class Question(models.Model):
    """One question. ``is_about_process`` asks about the consultation itself and not its subject.

    Once somebody has answered, its words stay: a question is withdrawn and another one added.
    """

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    hint = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=8, choices=QuestionKind, default=QuestionKind.TEXT)
    choices = models.JSONField(default=list, blank=True)
    is_required = models.BooleanField(default=False)
    is_about_process = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("survey", "number", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("survey", "number"),
                condition=Q(withdrawn_at__isnull=True),
                name="consultations_question_number",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


class SavedForm(models.Model):
    """A public form that somebody will come back to; gone once it is sent or its time is over.

    The address to return by is made of ``nonce`` and the service's key and stored nowhere.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="saved_forms")
    nonce = models.CharField(max_length=32, unique=True)
    content = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"A form begun for {self.survey_id}"  # never its words: texts of rows are logged
