"""The summary of reach: worked out from participations, so that a plan is read at once.

It serves today only, and only after it was brought up to date (``readiness.actions.summary``).
"""

from django.db import models
from django.db.models import Q

from plans.models import Plan
from stakeholders.models import Organisation


class Reach(models.Model):
    """How far one organisation was reached for one plan: a summary of its participations.

    The last and first days are those of the ladder's rungs; ``asked_ahead`` is the earliest day
    that lies ahead on which it is planned to be asked. ``is_due`` says that a correction has touched
    it and that it must be worked out anew before it is read; ``changes_on`` that it must from that
    day on, because what lies ahead now has come by then.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="engagement_reach")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="engagement_reach"
    )
    first_heard = models.DateField(null=True)
    last_heard = models.DateField(null=True)
    last_attempt = models.DateField(null=True)
    last_told = models.DateField(null=True)
    asked_ahead = models.DateField(null=True)
    changes_on = models.DateField(null=True)
    is_due = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "organisation"), name="engagement_reach_unique"
            ),
        )
        indexes = (
            models.Index(fields=("plan",), condition=Q(is_due=True), name="engagement_reach_due"),
            models.Index(
                fields=("plan", "changes_on"),
                condition=Q(changes_on__isnull=False),
                name="engagement_reach_changes",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation} in {self.plan}"


class SummaryDay(models.Model):
    """The day and the register for which the summary of a plan stands.

    What was counted before, when other organisations may have belonged to the footprint, must be
    counted anew first. ``register_no`` is the id of the newest register file then, 0 where none was
    loaded. The row is also the lock by which only one worker at a time refreshes a plan's summary.
    """

    plan = models.OneToOneField(
        Plan, on_delete=models.CASCADE, primary_key=True, related_name="engagement_summary_day"
    )
    as_at = models.DateField()
    register_no = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"{self.plan} as at {self.as_at}"
