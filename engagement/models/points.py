"""Something that was said at an event, and what became of it in each plan."""

from typing import Self

from django.db import models

from consultations.models import Disposed, Theme, decided_with_reason
from engagement.models.events import Event
from plans.models import Plan
from stakeholders.models import Organisation


class PointQuerySet(models.QuerySet):
    """Points, and those of them that still stand in their records."""

    def standing(self) -> Self:
        """Without those that were taken off their record."""
        return self.filter(removed_at__isnull=True)


class Point(models.Model):
    """Something that was said, by whom, about what, and by when it is to be followed up.

    ``theme`` is the word that was typed beside it; the managed themes are in its fates. A point
    that was taken off its record after somebody had decided on it stays, with ``removed_at``.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="points")
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="engagement_points",
    )
    text = models.CharField(max_length=500)
    theme = models.CharField(max_length=60, blank=True)
    follow_up_by = models.DateField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = PointQuerySet.as_manager()

    class Meta:
        ordering = ("event", "id")

    def __str__(self) -> str:
        return self.text[:60]


class PointFate(Disposed):
    """What became of a point in one plan: its theme, and a decision of its own or its theme's.

    Without a ``disposition`` of its own, that of the theme stands for it. ``themed_at`` is when it
    was given the theme that it has.
    """

    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="fates")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="engagement_fates")
    theme = models.ForeignKey(
        Theme,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="engagement_fates",
    )
    themed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("plan", "point")
        constraints = (
            models.UniqueConstraint(fields=("point", "plan"), name="engagement_pointfate_once"),
            decided_with_reason("engagement_pointfate_decided_with_reason"),
        )

    def __str__(self) -> str:
        return f"What became of point {self.point_id} in {self.plan_id}"
