"""The ledger of one organisation: which events name it, and as what."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from engagement.models import Event, Participation
from engagement.queries.answers import is_disputed
from stakeholders.models import Organisation


def events_naming(events: QuerySet[Event], organisation: Organisation) -> QuerySet[Event]:
    """The events of ``events`` in which the organisation is named, whatever came of it."""
    named = Participation.objects.filter(event=OuterRef("pk"), organisation=organisation)
    return events.filter(Exists(named)).select_related("recorded_by")


def parts_in(events: Iterable[Event], organisation: Organisation) -> dict[int, list[Participation]]:
    """The organisation's participations in these events by the event's id; one query."""
    found: dict[int, list[Participation]] = defaultdict(list)
    for part in (
        Participation.objects.filter(
            event__in=[event.pk for event in events], organisation=organisation
        )
        .annotate(is_disputed=is_disputed())
        .select_related("person", "organisation")
        .order_by("person__name", "pk")
    ):
        found[part.event_id].append(part)
    return found
