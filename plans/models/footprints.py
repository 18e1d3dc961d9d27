"""Regions and footprints, who belongs to them when, and who may write in them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from stakeholders.models import DatedModel, GrantModel, Organisation, ends_after_start


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


class FootprintGrant(GrantModel):
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
