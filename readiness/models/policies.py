"""Policies and their criteria."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from plans.models import PlanType


class Strength(models.TextChoices):
    """Whether sign-off depends on a criterion."""

    MUST = "must", "Must"
    SHOULD = "should", "Should"


class PolicyStatus(models.TextChoices):
    """Where a policy stands. Only approved ones are ever used to judge a plan."""

    DRAFT = "draft", "Draft"
    PROPOSED = "proposed", "Waits for approval"
    APPROVED = "approved", "Approved"
    DROPPED = "dropped", "Dropped"


def flag_days_by_default() -> list[int]:
    """Days before the milestone at which a flag rises: 60, 30 and 14. Ours, not official."""
    return [60, 30, 14]


class Policy(models.Model):
    """A versioned set of criteria for one type of plan, in force from a day on.

    An approved policy is never edited: plans were assessed by it. ``author`` and ``approved_by``
    are two persons; both are empty for the policies that the service brings. ``based_on`` is the
    version that a draft was copied from, ``flag_days`` the days before the milestone at which a
    flag becomes more severe, falling.
    """

    plan_type = models.CharField(max_length=12, choices=PlanType)
    version = models.PositiveSmallIntegerField()
    effective_from = models.DateField()
    title = models.CharField(max_length=120)
    status = models.CharField(max_length=8, choices=PolicyStatus, default=PolicyStatus.APPROVED)
    flag_days = models.JSONField(default=flag_days_by_default)
    note = models.CharField(max_length=500, blank=True)
    based_on = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="readiness_policies",
    )
    created_at = models.DateTimeField(null=True, blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="readiness_policies_approved",
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("plan_type", "-version")
        verbose_name_plural = "policies"
        constraints = (
            models.UniqueConstraint(
                fields=("plan_type", "version"), name="readiness_policy_unique"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | Q(author__isnull=True)
                | ~Q(approved_by=F("author")),
                name="readiness_policy_approved_by_another",
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
    parameters = models.JSONField(default=dict, blank=True)
    official_threshold = models.BooleanField(default=False)
    author = models.CharField(max_length=80)
    checker = models.CharField(max_length=80, blank=True)
    last_reviewed_on = models.DateField(null=True, blank=True)
    review_on = models.DateField()

    class Meta:
        ordering = ("policy", "position")
        verbose_name_plural = "criteria"
        constraints = (
            models.UniqueConstraint(fields=("policy", "key"), name="readiness_criterion_unique"),
        )

    def __str__(self) -> str:
        return self.title
