"""Organisations, when they were open, how large they were, and the ties between them."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from stakeholders.models.dated import DatedModel, ends_after_start


class Category(models.TextChoices):
    """What kind of body an organisation is."""

    GP_PRACTICE = "gp_practice", "GP practice"
    PCN = "pcn", "Primary care network"
    LMC = "lmc", "Local Medical Committee"
    COMMISSIONER = "commissioner", "CCG or sub-ICB location"
    ICB = "icb", "Integrated care board"
    TRUST = "trust", "NHS trust"
    COUNCIL = "council", "Local authority"
    HEALTH_AND_WELLBEING_BOARD = "hwb", "Health and Wellbeing Board"
    HEALTHWATCH = "healthwatch", "Healthwatch"
    ROYAL_COLLEGE = "royal_college", "Royal College"
    VCSE = "vcse", "Voluntary, community or social enterprise"
    SOCIAL_CARE = "social_care", "Social care"
    PUBLIC_HEALTH = "public_health", "Public health"
    GP_FEDERATION = "gp_federation", "GP federation"
    PATIENT_GROUP = "patient_group", "Patient group"
    INDEPENDENT = "independent", "Independent sector"
    REGION = "region", "NHS region"
    OTHER = "other", "Other"


GENERAL_PRACTICE = (
    Category.GP_PRACTICE,
    Category.PCN,
    Category.LMC,
    Category.GP_FEDERATION,
)
"""The categories through which general practice speaks for itself."""


class OrganisationQuerySet(models.QuerySet):
    """Organisations read aloud."""

    def open_on(self, day) -> Self:
        """Only organisations open on ``day``."""
        return self.filter(
            Q(open_periods__valid_to__isnull=True) | Q(open_periods__valid_to__gte=day),
            open_periods__valid_from__lte=day,
        )


class Organisation(models.Model):
    """A body that can be engaged. When it was open is kept in its open periods."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=200)
    category = models.CharField(max_length=16, choices=Category, db_index=True)
    address = models.CharField(max_length=250, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    is_synthetic = models.BooleanField(default=False)
    search_text = models.CharField(max_length=260, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ("name", "code")

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class OpenPeriod(DatedModel):
    """Days on which an organisation was open; a practice may close and open again."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="open_periods"
    )

    class Meta:
        ordering = ("organisation", "valid_from")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "valid_from"),
                name="stakeholders_openperiod_unique",
            ),
            ends_after_start("stakeholders_openperiod_ends_after_start"),
        )

    def __str__(self) -> str:
        return f"{self.organisation} from {self.valid_from}"


class ListSize(models.Model):
    """How many patients were registered with a practice on a day."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="list_sizes"
    )
    as_at = models.DateField()
    patients = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "as_at"), name="stakeholders_listsize_unique"
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation}: {self.patients} on {self.as_at}"


class Succession(models.Model):
    """One organisation takes over from another on a day."""

    predecessor = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="successions_from"
    )
    successor = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="successions_to"
    )
    happened_on = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("predecessor", "successor"),
                name="stakeholders_succession_unique",
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")),
                name="stakeholders_succession_of_another",
            ),
        )

    def __str__(self) -> str:
        return f"{self.predecessor} to {self.successor}"


class RelationshipKind(models.TextChoices):
    """How the first organisation stands to the second."""

    COMMISSIONED_BY = "commissioned_by", "is commissioned by"
    NETWORK_MEMBER_OF = "network_member_of", "is a member of the network"
    REPRESENTED_BY = "represented_by", "is represented by"
    BOARD_OF = "board_of", "is the board of"


class Relationship(DatedModel):
    """A dated tie between two organisations.

    A practice is represented by the LMC of its own row; where it has none, by that of its
    commissioner. ``partial`` marks a commissioner only some of whose practices the tie covers:
    those practices then carry rows of their own.
    """

    source = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="relationships_from"
    )
    target = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="relationships_to"
    )
    kind = models.CharField(max_length=20, choices=RelationshipKind)
    partial = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("source", "target", "kind", "valid_from"),
                name="stakeholders_relationship_unique",
            ),
            ends_after_start("stakeholders_relationship_ends_after_start"),
        )
        indexes = (
            models.Index(fields=("kind", "source", "valid_from"), name="stakeholders_rel_source"),
            models.Index(fields=("kind", "target", "valid_from"), name="stakeholders_rel_target"),
        )

    def __str__(self) -> str:
        return f"{self.source} {self.get_kind_display()} {self.target}"
