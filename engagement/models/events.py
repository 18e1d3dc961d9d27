"""What happened: events, who took part and for whom they spoke, and what was said.

``held_on`` of an event is copied into its plans and participations by the one action that writes
them, so that the figures of a plan read one index. Nothing is deleted: a wrong record is
withdrawn with a reason and stays in history.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from plans.models import Capacity, Plan
from stakeholders.models import Organisation, Person


class Status(models.TextChoices):
    """Where an event stands."""

    PLANNED = "planned", "Planned"
    HAPPENED = "happened", "Happened"
    CANCELLED = "cancelled", "Cancelled"
    TRIED = "tried", "Tried, did not happen"


class CancelReason(models.TextChoices):
    """Why an event did not happen."""

    BY_US = "by_us", "We cancelled it"
    BY_THEM = "by_them", "They cancelled it"
    NO_RESPONSE = "no_response", "Nobody replied"
    TOO_FEW = "too_few", "Too few people could come"
    POSTPONED = "postponed", "Postponed to another date"
    OTHER = "other", "Another reason"


class Channel(models.TextChoices):
    """How people were reached."""

    MEETING = "meeting", "Meeting"
    WORKSHOP = "workshop", "Workshop"
    BOARD = "board", "Board or committee"
    VISIT = "visit", "Practice visit"
    PHONE = "phone", "Phone call"
    EMAIL = "email", "Email"
    LETTER = "letter", "Letter"
    WEBINAR = "webinar", "Webinar or video call"
    SURVEY = "survey", "Survey"
    DROP_IN = "drop_in", "Drop-in session"
    NEWSLETTER = "newsletter", "Newsletter"
    SOCIAL = "social", "Social media"


class Level(models.TextChoices):
    """How far people could influence the plan (the IAP2 spectrum)."""

    INFORM = "inform", "Inform"
    CONSULT = "consult", "Consult"
    INVOLVE = "involve", "Involve"
    COLLABORATE = "collaborate", "Collaborate"
    EMPOWER = "empower", "Empower"


class Event(models.Model):
    """One engagement event. ``version`` rises with each edit and guards against lost updates.

    ``draft_key`` is the id of the draft that it was saved from: the same form sent twice makes
    one event. ``period_reason`` says why it was logged for a plan whose time it lies outside of.
    """

    title = models.CharField(max_length=160)
    held_on = models.DateField()
    channel = models.CharField(max_length=12, choices=Channel)
    status = models.CharField(max_length=10, choices=Status)
    level = models.CharField(max_length=12, choices=Level)
    cancel_reason = models.CharField(max_length=12, choices=CancelReason, blank=True)
    period_reason = models.CharField(max_length=300, blank=True)
    summary = models.TextField(blank=True)
    restricted_note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    draft_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="engagement_events",
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

    class Meta:
        ordering = ("-held_on", "-id")
        indexes = (models.Index(fields=("-held_on", "-id"), name="engagement_event_newest"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                    & ~Q(withdrawn_reason="")
                ),
                name="engagement_event_withdrawn_by_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("cancelled", "tried")) ^ Q(cancel_reason=""),
                name="engagement_event_reason_if_it_did_not_happen",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}, {self.held_on}"


class NoteReader(models.Model):
    """A person, beside the author, who may read the restricted note of an event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="note_readers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="engagement_notes",
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("event", "user"), name="engagement_notereader_unique"),
        )

    def __str__(self) -> str:
        return f"{self.user} may read the note of {self.event}"


class EventPlan(models.Model):
    """The event is credited to this plan. Counted once nationally, once in each plan.

    The first six counts say how many organisations of the plan's footprint took part, and as what
    (``readiness.rules.facts.Contact`` says what each means); ``asked`` how many of general practice
    are named in their own voice, and ``named`` how many of it and of commissioners in any. They are
    a summary: empty until an assessment has counted them, and emptied again, all at once, by
    whatever may have moved them.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="credits")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="engagement_credits")
    held_on = models.DateField()
    own = models.PositiveIntegerField(null=True, editable=False)
    practices = models.PositiveIntegerField(null=True, editable=False)
    lmcs = models.PositiveIntegerField(null=True, editable=False)
    proxy = models.PositiveIntegerField(null=True, editable=False)
    other = models.PositiveIntegerField(null=True, editable=False)
    told = models.PositiveIntegerField(null=True, editable=False)
    asked = models.PositiveIntegerField(null=True, editable=False)
    named = models.PositiveIntegerField(null=True, editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("event", "plan"), name="engagement_eventplan_unique"),
        )
        indexes = (
            models.Index(fields=("plan", "-held_on", "-event"), name="engagement_plan_newest"),
            models.Index(
                fields=("plan",), condition=Q(own__isnull=True), name="engagement_plan_uncounted"
            ),
        )

    def __str__(self) -> str:
        return f"{self.event} for {self.plan}"


class Outcome(models.TextChoices):
    """What came of asking somebody to take part."""

    ATTENDED = "attended", "Attended"
    RESPONDED = "responded", "Responded"
    INVITED = "invited", "Invited"
    ATTEMPTED = "attempted", "Tried, no response"
    APOLOGISED = "apologised", "Apologised"
    NO_SHOW = "no_show", "Did not come"
    INFORMED = "informed", "Was sent it"
    ASKED_US = "asked_us", "Asked us, no answer"


class Participation(models.Model):
    """One organisation's, and where known one person's, part in an event, and as what."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="participations")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="engagement_participations"
    )
    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="engagement_participations",
    )
    capacity = models.CharField(max_length=14, choices=Capacity)
    outcome = models.CharField(max_length=10, choices=Outcome)
    held_on = models.DateField()

    class Meta:
        ordering = ("event", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("event", "organisation", "person"),
                name="engagement_participation_unique",
            ),
            models.UniqueConstraint(
                fields=("event", "organisation"),
                condition=Q(person__isnull=True),
                name="engagement_participation_unnamed_once",
            ),
        )
        indexes = (
            models.Index(fields=("organisation", "-held_on"), name="engagement_org_newest"),
            models.Index(fields=("person", "-held_on"), name="engagement_person_newest"),
        )

    def __str__(self) -> str:
        return f"{self.organisation} at {self.event}"
