"""Policies and criteria, assessments and their results, and flags."""

from django.db import models
from django.db.models import Q

from engagement.models import Event
from plans.models import Plan, PlanType


class Strength(models.TextChoices):
    """Whether sign-off depends on a criterion."""

    MUST = "must", "Must"
    SHOULD = "should", "Should"


class Policy(models.Model):
    """A versioned set of criteria for one type of plan, in force from a day on."""

    plan_type = models.CharField(max_length=12, choices=PlanType)
    version = models.PositiveSmallIntegerField()
    effective_from = models.DateField()
    title = models.CharField(max_length=120)

    class Meta:
        ordering = ("plan_type", "-version")
        verbose_name_plural = "policies"
        constraints = (
            models.UniqueConstraint(
                fields=("plan_type", "version"), name="readiness_policy_unique"
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"


class Criterion(models.Model):
    """One question that a plan must or should answer, with its threshold and where it is from.

    ``official_threshold`` is false where the number in ``parameters`` is a choice of ours and no
    official one exists; the page then says so.
    """

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="criteria")
    key = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    short_title = models.CharField(max_length=24)
    why = models.CharField(max_length=400)
    definition = models.CharField(max_length=500)
    target = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    strength = models.CharField(max_length=6, choices=Strength)
    parameters = models.JSONField(default=dict)
    official_threshold = models.BooleanField(default=False)
    author = models.CharField(max_length=80)
    review_on = models.DateField()

    class Meta:
        ordering = ("policy", "position")
        verbose_name_plural = "criteria"
        constraints = (
            models.UniqueConstraint(fields=("policy", "key"), name="readiness_criterion_unique"),
        )

    def __str__(self) -> str:
        return self.title


class Assessment(models.Model):
    """What a plan's readiness was found to be on ``as_at``. Never changed but for ``is_current``.

    ``change_no`` is the plan's change number that it had read.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="readiness_assessments")
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="assessments")
    as_at = models.DateField()
    computed_at = models.DateTimeField()
    change_no = models.PositiveBigIntegerField()
    overall = models.CharField(max_length=16)
    musts = models.PositiveSmallIntegerField()
    musts_met = models.PositiveSmallIntegerField()
    headline = models.JSONField(default=dict)
    is_current = models.BooleanField(default=False)

    class Meta:
        ordering = ("-id",)
        get_latest_by = "id"
        constraints = (
            models.UniqueConstraint(
                fields=("plan",),
                condition=Q(is_current=True),
                name="readiness_assessment_one_current",
            ),
        )
        indexes = (models.Index(fields=("plan", "-as_at", "-id"), name="readiness_assessed"),)

    def __str__(self) -> str:
        return f"{self.plan} as at {self.as_at}"


class CriterionResult(models.Model):
    """One criterion's state in one assessment, with its figure and everything behind it."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="results")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="results")
    key = models.SlugField(max_length=40)
    state = models.CharField(max_length=16)
    figure = models.CharField(max_length=300)
    would_clear = models.CharField(max_length=500, blank=True)
    evidence = models.JSONField(default=dict)

    class Meta:
        ordering = ("assessment", "criterion__position")
        constraints = (
            models.UniqueConstraint(fields=("assessment", "key"), name="readiness_result_unique"),
        )

    def __str__(self) -> str:
        return f"{self.key}: {self.figure}"


class Severity(models.TextChoices):
    """How near the milestone is."""

    NOTICE = "notice", "More than 60 days"
    RAISED = "raised", "60 days or fewer"
    HIGH = "high", "30 days or fewer"
    URGENT = "urgent", "14 days or fewer"


class Flag(models.Model):
    """A must that is not met on one plan, from the day it was found to the day it cleared.

    Open while ``cleared_at`` is empty; one open flag per plan and criterion. ``cleared_by`` is the
    event that cleared it, where one did; ``cleared_because`` always says why.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="readiness_flags")
    key = models.SlugField(max_length=40)
    severity = models.CharField(max_length=8, choices=Severity)
    figure = models.CharField(max_length=300)
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="flags_raised")
    severity_since = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True, blank=True)
    cleared_in = models.ForeignKey(
        Assessment,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="flags_cleared",
    )
    cleared_by = models.ForeignKey(
        Event,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="readiness_cleared",
    )
    cleared_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("plan", "key", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "key"),
                condition=Q(cleared_at__isnull=True),
                name="readiness_flag_one_open",
            ),
            models.CheckConstraint(
                condition=Q(cleared_at__isnull=True, cleared_in__isnull=True, cleared_because="")
                | (Q(cleared_at__isnull=False, cleared_in__isnull=False) & ~Q(cleared_because="")),
                name="readiness_flag_cleared_with_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.key} on {self.plan}"
