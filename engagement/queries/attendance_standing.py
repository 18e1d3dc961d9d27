"""Records as they stand, hundreds at once: what is put to organisations and kept in the history.

Their parts are plain tuples, because a list may bring ten thousand of them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from engagement.models import Event, Participation, Point
from engagement.rules.asking import Facts, Part
from engagement.rules.record import Record
from stakeholders.models import Person


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """One event with what hangs on it. ``parts``: organisation and what it did, in order."""

    event: Event
    parts: Sequence[tuple[int, Part]]
    points: Sequence[Point]

    def facts(self) -> Facts:
        """What the record says as it is put to those whom it names."""
        event = self.event
        parts: dict[int, frozenset[Part]] = {}
        for organisation, part in self.parts:
            there = parts.get(organisation)
            parts[organisation] = there | {part} if there else _alone(part)
        points: dict[int, list[str]] = defaultdict(list)
        for point in self.points:
            if point.organisation_id is not None and point.removed_at is None:
                points[point.organisation_id].append(point.text)
        return Facts(
            held_on=event.held_on,
            channel=event.channel,
            level=event.level,
            status=event.status,
            withdrawn=event.withdrawn_at is not None,
            parts=parts,
            points={one: tuple(sorted(found)) for one, found in points.items()},
        )


@lru_cache(maxsize=1_000)
def _alone(part: Part) -> frozenset[Part]:
    return frozenset({part})


def as_written(event: Event, record: Record) -> Standing:
    """An event that was written a moment ago, by what was written: nothing is read."""
    parts = [
        (one.organisation_id, (one.person_id, one.capacity, one.outcome))
        for one in record.attendances
    ]
    points = [Point(organisation_id=one.organisation_id, text=one.text) for one in record.points]
    return Standing(event=event, parts=parts, points=points)


def as_they_stand(events: Iterable[Event]) -> dict[int, Standing]:
    """These events with their parts and points, as they are recorded now; two queries."""
    by_id = {one.pk: one for one in events}
    if not by_id:
        return {}
    parts: dict[int, list[tuple[int, Part]]] = defaultdict(list)
    # What is the same in thousands of parts is kept once, or the garbage collector walks it all.
    same: dict[tuple[int, Part], tuple[int, Part]] = {}
    rows = Participation.objects.filter(event__in=by_id).order_by("event", "id")
    for pk, organisation, person, capacity, outcome in rows.values_list(
        "event_id", "organisation_id", "person_id", "capacity", "outcome"
    ):
        one = organisation, (person, capacity, outcome)
        parts[pk].append(same.setdefault(one, one))
    points: dict[int, list[Point]] = defaultdict(list)
    for point in Point.objects.filter(event__in=by_id).order_by("event", "id"):
        points[point.event_id].append(point)
    return {
        pk: Standing(event=event, parts=parts[pk], points=points[pk]) for pk, event in by_id.items()
    }


def may_be_written_to(person_ids: Collection[int]) -> dict[int, Person]:
    """Those of these people who have an address and may be written to; one query, or none."""
    if not person_ids:
        return {}
    found = Person.objects.filter(pk__in=person_ids, contact_permitted=True)
    return found.exclude(email="").in_bulk()
