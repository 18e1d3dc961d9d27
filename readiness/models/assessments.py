"""Stored assessments and their results."""

from django.db import models
from django.db.models import Q

from plans.models import Plan
from readiness.models.policies import Criterion, Policy


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
