"""The rows that hang on an event: credits, who took part, points, readers of the note.

``held_on`` is copied into credits and participations here and nowhere else. What stays the same
keeps its row, so that whatever refers to a participation goes on doing so.
"""

from engagement.models import Event, EventPlan, NoteReader, Participation, Point
from engagement.rules.record import Attendance, PointMade, Record


def write_new(event: Event, record: Record) -> None:
    """All children of a new event: one statement for each kind, whatever the number of people."""
    EventPlan.objects.bulk_create(
        EventPlan(event=event, plan_id=pk, held_on=event.held_on) for pk in record.plan_ids
    )
    Participation.objects.bulk_create(
        _participation(event, attendance) for attendance in record.attendances
    )
    Point.objects.bulk_create(_point(event, point) for point in record.points)
    write_readers(event, record)


def rewrite(event: Event, record: Record) -> None:
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
    _rewrite_points(event, record)


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


def _rewrite_points(event: Event, record: Record) -> None:
    wanted = list(record.points)
    gone = []
    for row in event.points.all():
        said = (row.text, row.theme, row.organisation_id, row.follow_up_by)
        same = next(
            (
                point
                for point in wanted
                if said == (point.text, point.theme, point.organisation_id, point.follow_up_by)
            ),
            None,
        )
        if same is None:
            gone.append(row.pk)
        else:
            wanted.remove(same)
    event.points.filter(pk__in=gone).delete()
    Point.objects.bulk_create(_point(event, point) for point in wanted)


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
