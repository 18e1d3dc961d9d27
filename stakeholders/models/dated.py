"""Facts with the days on which they held."""

from typing import Self

from django.db import models
from django.db.models import F, Q


class DatedQuerySet(models.QuerySet):
    """Rows that hold from one day to another."""

    def on(self, day) -> Self:
        """Only rows that held on ``day``."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


class DatedModel(models.Model):
    """A fact with the days on which it held, both inclusive."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True


class GrantQuerySet(DatedQuerySet):
    """What people may do from one day to another."""

    def on(self, day) -> Self:
        """Only what held on ``day``."""
        return super().on(day).filter(taken_back_at__isnull=True)


class GrantModel(DatedModel):
    """Something that a person may do on each of these days.

    What was taken back before its first day was over has held on no day.
    """

    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = GrantQuerySet.as_manager()  # type: ignore[misc]  # a narrower manager

    class Meta:
        abstract = True


def ends_after_start(name: str) -> models.CheckConstraint:
    """The database's own word that a dated row cannot end before it begins."""
    return models.CheckConstraint(
        condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name=name
    )
