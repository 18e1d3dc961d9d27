"""Plans and their phases."""

from django.db import models
from django.db.models import F, Q

from plans.models.footprints import Footprint


class PlanType(models.TextChoices):
    """The rounds of local plans that the service knows."""

    STP_2016 = "stp_2016", "Sustainability and Transformation Plan"
    NHP_2026 = "nhp_2026", "Neighbourhood Health Plan"


LOCALITY_OF = {
    PlanType.STP_2016: "commissioned_by",
    PlanType.NHP_2026: "network_member_of",
}
"""The tie that says in which locality of a plan a practice lies: its CCG, or its PCN."""


class Visibility(models.TextChoices):
    """Who may read the plan itself."""

    CONFIDENTIAL = "confidential", "Confidential"
    IN_CONFIDENCE = "in_confidence", "Shared in confidence"
    PUBLIC = "public", "Public"


class Plan(models.Model):
    """A local plan on its way to sign-off.

    ``change_no`` rises with every write that can move a figure, in the same transaction;
    ``assessed_no`` is the ``change_no`` that the newest assessment had read. While the first is
    greater the plan is stale, and ``changed_at`` says since when. Nothing is ever cleared, so a
    change made while an assessment is being computed cannot be lost.
    """

    code = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=160)
    footprint = models.ForeignKey(Footprint, on_delete=models.PROTECT, related_name="plans")
    plan_type = models.CharField(max_length=12, choices=PlanType)
    visibility = models.CharField(
        max_length=14, choices=Visibility, default=Visibility.CONFIDENTIAL
    )
    starts_on = models.DateField()
    first_draft_on = models.DateField(null=True, blank=True)
    submission_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    change_no = models.PositiveBigIntegerField(default=1)
    assessed_no = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("title", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("footprint", "plan_type", "starts_on"), name="plans_plan_unique"
            ),
            models.CheckConstraint(
                condition=Q(submission_on__gt=F("starts_on")),
                name="plans_plan_submitted_after_start",
            ),
        )
        indexes = (
            models.Index(
                fields=("changed_at",),
                condition=Q(change_no__gt=F("assessed_no")),
                name="plans_plan_stale",
            ),
        )

    def __str__(self) -> str:
        return self.title


class Phase(models.Model):
    """A stretch of a plan's making, both days inclusive."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="phases")
    name = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ("plan", "starts_on")
        constraints = (
            models.UniqueConstraint(fields=("plan", "starts_on"), name="plans_phase_unique"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="plans_phase_ends_after_start",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} of {self.plan}"
