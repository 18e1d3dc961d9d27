"""Flags, who acts on them, and the help that is offered."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from engagement.models import Event
from plans.models import Plan
from readiness.models.assessments import Assessment


class Severity(models.TextChoices):
    """How near the milestone is; the policy's ``flag_days`` say from which day on."""

    NOTICE = "notice", "Notice"
    RAISED = "raised", "Raised"
    HIGH = "high", "High"
    URGENT = "urgent", "Urgent"


class Flag(models.Model):
    """A must that is not met on one plan, from the day it was found to the day it cleared.

    Open while ``cleared_at`` is empty; one open flag per plan and criterion. ``cleared_by`` is the
    event that cleared it, where one did; ``cleared_because`` always says why. ``previous`` is the
    cleared flag that this one opened again. Acknowledged once somebody owns it: ``action`` is what
    ``owner`` will do by ``due_on``.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="readiness_flags")
    key = models.SlugField(max_length=40)
    severity = models.CharField(max_length=8, choices=Severity)
    figure = models.CharField(max_length=300)
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="flags_raised")
    severity_since = models.DateTimeField()
    previous = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reopened_as"
    )
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="readiness_flags",
    )
    action = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True, blank=True)
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
            models.CheckConstraint(
                condition=Q(
                    acknowledged_at__isnull=True, owner__isnull=True, action="", due_on__isnull=True
                )
                | (
                    Q(acknowledged_at__isnull=False, owner__isnull=False, due_on__isnull=False)
                    & ~Q(action="")
                ),
                name="readiness_flag_acknowledged_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.key} on {self.plan}"


class SupportOffer(models.Model):
    """An offer of help that a flag opened; ``owner`` sees it through until it is closed."""

    flag = models.ForeignKey(Flag, on_delete=models.PROTECT, related_name="offers")
    what = models.CharField(max_length=300)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="readiness_offers"
    )
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    outcome = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("flag", "offered_at")
        constraints = (
            models.UniqueConstraint(
                fields=("flag",),
                condition=Q(closed_at__isnull=True),
                name="readiness_offer_one_open",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) ^ ~Q(outcome=""),
                name="readiness_offer_closed_with_outcome",
            ),
        )

    def __str__(self) -> str:
        return f"{self.what} for {self.flag}"
