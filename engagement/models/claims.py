"""What organisations add from their side: what a record misses, and members' comments."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from engagement.models.attestations import Attestation
from engagement.models.events import Channel, Event
from files.models import StoredFile
from plans.models import Consultation, Plan
from stakeholders.models import Organisation


class ClaimKind(models.TextChoices):
    """What an organisation says that the record misses."""

    MET = "met", "We met or spoke"
    SENT = "sent", "We sent our views"
    NO_REPLY = "no_reply", "We asked to be involved and heard nothing"


class ClaimState(models.TextChoices):
    """What the managers did with it; ``taken_back`` is its author's."""

    OPEN = "open", "Waiting for the managers"
    ACCEPTED = "accepted", "Accepted into the record"
    LINKED = "linked", "Already in the record"
    DECLINED = "declined", "Declined"
    TAKEN_BACK = "taken_back", "Taken back"


class Claim(models.Model):
    """An engagement that an organisation adds from its side, marked as claimed by it.

    It counts for nothing by itself. A manager accepts it into the record or links it to an event
    that is there (``event``), or declines it with a reason; it is never edited or deleted. ``words``
    are the organisation's own.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="engagement_claims")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="engagement_claims"
    )
    kind = models.CharField(max_length=10, choices=ClaimKind)
    happened_on = models.DateField()
    channel = models.CharField(max_length=12, choices=Channel)
    with_whom = models.CharField(max_length=200, blank=True)
    words = models.TextField()
    claimed_at = models.DateTimeField()
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="engagement_claims"
    )
    state = models.CharField(max_length=10, choices=ClaimState, default=ClaimState.OPEN)
    event = models.ForeignKey(
        Event, null=True, blank=True, on_delete=models.PROTECT, related_name="claims"
    )
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    form_key = models.UUIDField(unique=True)

    class Meta:
        ordering = ("-claimed_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(state="open") ^ Q(decided_at__isnull=False),
                name="engagement_claim_decided_when",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("accepted", "linked")) ^ Q(event__isnull=True),
                name="engagement_claim_event_if_in_the_record",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""),
                name="engagement_claim_declined_says_why",
            ),
        )
        indexes = (
            models.Index(fields=("plan",), condition=Q(state="open"), name="engagement_claim_open"),
        )

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_kind_display()}, {self.happened_on}"


class Evidence(models.Model):
    """A file or a link that goes with an answer or a claim; never changed or removed."""

    attestation = models.ForeignKey(
        Attestation, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    claim = models.ForeignKey(
        Claim, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    file = models.ForeignKey(
        StoredFile,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="engagement_evidence",
    )
    url = models.URLField(max_length=500, blank=True)
    name = models.CharField(max_length=200)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(attestation__isnull=True) ^ Q(claim__isnull=True),
                name="engagement_evidence_of_one",
            ),
            models.CheckConstraint(
                condition=Q(file__isnull=True) ^ Q(url=""), name="engagement_evidence_file_or_link"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Collation(models.Model):
    """A lead gathers the comments of member practices on a plan into one response.

    Whoever has ``code`` may comment until ``closes_on``, without an account. Only the people who
    answer for the organisation read the comments. Sending the response (a claim) closes it; where
    it is about a consultation, the response is one to that as well.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="engagement_collations"
    )
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="engagement_collations")
    consultation = models.ForeignKey(
        Consultation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="engagement_collations",
    )
    question = models.CharField(max_length=300)
    code = models.CharField(max_length=12, unique=True)
    closes_on = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="engagement_collations"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    response = models.OneToOneField(
        Claim, null=True, blank=True, on_delete=models.PROTECT, related_name="collation"
    )

    class Meta:
        ordering = ("-opened_at", "-id")

    def __str__(self) -> str:
        return f"{self.organisation} asks its members about {self.plan}"


class Comment(models.Model):
    """What a member wrote to its lead; ``left_out_at`` when the lead does not use it."""

    collation = models.ForeignKey(Collation, on_delete=models.PROTECT, related_name="comments")
    practice = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="engagement_comments",
    )
    name = models.CharField(max_length=120, blank=True)
    words = models.TextField()
    written_at = models.DateTimeField()
    left_out_at = models.DateTimeField(null=True, blank=True)
    form_key = models.UUIDField(unique=True)

    class Meta:
        ordering = ("written_at", "id")

    def __str__(self) -> str:
        return f"A comment to {self.collation_id}"  # never its words: texts of rows are logged
