"""Facts that somebody recorded at a moment, and that are withdrawn with a reason and never deleted."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q


class RecordedQuerySet(models.QuerySet):
    """Rows that say by themselves when the service learnt of them and until when it believed them."""

    def standing(self) -> Self:
        """Only rows that nobody has withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def known(self, at: dt.datetime | None) -> Self:
        """What the service held before the moment ``at``; None: what it holds now."""
        if at is None:
            return self.standing()
        return self.filter(
            Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=at), recorded_at__lt=at
        )


class RecordedModel(models.Model):
    """Who recorded a fact and when; ``withdrawn_*`` once it was found to be wrong."""

    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True


def withdrawn_with_reason(name: str) -> models.CheckConstraint:
    """The database's own word that nothing is withdrawn without a reason."""
    return models.CheckConstraint(
        condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""), name=name
    )
