"""Which organisations are in the record because they answered a consultation."""

from django.db import models

from engagement.models.events import Event
from plans.models import Consultation
from stakeholders.models import Organisation


class Credited(models.Model):
    """An organisation's response to a consultation stands in the record, as part of ``event``.

    The row goes when the response is held back or matched with another organisation; its part in
    the event goes with it, and the history says so.
    """

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="engagement_credited"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="engagement_credited"
    )
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="credited")
    credited_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("consultation", "organisation"), name="engagement_credited_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation} answered {self.consultation}"
