"""Every participation behind the figures of one plan, as at a day; one statement."""

import datetime as dt

from django.db import connection
from django.utils import timezone

from plans.membership import among
from readiness.queries.counting import COUNTED_HERE, MEMBER
from readiness.rules.facts import Part

PARTS_SQL = f"""
WITH {MEMBER}
SELECT e.id, e.title, c.held_on, e.channel, e.level, e.status, e.recorded_at,
       o.id, o.category, p.capacity, p.outcome,
       CASE WHEN {COUNTED_HERE} THEN 1 ELSE 0 END AS counted_here
FROM engagement_eventplan c
JOIN engagement_event e ON e.id = c.event_id AND e.withdrawn_at IS NULL
JOIN engagement_participation p ON p.event_id = e.id
JOIN stakeholders_organisation o ON o.id = p.organisation_id
JOIN plans_plan plan ON plan.id = c.plan_id
JOIN plans_footprint f ON f.id = plan.footprint_id
WHERE {{plans}} AND (c.held_on <= %(day)s OR e.recorded_at < %(day_ends)s)
ORDER BY e.id, p.id
"""  # noqa: S608 - composed of constants; every value is a parameter
"""Events that stand and were held by the day, or were recorded by then and lay ahead of it."""


def parts_of(plan_id: int, *, as_at: dt.date) -> list[Part]:
    """Everybody's part in the plan's events, disputed ones too; oldest record first."""
    plans, parameters = among("plan.id", [plan_id])
    midnight = timezone.make_aware(dt.datetime.combine(as_at + dt.timedelta(days=1), dt.time()))
    day_ends = connection.ops.adapt_datetimefield_value(midnight)
    values = {"day": as_at.isoformat(), "day_ends": day_ends, **parameters}
    with connection.cursor() as cursor:
        cursor.execute(PARTS_SQL.format(plans=plans), values)
        rows = cursor.fetchall()
    return [_part(row) for row in rows]


def _part(row: tuple) -> Part:
    event_id, title, held_on, channel, level, status, recorded_at, *rest = row
    organisation_id, category, capacity, outcome, counted_here = rest
    return Part(
        event_id=event_id,
        title=title,
        held_on=dt.date.fromisoformat(str(held_on)),
        channel=channel,
        level=level,
        status=status,
        recorded_on=timezone.localtime(_moment(recorded_at)).date(),
        organisation_id=organisation_id,
        category=category,
        capacity=capacity,
        outcome=outcome,
        counted_here=bool(counted_here),
    )


def _moment(value: dt.datetime | str) -> dt.datetime:
    """A moment out of raw SQL: SQLite gives text in UTC."""
    if isinstance(value, str):
        value = dt.datetime.fromisoformat(value)
    return value if timezone.is_aware(value) else value.replace(tzinfo=dt.UTC)
