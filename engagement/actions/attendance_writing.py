"""Writes a confirmed attendance list into the record: all of it in one transaction, or nothing.

The same number of statements for one event and for two hundred. What somebody else has changed
since the preview is looked at again, by way of a new preview.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts import audit
from accounts.models import User
from engagement.actions.asking_all import ask_about_all
from engagement.actions.attendance_lists import queue_match, queue_write
from engagement.actions.attendance_people import Taken, people_for
from engagement.actions.events import KEPT_FIELDS
from engagement.actions.summary import empty_counts, mark_reach_due
from engagement.models import (
    AttendanceImport,
    AttendanceRow,
    Event,
    EventPlan,
    Participation,
    Status,
)
from engagement.queries.attendance_lists import plans_credited
from engagement.queries.attendance_standing import Standing, as_they_stand
from jobs import actions as jobs
from jobs.bulk import insert, without_collecting
from plans.actions import mark_changed

_State = AttendanceImport.State
Rows = list[Taken]
EventKey = tuple[str, dt.date]


@transaction.atomic
def confirm_list(
    *, list_id: int, period_reason: str, by: User, now: dt.datetime
) -> AttendanceImport:
    """Have the matched rows written; asked twice, they are written once."""
    one = AttendanceImport.objects.select_for_update().get(pk=list_id)
    if one.state != _State.PREVIEW:
        return one
    one.mapping = {**one.mapping, "period_reason": period_reason}
    one.state, one.confirmed_at = _State.WRITING, now
    one.save(update_fields=["mapping", "state", "confirmed_at"])
    audit.record(
        by=by,
        verb="attendance list confirmed",
        obj=one,
        after={"counts": one.found.get("counts", {})},
        at=now,
    )
    queue_write(one, by=by, now=now)
    return one


@without_collecting()
def write(*, run_id: int, now: dt.datetime) -> None:
    """The worker's part of ``confirm_list``."""
    run = jobs.start(run_id=run_id, now=now)
    if run is None:
        return
    by = User.objects.get(pk=int(run.owner_key))
    with transaction.atomic():
        one = AttendanceImport.objects.select_for_update().get(pk=run.arguments["list"])
        if one.state != _State.WRITING:
            jobs.finish(run_id=run.pk, now=now)
            return
        matched = one.rows.filter(result=AttendanceRow.Result.MATCHED)
        rows = list(map(Taken._make, matched.values_list(*Taken._fields)))
        there = _held(rows)
        if there is None:
            one.state = _State.MATCHING
            one.save(update_fields=["state"])
            jobs.finish(run_id=run.pk, now=now, message="A record was changed meanwhile.")
            queue_match(one, by=by, now=now)
            return
        counts = write_rows(one, rows, there, by=by, now=now)
        one.state, one.finished_at = _State.DONE, now
        one.found = {**one.found, "written": counts}
        one.save(update_fields=["state", "finished_at", "found"])
        audit.record(by=by, verb="attendance imported", obj=one, after=counts, at=now)
        jobs.finish(run_id=run.pk, now=now, counts=counts)


def write_rows(
    one: AttendanceImport,
    rows: Rows,
    there: Mapping[int, Standing],
    *,
    by: User,
    now: dt.datetime,
) -> dict[str, int]:
    """Events, who took part, their history, and the questions to those who are named."""
    credited = plans_credited(there) if there else {}
    _mark_counts_due(there, rows)
    before = {pk: standing.facts() for pk, standing in there.items()}
    was = {pk: in_words(standing, credited.get(pk, [])) for pk, standing in there.items()}
    made = _new_events(one, rows, by=by, now=now)
    ids = _events_of(rows, made)
    people = people_for(rows)
    added = _add_parts(rows, ids, people, there)
    updated = _update_parts(rows, ids, people)
    _step(there)
    plan_ids = {one.plan_id, *(plan for plans in credited.values() for plan in plans)}
    credited = {**credited, **{event.pk: [one.plan_id] for event in made.values()}}
    events = as_they_stand(Event.objects.filter(pk__in=credited).order_by("pk"))
    _record(events, was, credited, by=by, now=now)
    if events:
        ask_about_all(events=events, by=by, now=now, before=before)
    mark_changed(plan_ids=plan_ids, now=now)
    return {
        "events added": len(made),
        "events extended": len(there),
        "parts added": added,
        "parts brought up to date": updated,
    }


def _held(rows: Rows) -> dict[int, Standing] | None:
    """The recorded events that the rows add to, held until the end; None where one has gone."""
    ids = {row.event_id for row in rows if row.event_id}
    if not ids:
        return {}
    locked = Event.objects.select_for_update().filter(pk__in=ids, withdrawn_at__isnull=True)
    happened = locked.filter(status__in=(Status.HAPPENED, Status.PLANNED)).order_by("pk")
    found = as_they_stand(happened)
    return found if len(found) == len(ids) else None


def _mark_counts_due(there: Mapping[int, Standing], rows: Rows) -> None:
    if not there:
        return
    empty_counts(Q(event__in=there))
    plans = EventPlan.objects.filter(event__in=there).values("plan")
    named = Participation.objects.filter(event__in=there).values("organisation")
    mark_reach_due(Q(plan__in=plans, organisation__in=named))


def _key(row: Taken) -> EventKey:
    return row.event_title.casefold(), row.held_on


def _events_of(rows: Rows, made: Mapping[EventKey, Event]) -> dict[int, int]:
    """Row -> its event, recorded already or new."""
    return {row.id: row.event_id or made[_key(row)].pk for row in rows}


def _new_events(
    one: AttendanceImport, rows: Rows, *, by: User, now: dt.datetime
) -> dict[EventKey, Event]:
    """Events that are not recorded yet, with their credit to the plan; two statements."""
    mapping = one.mapping
    wanted = {_key(row): row for row in reversed(rows) if row.event_id is None}
    plan = one.plan
    events = [
        Event(
            title=row.event_title,
            held_on=day,
            channel=mapping["channel"],
            status=Status.HAPPENED,
            level=mapping["level"],
            period_reason=""
            if plan.starts_on <= day <= plan.submission_on
            else mapping.get("period_reason", ""),
            recorded_at=now,
            recorded_by=by,
        )
        for (_, day), row in sorted(wanted.items(), key=lambda item: (item[0][1], item[1].number))
    ]
    made = Event.objects.bulk_create(events)
    EventPlan.objects.bulk_create(
        EventPlan(event=event, plan=plan, held_on=event.held_on) for event in made
    )
    return {(event.title.casefold(), event.held_on): event for event in made}


def _add_parts(
    rows: Rows,
    ids: Mapping[int, int],
    people: Mapping[int, int],
    there: Mapping[int, Standing],
) -> int:
    """Parts that the record does not have, each once."""
    known = {
        (pk, organisation, person)
        for pk, standing in there.items()
        for organisation, (person, _, _) in standing.parts
    }
    new: dict[tuple[int, int, int | None], Taken] = {}
    for row in rows:
        key = (ids[row.id], row.organisation_id, people.get(row.id))
        if key not in known and not row.updates:
            new.setdefault(key, row)
    columns = ("event", "organisation", "person", "capacity", "outcome", "held_on")
    # Event by event, in the file's order in each: an index grows at its end and not all over.
    by_event = sorted(new.items(), key=lambda item: item[0][0])
    return insert(
        Participation,
        columns,
        ((*key, row.capacity, row.outcome, row.held_on) for key, row in by_event),
    )


def _update_parts(rows: Rows, ids: Mapping[int, int], people: Mapping[int, int]) -> int:
    """What came of planned parts: a statement for each outcome there is."""
    moved: dict[str, Q] = defaultdict(Q)
    for row in rows:
        if row.updates:
            moved[row.outcome] |= Q(
                event=ids[row.id], organisation=row.organisation_id, person=people.get(row.id)
            )
    return sum(
        Participation.objects.filter(which).update(outcome=outcome)
        for outcome, which in moved.items()
    )


def _step(there: Mapping[int, Standing]) -> None:
    """The recorded events are at their next version; what was planned has happened."""
    if there:
        events = Event.objects.filter(pk__in=there)
        events.update(version=F("version") + 1, status=Status.HAPPENED)


def in_words(standing: Standing, plan_ids: list[int]) -> dict[str, Any]:
    """As ``event_in_words``, of a record that was read with many others."""
    event = standing.event
    return {
        **{name: getattr(event, name) for name in KEPT_FIELDS},
        "plans": plan_ids,
        "attendances": [[organisation, *part] for organisation, part in standing.parts],
        "points": [point.text for point in standing.points],
        "has_restricted_note": bool(event.restricted_note),
        "version": event.version,
    }


def _record(
    events: Mapping[int, Standing],
    was: Mapping[int, dict[str, Any]],
    credited: Mapping[int, list[int]],
    *,
    by: User,
    now: dt.datetime,
) -> None:
    """An entry for each event, as if it had been logged or changed by hand; two statements."""

    def told(pks: Iterable[int]) -> list[audit.Told]:
        return [
            audit.Told(
                obj=events[pk].event,
                before=was.get(pk),
                after=in_words(events[pk], credited[pk]),
                happened_at=_began(events[pk].event.held_on),
            )
            for pk in pks
        ]

    new = told(pk for pk in events if pk not in was)
    audit.record_all(by=by, verb="event recorded", told=new, at=now)
    audit.record_all(by=by, verb="event amended", told=told(was), at=now)


def _began(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
