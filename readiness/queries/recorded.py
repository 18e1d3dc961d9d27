"""Events as they stood in the record before some moment, whatever happened to them since.

An event that was recorded later is left out and one that was withdrawn later is taken in. One that
was amended later is put back: the audit trail holds what each amendment replaced.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from engagement.models import Event, EventPlan, Participation
from readiness.queries.asked import Asked
from readiness.queries.trail import day, label_of
from readiness.rules.facts import Part
from stakeholders.models import Organisation

Attended = tuple[int, str, str]
"""An organisation's id, in which capacity it took part, with what outcome."""


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """One event as it stood: to which plans it was credited and who took part."""

    event_id: int
    title: str
    held_on: dt.date
    channel: str
    level: str
    status: str
    recorded_on: dt.date
    plan_ids: frozenset[int]
    attended: tuple[Attended, ...]

    def parts(self, categories: Mapping[int, str]) -> Iterator[Part]:
        """A part for each organisation and person; whose home is here is not yet known."""
        for organisation_id, capacity, outcome in self.attended:
            yield Part(
                event_id=self.event_id,
                title=self.title,
                held_on=self.held_on,
                channel=self.channel,
                level=self.level,
                status=self.status,
                recorded_on=self.recorded_on,
                organisation_id=organisation_id,
                category=categories[organisation_id],
                capacity=capacity,
                outcome=outcome,
            )


@dataclass(frozen=True, kw_only=True)
class Record:
    """All events that were credited to the plans asked about, and the categories of those named.

    ``rows`` are the same events as they stand now.
    """

    rows: QuerySet[Event]
    events: Mapping[int, Recorded]
    categories: Mapping[int, str]

    def of_plan(self, plan_id: int) -> list[Recorded]:
        """The events that were credited to one plan."""
        return [event for event in self.events.values() if plan_id in event.plan_ids]


def record_known(asked: Asked) -> Record:
    """The record of these plans as it stood before ``asked.known``; four statements at most.

    It reads every part in every event of these plans: for a page about one plan, not for a board.
    """
    before = asked.before.get(label_of(Event), {})
    rows = asked.events().filter(_credited(asked, before))
    columns = ("pk", "title", "held_on", "channel", "level", "status", "recorded_at")
    there = {pk: (pk, *rest) for pk, *rest in rows.values_list(*columns)}
    credited = _grouped(EventPlan.objects.filter(event__in=rows), ("plan_id",))
    found = Participation.objects.filter(event__in=rows)
    took_part = _grouped(
        found, ("organisation_id", "capacity", "outcome", "organisation__category")
    )
    categories = {row[0]: row[3] for parts in took_part.values() for row in parts}
    events = {
        pk: _as_it_was(
            row,
            asked.was(Event, pk),
            plans=[plan_id for (plan_id,) in credited[pk]],
            attended=[parts[:3] for parts in took_part[pk]],
        )
        for pk, row in there.items()
    }
    categories |= _missing(events, categories)
    return Record(rows=rows, events=events, categories=categories)


def _credited(asked: Asked, before: Mapping[int, Mapping[str, Any]]) -> Q:
    """Events that are credited to one of the plans, or that were until an amendment."""
    if asked.plan_ids is None:
        return Q()
    wanted = set(asked.plan_ids)
    once = [pk for pk, state in before.items() if wanted.intersection(state.get("plans", ()))]
    now = EventPlan.objects.filter(plan__in=wanted).values("event")
    return Q(pk__in=now) | Q(pk__in=once)


def _grouped(
    rows: QuerySet[Any], columns: tuple[str, ...]
) -> defaultdict[int, list[tuple[Any, ...]]]:
    found: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for pk, *rest in rows.values_list("event_id", *columns):
        found[pk].append(tuple(rest))
    return found


def _as_it_was(
    row: tuple[Any, ...],
    before: Mapping[str, Any],
    *,
    plans: Iterable[int],
    attended: Iterable[tuple[Any, ...]],
) -> Recorded:
    pk, title, held_on, channel, level, status, recorded_at = row
    if "attendances" in before:
        attended = [(organisation, *how) for organisation, _, *how in before["attendances"]]
    return Recorded(
        event_id=pk,
        title=before.get("title", title),
        held_on=day(before.get("held_on")) or held_on,
        channel=before.get("channel", channel),
        level=before.get("level", level),
        status=before.get("status", status),
        recorded_on=timezone.localtime(recorded_at).date(),
        plan_ids=frozenset(before.get("plans", plans)),
        attended=tuple((organisation, *how) for organisation, *how in attended),
    )


def _missing(events: Mapping[int, Recorded], known: Mapping[int, str]) -> dict[int, str]:
    """The categories of organisations that only the audit trail names."""
    named = {one for event in events.values() for one, _, _ in event.attended}
    if not (unknown := named - known.keys()):
        return {}
    rows = Organisation.objects.filter(pk__in=unknown)
    return dict(rows.values_list("pk", "category"))
