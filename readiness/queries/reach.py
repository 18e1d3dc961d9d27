"""Whom the events of a plan reached: the definition, as set-based SQL for all plans at once.

Two statements that both databases speak. One joins every plan with everybody who belongs to its
footprint on the day and how far each was reached; the other gives, for each plan, one row for
each event that general practice or a commissioner took part in.

What counts on day D: an event that happened on or before D and is not withdrawn; what was only
tried counts as an attempt; what was recorded by D and still lay ahead on D counts as an attempt
too. General practice is reached only in its own voice, as provider or representative body. The
part of an organisation that disputes a record counts for nothing while its dispute is open.

Each statement has a twin that reads the summary in place of the participations. It answers for
the day of the summary only (`readiness.queries.summary` says whether it may be asked).
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import connection
from django.utils import timezone

from plans.membership import among
from plans.models import LOCALITY_OF
from readiness.queries.counting import (
    COUNTED_HERE,
    COUNTS,
    CREDITS,
    HAPPENED,
    MEMBER,
    NAMED,
    PLANNED_AHEAD,
    REACHED,
    RUNG,
    columns,
    quoted,
)
from stakeholders.models import RelationshipKind

_NETWORKED = quoted(
    *(t for t, tie in LOCALITY_OF.items() if tie == RelationshipKind.NETWORK_MEMBER_OF)
)

_BELONGS = """
belongs AS (
    SELECT footprint_id, organisation_id, MAX(commissioner_id) AS commissioner_id,
           MAX(network_id) AS network_id, MAX(lmc_id) AS lmc_id
    FROM member
    GROUP BY footprint_id, organisation_id
)
"""

_REACH = f"""
reach AS (
    SELECT c.plan_id, p.organisation_id, {columns(REACHED)}
    {CREDITS}
    WHERE {{credited}}
    GROUP BY c.plan_id, p.organisation_id
)
"""


def _members(expressions: str, reach: str) -> str:
    return f"""
WITH {expressions}
SELECT plan.id, o.id, o.code, o.name, o.category, place.code, place.name, lmc.code,
       (SELECT ls.patients FROM stakeholders_listsize ls
        WHERE ls.organisation_id = o.id AND ls.as_at <= %(day)s
        ORDER BY ls.as_at DESC LIMIT 1) AS patients,
       {RUNG} AS rung, reach.first_heard, reach.last_heard, reach.last_attempt
FROM plans_plan plan
JOIN belongs b ON b.footprint_id = plan.footprint_id
JOIN stakeholders_organisation o ON o.id = b.organisation_id
LEFT JOIN stakeholders_organisation place ON place.id =
    CASE WHEN plan.plan_type IN ({_NETWORKED}) THEN b.network_id ELSE b.commissioner_id END
LEFT JOIN stakeholders_organisation lmc ON lmc.id = b.lmc_id
LEFT JOIN {reach} reach ON reach.plan_id = plan.id AND reach.organisation_id = o.id
WHERE {{plans}}
ORDER BY plan.id, o.code
"""  # noqa: S608 - composed of constants; every value is a parameter


MEMBERS_SQL = _members(f"{MEMBER}, {_BELONGS}, {_REACH}", "reach")
"""plan, organisation, its locality and LMC, patients, rung and dates; parameters day, day_ends."""

SUMMARY_MEMBERS_SQL = _members(f"{MEMBER}, {_BELONGS}", "engagement_reach")
"""The same from the summary."""

_SHOWN = [name for name in COUNTS if name != "named"]

CONTACTS_SQL = f"""
WITH {MEMBER}
SELECT c.plan_id, e.id, e.title, c.held_on, e.channel, e.level,
       CASE WHEN {HAPPENED} THEN 1 ELSE 0 END AS happened,
       {columns({name: COUNTS[name] for name in _SHOWN})}
{CREDITS}
    JOIN plans_plan plan ON plan.id = c.plan_id
    JOIN plans_footprint f ON f.id = plan.footprint_id
WHERE {{plans}} AND {NAMED} AND {COUNTED_HERE} AND ({HAPPENED} OR {PLANNED_AHEAD})
GROUP BY c.plan_id, e.id, e.title, c.held_on, e.channel, e.level, e.status
ORDER BY c.plan_id, c.held_on, e.id
"""
"""plan and event with counts of organisations; parameters day, day_ends.

A shared event is credited to many plans. Only those count for a plan who belong to its footprint,
or whose home nobody knows: a practice that has closed since, a federation or another body without
a membership of a footprint of this kind on the day.
"""

SUMMARY_CONTACTS_SQL = f"""
SELECT c.plan_id, e.id, e.title, c.held_on, e.channel, e.level,
       CASE WHEN {HAPPENED} THEN 1 ELSE 0 END AS happened,
       {", ".join(f"c.{name}" for name in _SHOWN)}
FROM engagement_eventplan c
JOIN engagement_event e ON e.id = c.event_id AND e.withdrawn_at IS NULL
JOIN plans_plan plan ON plan.id = c.plan_id
WHERE {{plans}} AND c.named > 0 AND ({HAPPENED} OR {PLANNED_AHEAD})
ORDER BY c.plan_id, c.held_on, e.id
"""  # noqa: S608 - composed of constants; every value is a parameter
"""The same from the summary."""


def reached_members(
    *, plan_ids: Iterable[int] | None, as_at: dt.date, summary: bool = False
) -> Iterator[tuple[Any, ...]]:
    """The rows of `MEMBERS_SQL` for these plans (None: all), by plan and code; one statement."""
    plans, parameters = among("plan.id", plan_ids)
    credited, _ = among("c.plan_id", plan_ids)
    sql = SUMMARY_MEMBERS_SQL if summary else MEMBERS_SQL
    return _rows(sql.format(plans=plans, credited=credited), parameters, as_at)


def gp_contacts(
    *, plan_ids: Iterable[int] | None, as_at: dt.date, summary: bool = False
) -> Iterator[tuple[Any, ...]]:
    """The rows of `CONTACTS_SQL` for these plans (None: all), oldest first; one statement."""
    plans, parameters = among("plan.id", plan_ids)
    sql = SUMMARY_CONTACTS_SQL if summary else CONTACTS_SQL
    return _rows(sql.format(plans=plans), parameters, as_at)


def day_of(value: dt.date | str | None) -> dt.date | None:
    """A day out of raw SQL: SQLite gives text."""
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


def on_day(day: dt.date) -> dict[str, Any]:
    """The parameters of a day: itself, the moment at which it ends, and the day after."""
    next_day = day + dt.timedelta(days=1)
    midnight = timezone.make_aware(dt.datetime.combine(next_day, dt.time()))
    return {
        "day": day.isoformat(),
        "day_ends": connection.ops.adapt_datetimefield_value(midnight),
        "next_day": next_day.isoformat(),
    }


def _rows(sql: str, parameters: Mapping[str, Any], as_at: dt.date) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {**on_day(as_at), **parameters})
        yield from cursor
