"""Footprints and who belongs to them when; plans, their phases, milestones and seats.

Every ``valid_from`` and ``valid_to`` is an inclusive day; an empty ``valid_to`` means "still".
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from stakeholders.models import DatedModel, Organisation, Person, ends_after_start


class Region(models.Model):
    """A region of the national body. Four of 2016 became seven in 2019."""

    code = models.CharField(max_length=6, unique=True)
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class FootprintKind(models.TextChoices):
    """What sort of area a footprint is."""

    SYSTEM = "system", "System"
    PLACE = "place", "Place"


class Footprint(models.Model):
    """An area that has one plan. ``tile_*`` place it on the tile map of the 44."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=FootprintKind, default=FootprintKind.SYSTEM)
    label = models.CharField(max_length=8, blank=True)
    tile_column = models.PositiveSmallIntegerField(null=True, blank=True)
    tile_row = models.PositiveSmallIntegerField(null=True, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("name", "code")
        constraints = (
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="plans_footprint_closes_after_opening",
            ),
        )

    def __str__(self) -> str:
        return self.name


class FootprintRegion(DatedModel):
    """In which region a footprint lay, from when to when."""

    footprint = models.ForeignKey(Footprint, on_delete=models.PROTECT, related_name="regions")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="footprints")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("footprint", "valid_from"), name="plans_footprintregion_unique"
            ),
            ends_after_start("plans_footprintregion_ends_after_start"),
        )

    def __str__(self) -> str:
        return f"{self.footprint} in {self.region}"


class FootprintSuccession(models.Model):
    """One footprint becomes part of another: three merged into one on 7 June 2018."""

    predecessor = models.ForeignKey(
        Footprint, on_delete=models.PROTECT, related_name="successions_from"
    )
    successor = models.ForeignKey(
        Footprint, on_delete=models.PROTECT, related_name="successions_to"
    )
    happened_on = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("predecessor", "successor"),
                name="plans_footprintsuccession_unique",
            ),
        )

    def __str__(self) -> str:
        return f"{self.predecessor} to {self.successor}"


class Extent(models.TextChoices):
    """How an organisation belongs to a footprint, and what that says of its practices.

    ``whole``: it belongs, and for a commissioner so do all its practices without a membership of
    their own. ``part``: only some of its practices belong, and each of those has a membership of
    its own. ``partner``: it is named as a partner; its practices are counted elsewhere.
    """

    WHOLE = "whole", "All of it"
    PART = "part", "Part of it"
    PARTNER = "partner", "Named as a partner"


class Membership(DatedModel):
    """An organisation belongs to a footprint on each of these days; many to many."""

    footprint = models.ForeignKey(Footprint, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="plans_memberships"
    )
    extent = models.CharField(max_length=8, choices=Extent, default=Extent.WHOLE)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("footprint", "organisation", "valid_from"),
                name="plans_membership_unique",
            ),
            ends_after_start("plans_membership_ends_after_start"),
        )
        indexes = (
            models.Index(fields=("organisation", "valid_from"), name="plans_membership_org"),
        )

    def __str__(self) -> str:
        return f"{self.organisation} in {self.footprint}"


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


class Capacity(models.TextChoices):
    """For whom a person spoke."""

    PROVIDER = "provider", "Provider"
    REPRESENTATIVE = "representative", "Representative body"
    COMMISSIONER = "commissioner", "Commissioner"
    EXPERT = "expert", "Expert"
    PUBLIC = "public", "Public or patient"


class BoardSeat(DatedModel):
    """A seat on a body that decides about a plan; no organisation means that it is vacant."""

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

    class Meta:
        ordering = ("plan", "organisation", "valid_from")
        constraints = (ends_after_start("plans_arrangement_ends_after_start"),)

    def __str__(self) -> str:
        return f"{self.description} with {self.organisation}"


class FootprintGrant(DatedModel):
    """A manager may write in one footprint, or in every footprint of one region."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="plans_grants"
    )
    footprint = models.ForeignKey(
        Footprint,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="grants",
    )
    region = models.ForeignKey(
        Region, null=True, blank=True, on_delete=models.PROTECT, related_name="grants"
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(footprint__isnull=True) ^ Q(region__isnull=True),
                name="plans_grant_footprint_or_region",
            ),
            ends_after_start("plans_grant_ends_after_start"),
        )

    def __str__(self) -> str:
        return f"{self.user} in {self.footprint or self.region}"
