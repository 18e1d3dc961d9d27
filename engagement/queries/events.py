"""The event list and what stands on one event's page."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from engagement.models import Event, EventPlan, Outcome, Participation, Point
from engagement.queries.answers import is_disputed
from plans.membership import belonging
from plans.models import Plan

TOOK_PART = (Outcome.ATTENDED, Outcome.RESPONDED)
WITHDRAWN = "withdrawn"
"""Asked for in place of a status: the records that were taken back."""


@dataclass(frozen=True, kw_only=True)
class EventFilters:
    """What the reader asked for; empty asks for everything. ``organisation`` and ``plan`` are codes."""

    plan: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    channel: str = ""
    status: str = ""
    level: str = ""
    organisation: str = ""
    category: str = ""
    words: str = ""

    @property
    def any(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


@dataclass(frozen=True, kw_only=True)
class Turnout:
    """How many organisations took part in an event, how many more were asked, how many told."""

    took_part: int = 0
    asked: int = 0
    told: int = 0


def filtered(events: QuerySet[Event], filters: EventFilters) -> QuerySet[Event]:
    """The events of ``events`` that were asked for; withdrawn ones only where asked for by name."""
    took_back = filters.status == WITHDRAWN
    events = events.filter(withdrawn_at__isnull=not took_back)
    if filters.status and not took_back:
        events = events.filter(status=filters.status)
    exact = {"channel": filters.channel, "level": filters.level}
    events = events.filter(**{name: value for name, value in exact.items() if value})
    events = _between(events, filters.since, filters.until)
    if filters.words:
        events = events.filter(
            Q(title__icontains=filters.words) | Q(summary__icontains=filters.words)
        )
    return _about(events, filters)


def _between(
    events: QuerySet[Event], since: dt.date | None, until: dt.date | None
) -> QuerySet[Event]:
    if since:
        events = events.filter(held_on__gte=since)
    if until:
        events = events.filter(held_on__lte=until)
    return events


def _about(events: QuerySet[Event], filters: EventFilters) -> QuerySet[Event]:
    """Through ``exists`` and never a join: a join needs ``distinct``, which reads every event."""
    if filters.plan:
        credited = EventPlan.objects.filter(event=OuterRef("pk"), plan__code=filters.plan)
        events = events.filter(Exists(credited))
    parts = Participation.objects.filter(event=OuterRef("pk"))
    if filters.organisation:
        events = events.filter(Exists(parts.filter(organisation__code=filters.organisation)))
    if filters.category:
        events = events.filter(Exists(parts.filter(organisation__category=filters.category)))
    return events


def plans_credited(events: Iterable[Event]) -> dict[int, list[Plan]]:
    """The plans of each event by the event's id; one query."""
    found = defaultdict(list)
    for credit in (
        EventPlan.objects.filter(event__in=_ids(events))
        .select_related("plan__footprint")
        .order_by("plan__title")
    ):
        found[credit.event_id].append(credit.plan)
    return found


def turnouts(events: Iterable[Event]) -> dict[int, Turnout]:
    """How many organisations each event reached, by the event's id; one query."""
    took_part = Count("organisation", filter=Q(outcome__in=TOOK_PART), distinct=True)
    told = Count("organisation", filter=Q(outcome=Outcome.INFORMED), distinct=True)
    return {
        event: Turnout(took_part=came, asked=max(0, everybody - came - told), told=told)
        for event, came, told, everybody in Participation.objects.filter(event__in=_ids(events))
        .values("event")
        .annotate(came=took_part, told=told, everybody=Count("organisation", distinct=True))
        .values_list("event", "came", "told", "everybody")
    }


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Who was part of an event, and which of them belong to which footprint today."""

    parts: list[Participation]
    belonging: frozenset[tuple[int, int]]

    def within(self, plan: Plan) -> list[Participation]:
        """The participations of organisations in the area of ``plan``."""
        return [part for part in self.parts if self.is_within(part, plan)]

    def is_within(self, part: Participation, plan: Plan) -> bool:
        return (plan.footprint_id, part.organisation_id) in self.belonging


def reach_of(event: Event, *, today: dt.date) -> Reach:
    """Everybody named in the event, with organisation and person; two queries."""
    parts: list[Participation] = list(
        event.participations.annotate(is_disputed=is_disputed())
        .select_related("organisation", "person")
        .order_by("organisation__name", "person__name", "pk")
    )
    ids = {part.organisation_id for part in parts}
    return Reach(parts=parts, belonging=belonging(organisation_ids=ids, day=today))


def points_of(event: Event) -> list[Point]:
    """What was said; one query."""
    return list(event.points.standing().select_related("organisation").order_by("pk"))


def readers_of_note(event: Event) -> list[str]:
    """The names of those who may read the restricted note, beside its author; one query."""
    return list(event.note_readers.order_by("user__name").values_list("user__name", flat=True))


def _ids(events: Iterable[Event]) -> Sequence[int]:
    return [event.pk for event in events]
