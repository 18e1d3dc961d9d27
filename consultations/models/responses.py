"""Who answered a consultation, what they answered, and how far it has been read."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from consultations.models.surveys import Question
from files.models import StoredFile
from plans.models import Consultation
from stakeholders.models import Organisation


class RespondentKind(models.TextChoices):
    """In whose name somebody answers."""

    INDIVIDUAL = "individual", "For myself"
    ORGANISATION = "organisation", "For an organisation"


class Group(models.TextChoices):
    """What a respondent is, as the analysis counts them."""

    GP = "gp", "GP"
    PRACTICE_STAFF = "practice_staff", "Works in a GP practice"
    LMC = "lmc", "Local Medical Committee"
    PCN = "pcn", "Primary care network"
    NHS = "nhs", "Another part of the NHS"
    COUNCIL = "council", "Council"
    VCSE = "vcse", "Voluntary, community or social enterprise"
    PATIENT = "patient", "Patient, carer or member of the public"
    OTHER = "other", "Somebody else"
    UNKNOWN = "unknown", "Not stated"


class Respondent(models.Model):
    """Who answered one consultation, perhaps several times.

    ``organisation_name`` is as typed; ``organisation`` only where a person has matched it with the
    register. ``key`` tells repeats: made of the e-mail, or of kind and name; empty for nobody known.
    """

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="consultations_respondents"
    )
    kind = models.CharField(max_length=12, choices=RespondentKind)
    group = models.CharField(max_length=16, choices=Group, default=Group.UNKNOWN)
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="consultations_respondents",
    )
    organisation_name = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    wants_news = models.BooleanField(default=False)
    key = models.CharField(max_length=64, blank=True)
    matched_at = models.DateTimeField(null=True, blank=True)
    matched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("consultation", "key"),
                condition=~Q(key=""),
                name="consultations_respondent_once",
            ),
        )
        indexes = (models.Index(fields=("organisation",), name="consultations_respondent_org"),)

    def __str__(self) -> str:
        return f"A respondent to {self.consultation_id}"  # never a name: texts of rows are logged


class Route(models.TextChoices):
    """How a response came."""

    FORM = "form", "Public form"
    EMAIL = "email", "Email"
    PAPER = "paper", "Paper"
    IMPORT = "import", "Survey tool"
    COLLATED = "collated", "Collated by a lead"


class Moderation(models.TextChoices):
    """Whether a person has looked at a response; only what is cleared is themed and counted."""

    WAITING = "waiting", "Waiting to be read"
    CLEARED = "cleared", "Cleared"
    HELD = "held", "Held back"


class ResponseImport(models.Model):
    """One file of responses from a survey tool: what it is, how its columns are read, what came of it.

    ``mapping`` says for each column what it is. The rows are read again from the file, which is
    kept; ``run_id`` is the newest run of ``jobs`` that works on it.
    """

    class State(models.TextChoices):
        """Where it stands."""

        MAPPING = "mapping", "Waiting for its columns"
        READING = "reading", "Being read"
        PREVIEW = "preview", "Waiting to be confirmed"
        WRITING = "writing", "Being written"
        DONE = "done", "Imported"
        REFUSED = "refused", "Refused"

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="consultations_imports"
    )
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="consultations_imports"
    )
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.READING)
    mapping = models.JSONField(default=dict)
    found = models.JSONField(default=dict)
    refusal = models.CharField(max_length=300, blank=True)
    run_id = models.PositiveBigIntegerField(null=True, blank=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.name} for {self.consultation_id}"


class Response(models.Model):
    """One response, however it came; kept as it was sent.

    ``nonce`` makes the address of its receipt. ``fingerprint`` is the hash of its normalised words:
    those of a campaign are the same. ``repeat_of`` is the earlier response of the same respondent.
    ``concerns`` names what a machine found that a person must look at (a telephone number, an NHS
    number, abuse). ``held_by`` works on it until ``held_until``; ``done_at`` once it was worked
    through; ``version`` rises with each step and guards against two people at once.
    """

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="consultations_responses"
    )
    respondent = models.ForeignKey(Respondent, on_delete=models.PROTECT, related_name="responses")
    route = models.CharField(max_length=10, choices=Route)
    received_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    nonce = models.CharField(max_length=32, unique=True)
    form_key = models.UUIDField(unique=True)
    source = models.ForeignKey(
        ResponseImport, null=True, blank=True, on_delete=models.PROTECT, related_name="responses"
    )
    source_row = models.PositiveIntegerField(null=True, blank=True)
    source_ident = models.CharField(max_length=80, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    repeat_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="repeats"
    )
    is_late = models.BooleanField(default=False)
    concerns = models.JSONField(default=list)
    moderation = models.CharField(max_length=8, choices=Moderation, default=Moderation.WAITING)
    moderation_reason = models.CharField(max_length=300, blank=True)
    moderated_at = models.DateTimeField(null=True, blank=True)
    moderated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    held_until = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("consultation", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("source", "source_row"),
                condition=Q(source__isnull=False),
                name="consultations_response_row_once",
            ),
            models.CheckConstraint(
                condition=~Q(moderation="held") | ~Q(moderation_reason=""),
                name="consultations_response_held_says_why",
            ),
        )
        indexes = (
            models.Index(
                fields=("consultation", "id"),
                condition=Q(done_at__isnull=True),
                name="consultations_response_to_do",
            ),
            models.Index(
                fields=("consultation", "fingerprint"), name="consultations_response_print"
            ),
        )

    def __str__(self) -> str:
        return f"Response {self.pk}"  # never its words: texts of rows are logged


class Answer(models.Model):
    """What a response says to one question; its words are never changed.

    ``quote`` are the words that may be published, as a person has cleared them.
    """

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(blank=True)
    choice = models.CharField(max_length=200, blank=True)
    quote = models.TextField(blank=True)
    quoted_at = models.DateTimeField(null=True, blank=True)
    quoted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("response", "question")
        constraints = (
            models.UniqueConstraint(
                fields=("response", "question"), name="consultations_answer_once"
            ),
        )

    def __str__(self) -> str:
        return f"An answer in response {self.response_id}"
