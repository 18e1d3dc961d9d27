"""Matches the rows of an attendance list with the register and the record, and keeps what was found."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from engagement.models import AttendanceImport, AttendanceRow
from engagement.queries import attendance_lists as queries
from engagement.rules.attendance_known import Found, Known, Reading, cell_of
from engagement.rules.attendance_rows import look, places
from engagement.rules.attendance_words import NotADateError, day_of
from jobs import actions as jobs
from jobs.bulk import insert, without_collecting

_State = AttendanceImport.State


@without_collecting()
def match_rows(
    one: AttendanceImport,
    sheet: dict[str, Any],
    epoch: int,
    *,
    by: User,
    run_id: int,
    now: dt.datetime,
) -> None:
    """Say of each row below the headings what it is taken for; part of a run of ``jobs``.

    The same number of statements for any number of rows.
    """
    mapping = one.mapping
    reading = Reading(
        columns=mapping["columns"],
        outcomes=mapping.get("outcomes", {}),
        capacities=mapping.get("capacities", {}),
        order=mapping.get("order", "dmy"),
        epoch=epoch,
    )
    above = mapping["header"] + 1
    rows = sheet["rows"][above:]
    known = _known(one, rows, reading, by=by, today=timezone.localtime(now).date())
    found = look(enumerate(rows, start=sheet["first_row"] + above), reading, known)
    jobs.advance(run_id=run_id, done=2, total=4, now=now)
    _keep(one, sheet, found, run_id=run_id, now=now)


def _known(
    one: AttendanceImport,
    rows: list[list[str]],
    reading: Reading,
    *,
    by: User,
    today: dt.date,
) -> Known:
    """What the register and the record say about these rows; at most ten statements."""
    codes, postcodes, _ = places(rows, reading.columns)
    chosen: dict[str, int] = one.mapping.get("chosen", {})
    by_code, by_name, by_id = queries.bodies(codes, postcodes, {pk for pk in chosen.values() if pk})
    event = queries.held(one.event) if one.event else None
    events = {}
    if event is None:
        events = queries.events_by_name(one.plan_id, _days(rows, reading), by=by, today=today)
    ids = {event.id} if event else {held.id for held in events.values()}
    return Known(
        today=today,
        by_code=by_code,
        by_name=by_name,
        chosen={name: by_id.get(pk) for name, pk in chosen.items()},
        event=event,
        events=events,
        parts=queries.parts_of(ids),
    )


def _days(rows: list[list[str]], reading: Reading) -> set[dt.date]:
    days = set()
    for text in {cell_of(cells, reading.columns, "event_date") for cells in rows}:
        try:
            days.add(day_of(text, order=reading.order, epoch=reading.epoch))
        except NotADateError:
            continue
    return days


@transaction.atomic
def _keep(
    one: AttendanceImport,
    sheet: dict[str, Any],
    found: list[Found],
    *,
    run_id: int,
    now: dt.datetime,
) -> None:
    """The rows with what they were taken for, in place of those of an earlier look."""
    locked = AttendanceImport.objects.select_for_update().get(pk=one.pk)
    if locked.state != _State.MATCHING:
        return
    AttendanceRow.objects.filter(source=one).delete()
    insert(AttendanceRow, _COLUMNS, (_row(one.pk, sheet["name"][:60], row) for row in found))
    counts: dict[str, int] = {}
    for row in found:
        counts[row.result] = counts.get(row.result, 0) + 1
    locked.found = {**locked.found, "counts": counts, "notes": sheet["notes"]}
    locked.state = _State.PREVIEW
    locked.save(update_fields=["found", "state"])
    jobs.finish(
        run_id=run_id, now=now, counts=counts, message="Nothing was written: this is a preview."
    )


_COLUMNS = (
    *("source", "sheet", "number", "cells", "name", "result", "message", "event_key"),
    *("event_title", "held_on", "event", "organisation", "person_name", "role", "capacity"),
    *("outcome", "updates"),
)


def _row(source: int, sheet: str, row: Found) -> tuple[Any, ...]:
    """In the order of ``_COLUMNS``."""
    return (
        *(source, sheet, row.number, row.cells, row.name, row.result, row.message[:300], ""),
        *(row.event_title, row.held_on, row.event_id, row.organisation_id, row.person, row.role),
        *(row.capacity, row.outcome, row.updates),
    )
