"""Whom a manager has logged lately, and what looks like the same event logged before."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, Max, OuterRef, QuerySet

from accounts.models import User
from engagement.access import events_visible_to
from engagement.models import Event, EventPlan, Participation
from engagement.rules.attendees import key_of
from stakeholders.models import OpenPeriod


@dataclass(frozen=True, kw_only=True)
class Recent:
    """Somebody who was on a list before."""

    key: str
    name: str
    at: str


def recent_attendees(
    user: User, *, plan_ids: Iterable[int], day: dt.date, limit: int = 8
) -> list[Recent]:
    """Whom ``user`` logged last for one of these plans, where they are open on ``day``; one query."""
    credited = EventPlan.objects.filter(event=OuterRef("event"), plan__in=set(plan_ids))
    open_then = OpenPeriod.objects.on(day).filter(organisation=OuterRef("organisation"))
    rows = (
        Participation.objects.filter(
            Exists(credited),
            Exists(open_then),
            event__recorded_by=user,
            event__withdrawn_at__isnull=True,
        )
        .order_by()
        .values_list("organisation_id", "person_id", "organisation__name", "person__name")
        .annotate(last=Max("event_id"))
        .order_by("-last", "organisation__name", "person__name")[:limit]
    )
    return [
        Recent(
            key=key_of(organisation_id, person_id),
            name=person or organisation,
            at=organisation if person else "",
        )
        for organisation_id, person_id, organisation, person, _ in rows
    ]


def likely_doubles(
    user: User,
    *,
    held_on: dt.date,
    channel: str,
    organisation_ids: Iterable[int],
    editing: int | None,
    today: dt.date,
) -> QuerySet[Event]:
    """Events that ``user`` may see, of the same day and channel, with an organisation in common."""
    shared = Participation.objects.filter(
        event=OuterRef("pk"), organisation__in=set(organisation_ids)
    )
    return (
        events_visible_to(user, today=today)
        .filter(Exists(shared), held_on=held_on, channel=channel, withdrawn_at__isnull=True)
        .exclude(pk=editing or 0)
        .select_related("recorded_by")
    )


def names_in_common(
    events: Iterable[Event], organisation_ids: Iterable[int]
) -> dict[int, list[str]]:
    """Names of the organisations on the list that each event has too; one query."""
    shared = Participation.objects.filter(
        event__in=list(events), organisation__in=set(organisation_ids)
    )
    names: dict[int, list[str]] = defaultdict(list)
    rows = shared.order_by("organisation__name").values_list("event_id", "organisation__name")
    for event_id, name in rows.distinct():
        names[event_id].append(name)
    return names
