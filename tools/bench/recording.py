"""Goals for saving an event, against bare inserts of the same rows."""

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection
from django.utils import timezone

from engagement.actions import record_event, withdraw_event
from engagement.models import Channel, Level, Outcome, Status
from engagement.rules.record import Attendance, Record
from plans.models import Capacity
from tools.bench import country
from tools.bench.bounds import DESIGN, by_database
from tools.bench.judge import Goal, Work
from tools.bench.undoing import undone

EVENT: dict[str, Any] = {
    "title": "A meeting that is measured",
    "channel": Channel.MEETING.value,
    "status": Status.HAPPENED.value,
    "level": Level.CONSULT.value,
}
EMPTY = ("cancel_reason", "period_reason", "summary", "restricted_note", "withdrawn_reason")
PART = {"capacity": Capacity.PROVIDER.value, "outcome": Outcome.ATTENDED.value}


def goals() -> Iterator[Goal]:
    """Fifty attendees against their rows, and as many queries for one as for five hundred."""
    by = country.user(country.MANAGER)
    plans = [plan.pk for plan in country.busiest_plans(2)]
    organisations = country.practices(500)
    day = country.today()

    def record(number: int) -> Record:
        parts = tuple(
            Attendance(organisation_id=pk, person_id=None, **PART) for pk in organisations[:number]
        )
        return Record(plan_ids=tuple(plans), held_on=day, attendances=parts, **EVENT)

    def saving(number: int) -> Work:
        return undone(lambda: record_event(by=by, record=record(number), now=timezone.now()))

    yield Goal(
        name="save 50 attendees / bare inserts",
        subject=saving(50),
        floor=undone(lambda: _insert(by.pk, plans, organisations[:50], day)),
        bound=by_database(sqlite=10, postgresql=7),
        most_queries=20,
        why=DESIGN,
    )
    # The only thing that stays, in a database that goes with the run.
    event = record_event(by=by, record=record(50), now=timezone.now())
    yield Goal(
        name="withdraw an event of 50 / save it",
        subject=undone(
            lambda: withdraw_event(by=by, event_id=event.pk, reason="Wrong", now=timezone.now())
        ),
        floor=saving(50),
        bound=4,
        most_queries=14,
        why=DESIGN,
    )
    for number in (1, 500):
        yield Goal(
            name=f"save a record of {number}, queries",
            subject=saving(number),
            most_queries=14,
            why=f"{DESIGN}; four of them ask those named",
        )


def _insert(by: int, plans: Sequence[int], organisations: Sequence[int], day: dt.date) -> None:
    """The event, its credits, its participations and what each organisation is asked: four
    statements, and nothing else."""
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    key = uuid.uuid4().hex
    row = {
        **EVENT, **dict.fromkeys(EMPTY, ""), "held_on": day.isoformat(), "recorded_at": now,
        "recorded_by_id": by, "draft_key": key, "version": 1,
    }  # fmt: skip
    with connection.cursor() as cursor:
        event = _rows_in(cursor, "engagement_event", tuple(row), [tuple(row.values())])
        credited = [(event, plan, day.isoformat()) for plan in plans]
        _rows_in(cursor, "engagement_eventplan", ("event_id", "plan_id", "held_on"), credited)
        parts = [(event, one, *PART.values(), day.isoformat()) for one in organisations]
        columns = ("event_id", "organisation_id", *PART, "held_on")
        _rows_in(cursor, "engagement_participation", columns, parts)
        questions = [(event, one, 1, now) for one in organisations]
        asked = ("event_id", "organisation_id", "round", "asked_at")
        _rows_in(cursor, "engagement_question", asked, questions)


def _rows_in(
    cursor: Any, name: str, columns: Sequence[str], rows: Sequence[Sequence[object]]
) -> int:
    """One statement for all rows; answers the id of the first."""
    places = ", ".join(["(" + ", ".join(["%s"] * len(columns)) + ")"] * len(rows))
    cursor.execute(
        f"INSERT INTO {name} ({', '.join(columns)}) VALUES {places} RETURNING id",  # noqa: S608
        [value for row in rows for value in row],
    )
    return int(cursor.fetchall()[0][0])
