"""Organisations, people and how they hang together, each fact with the days on which it held.

Every ``valid_from`` and ``valid_to`` is an inclusive day; an empty ``valid_to`` means "still".
Codes are never reused, rows are closed and never deleted.
"""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q


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


def ends_after_start(name: str) -> models.CheckConstraint:
    """The database's own word that a dated row cannot end before it begins."""
    return models.CheckConstraint(
        condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name=name
    )


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


class Person(models.Model):
    """Somebody who speaks for organisations."""

    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    is_synthetic = models.BooleanField(default=False)

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class Post(DatedModel):
    """A role that a person holds at an organisation."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=120)

    class Meta:
        ordering = ("organisation", "person", "valid_from")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "organisation", "title", "valid_from"),
                name="stakeholders_post_unique",
            ),
            ends_after_start("stakeholders_post_ends_after_start"),
        )

    def __str__(self) -> str:
        return f"{self.person}, {self.title}"


class Representative(DatedModel):
    """A user who answers for an organisation."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="stakeholders_representatives",
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="representatives"
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "organisation", "valid_from"),
                name="stakeholders_representative_unique",
            ),
            ends_after_start("stakeholders_representative_ends_after_start"),
        )

    def __str__(self) -> str:
        return f"{self.user} for {self.organisation}"


class RegisterFile(models.Model):
    """A register file that was loaded: what it was, as at which day, and what it changed.

    ``as_history`` files fill in the past and never close what a newer file says is open.
    """

    kind = models.CharField(max_length=20)
    shape = models.CharField(max_length=40)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    as_at = models.DateField()
    as_history = models.BooleanField(default=False)
    rows = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    loaded_at = models.DateTimeField()
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("-loaded_at", "-id")
        indexes = (
            models.Index(fields=("kind", "shape", "-as_at"), name="stakeholders_latest_file"),
        )

    def __str__(self) -> str:
        return f"{self.name} as at {self.as_at}"
