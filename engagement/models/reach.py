"""The summary of reach: worked out from participations, so that a plan is read at once."""

from django.db import models
from django.db.models import Q

from plans.models import Plan
from stakeholders.models import Organisation


class Reach(models.Model):
    """How far one organisation was reached for one plan: a summary of its participations.

    The last and first days are those of the ladder's rungs. ``is_due`` says that a correction has
    touched it and that it must be worked out anew before it is read.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="engagement_reach")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="engagement_reach"
    )
    first_heard = models.DateField(null=True)
    last_heard = models.DateField(null=True)
    last_attempt = models.DateField(null=True)
    last_told = models.DateField(null=True)
    is_due = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "organisation"), name="engagement_reach_unique"
            ),
        )
        indexes = (
            models.Index(fields=("plan",), condition=Q(is_due=True), name="engagement_reach_due"),
        )

    def __str__(self) -> str:
        return f"{self.organisation} in {self.plan}"
