"""What reviewers decide: judgements, exceptions, the decision with its conditions and snapshot."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from plans.models import Plan, RecordedModel, withdrawn_with_reason
from readiness.models.assessments import Assessment


class Subject(models.TextChoices):
    """What a reviewer has to judge by reading the plan."""

    GP_SUPPORT = "gp_support", "How local GPs will be supported"
    GPFV_DELIVERY = "gpfv_delivery", "Delivery of the GP Forward View"
    GPFV_SUSTAINABILITY = "gpfv_sustainability", "Sustainability and quality"
    GPFV_WORKFORCE = "gpfv_workforce", "Workforce"
    GPFV_WORKLOAD = "gpfv_workload", "Workload"


class Judgement(RecordedModel):
    """A reviewer's written judgement whether the plan says something explicitly, and where.

    The newest one that stands counts for its subject.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="readiness_judgements")
    subject = models.CharField(max_length=20, choices=Subject)
    section = models.CharField(max_length=120)
    is_explicit = models.BooleanField()
    words = models.CharField(max_length=500)
    judged_on = models.DateField()

    class Meta:
        ordering = ("plan", "subject", "-id")
        constraints = (withdrawn_with_reason("readiness_judgement_withdrawn_with_reason"),)

    def __str__(self) -> str:
        return f"{self.get_subject_display()} in {self.plan}"


class CriterionException(RecordedModel):
    """A criterion that is not met is let pass: by whom, why, until when.

    ``recorded_by`` is the approver. It holds from ``starts_on`` to ``expires_on``, both inclusive,
    unless it is withdrawn.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="readiness_exceptions")
    key = models.SlugField(max_length=40)
    reason = models.CharField(max_length=500)
    starts_on = models.DateField()
    expires_on = models.DateField()

    class Meta:
        ordering = ("plan", "key", "-id")
        constraints = (
            withdrawn_with_reason("readiness_exception_withdrawn_with_reason"),
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("starts_on")),
                name="readiness_exception_expires_after_start",
            ),
        )
        indexes = (models.Index(fields=("plan", "key"), name="readiness_exception_plan"),)

    def __str__(self) -> str:
        return f"Exception to {self.key} for {self.plan}"


class DecisionOutcome(models.TextChoices):
    """What the board says to a plan."""

    AGREE = "agree", "Agree"
    CONDITIONS = "conditions", "Agree with conditions"
    RETURN = "return", "Return"
    REFUSE = "refuse", "Refuse"


class Decision(models.Model):
    """A reviewer's decision on a plan, with everything that was known when it was taken.

    ``number`` counts the decisions of a plan: of two reviewers at once only one gets the next.
    ``snapshot`` is the canonical form as text, never changed, and ``sha256`` its digest in hex.
    ``form_key`` is that of the form it was sent from: the same form sent twice decides once.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="readiness_decisions")
    number = models.PositiveSmallIntegerField()
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    outcome = models.CharField(max_length=10, choices=DecisionOutcome)
    summary = models.TextField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="readiness_decisions"
    )
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="decisions")
    snapshot = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("-decided_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("plan", "number"), name="readiness_decision_unique"),
        )

    def __str__(self) -> str:
        return f"Decision {self.number} on {self.plan}"


class DecisionReason(models.Model):
    """Why the decision stands although a must was not met."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="reasons")
    key = models.SlugField(max_length=40)
    reason = models.CharField(max_length=500)

    class Meta:
        ordering = ("decision", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("decision", "key"), name="readiness_decisionreason_unique"
            ),
        )

    def __str__(self) -> str:
        return f"{self.key}: {self.reason}"


class Condition(models.Model):
    """Something that has to be done for an agreement with conditions to hold."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="conditions")
    text = models.CharField(max_length=300)
    owner = models.CharField(max_length=120)
    due_on = models.DateField()
    met_at = models.DateTimeField(null=True, blank=True)
    met_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    met_how = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("decision", "due_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(met_at__isnull=True) ^ ~Q(met_how=""),
                name="readiness_condition_met_how",
            ),
        )

    def __str__(self) -> str:
        return f"{self.text}, due {self.due_on}"
