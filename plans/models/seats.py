"""Who sits on the bodies that decide about a plan, and what was formally arranged."""

from django.db import models

from plans.models.plans import Plan
from stakeholders.models import DatedModel, Organisation, Person, ends_after_start


class Capacity(models.TextChoices):
    """For whom a person spoke."""

    PROVIDER = "provider", "Provider"
    REPRESENTATIVE = "representative", "Representative body"
    COMMISSIONER = "commissioner", "Commissioner"
    EXPERT = "expert", "Expert"
    PUBLIC = "public", "Public or patient"


class BoardSeat(DatedModel):
    """A seat on a body that decides about a plan; no organisation means that it is vacant.

    ``recorded_at`` is empty for what came with the service or was recorded before it was kept.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="seats")
    body = models.CharField(max_length=120)
    title = models.CharField(max_length=120)
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plans_seats",
    )
    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plans_seats",
    )
    capacity = models.CharField(max_length=14, choices=Capacity)
    voting = models.BooleanField(default=True)
    recorded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("plan", "body", "title", "valid_from")
        constraints = (ends_after_start("plans_boardseat_ends_after_start"),)

    def __str__(self) -> str:
        return f"{self.title} on {self.body}"


class Arrangement(DatedModel):
    """A formal arrangement with a partner: a memorandum, terms of reference, a contract."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="arrangements")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="plans_arrangements"
    )
    description = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("plan", "organisation", "valid_from")
        constraints = (ends_after_start("plans_arrangement_ends_after_start"),)

    def __str__(self) -> str:
        return f"{self.description} with {self.organisation}"
