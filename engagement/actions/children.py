"""The rows that hang on an event: credits, who took part, points, readers of the note.

``held_on`` is copied into credits and participations here and nowhere else. What stays the same
keeps its row, so that whatever refers to a participation or a point goes on doing so.
"""

import datetime as dt
from collections.abc import Mapping

from django.db.models import F

from engagement.models import Event, EventPlan, NoteReader, Participation, Point, PointFate
from engagement.rules.points import PointThere, paired
from engagement.rules.record import Attendance, PointMade, Record
from jobs.bulk import insert


def write_new(event: Event, record: Record) -> None:
    """All children of a new event: one statement for each kind, whatever the number of people."""
    EventPlan.objects.bulk_create(
        EventPlan(event=event, plan_id=pk, held_on=event.held_on) for pk in record.plan_ids
    )
    insert(
        Participation,
        ("event", "organisation", "person", "capacity", "outcome", "held_on"),
        (
            (event.pk, one.organisation_id, one.person_id, one.capacity, one.outcome, event.held_on)
            for one in record.attendances
        ),
    )
    Point.objects.bulk_create(_point(event, point) for point in record.points)
    NoteReader.objects.bulk_create(NoteReader(event=event, user_id=pk) for pk in record.reader_ids)


def rewrite(event: Event, record: Record, *, now: dt.datetime) -> None:
    """The children as the record now says, touching only those that differ."""
    event.credits.exclude(plan__in=record.plan_ids).delete()
    event.credits.exclude(held_on=record.held_on).update(held_on=record.held_on)
    credited = set(event.credits.values_list("plan_id", flat=True))
    EventPlan.objects.bulk_create(
        EventPlan(event=event, plan_id=pk, held_on=record.held_on)
        for pk in record.plan_ids
        if pk not in credited
    )
    _rewrite_participations(event, record)
    _rewrite_points(event, record, now=now)


def write_readers(event: Event, record: Record) -> None:
    """Exactly these people may read the restricted note, beside its author."""
    event.note_readers.exclude(user__in=record.reader_ids).delete()
    known = set(event.note_readers.values_list("user_id", flat=True))
    NoteReader.objects.bulk_create(
        NoteReader(event=event, user_id=pk) for pk in record.reader_ids if pk not in known
    )


def _rewrite_participations(event: Event, record: Record) -> None:
    there = {(row.organisation_id, row.person_id): row for row in event.participations.all()}
    wanted = {(one.organisation_id, one.person_id): one for one in record.attendances}
    gone = [row.pk for pair, row in there.items() if pair not in wanted]
    event.participations.filter(pk__in=gone).delete()
    event.participations.exclude(held_on=record.held_on).update(held_on=record.held_on)
    changed = []
    for pair, row in there.items():
        now = wanted.get(pair)
        if now and (row.capacity, row.outcome) != (now.capacity, now.outcome):
            row.capacity, row.outcome = now.capacity, now.outcome
            changed.append(row)
    Participation.objects.bulk_update(changed, ("capacity", "outcome"))
    Participation.objects.bulk_create(
        _participation(event, one) for pair, one in wanted.items() if pair not in there
    )


def _rewrite_points(event: Event, record: Record, *, now: dt.datetime) -> None:
    """A point on which somebody decided keeps its row: edited in place, or taken off and kept."""
    rows = {row.pk: row for row in event.points.select_for_update().order_by("pk")}
    if not rows and not record.points:
        return
    settled = set(PointFate.objects.filter(point__in=rows).values_list("point_id", flat=True))
    there = [
        PointThere(
            pk=row.pk,
            made=_made(row),
            is_settled=row.pk in settled,
            is_removed=row.removed_at is not None,
        )
        for row in rows.values()
    ]
    found = paired(there, record.points)
    event.points.filter(pk__in=found.deleted).delete()
    event.points.filter(pk__in=found.removed).update(removed_at=now)
    _edit_points(rows, found.edited)
    Point.objects.bulk_create(_point(event, point) for point in found.new)


def _edit_points(rows: Mapping[int, Point], edited: Mapping[int, PointMade]) -> None:
    """The rows say what they are to say; whoever is about to decide on one looks at it again."""
    if not edited:
        return
    for pk, made in edited.items():
        row = rows[pk]
        row.text, row.theme, row.removed_at = made.text, made.theme, None
        row.organisation_id, row.follow_up_by = made.organisation_id, made.follow_up_by
    columns = ("text", "theme", "organisation", "follow_up_by", "removed_at")
    Point.objects.bulk_update([rows[pk] for pk in edited], columns)
    PointFate.objects.filter(point__in=list(edited)).update(version=F("version") + 1)


def _made(row: Point) -> PointMade:
    return PointMade(
        text=row.text,
        theme=row.theme,
        organisation_id=row.organisation_id,
        follow_up_by=row.follow_up_by,
    )


def _participation(event: Event, attendance: Attendance) -> Participation:
    return Participation(
        event=event,
        organisation_id=attendance.organisation_id,
        person_id=attendance.person_id,
        capacity=attendance.capacity,
        outcome=attendance.outcome,
        held_on=event.held_on,
    )


def _point(event: Event, point: PointMade) -> Point:
    return Point(
        event=event,
        text=point.text,
        theme=point.theme,
        organisation_id=point.organisation_id,
        follow_up_by=point.follow_up_by,
    )
