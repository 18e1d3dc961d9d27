"""Whom the events of a plan reached: the definition, as set-based SQL for all plans at once.

Two statements that both databases speak. One joins every plan with everybody who belongs to its
footprint on the day and how far each was reached; the other gives, for each plan, one row for
each event that general practice or a commissioner took part in.

What counts on day D: an event that happened on or before D and is not withdrawn; what was only
tried counts as an attempt; what was recorded by D and still lay ahead on D counts as an attempt
too. General practice is reached only in its own voice, as provider or representative body. The
part of an organisation that disputes a record counts for nothing while its dispute is open.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection
from django.utils import timezone

from engagement.models import Answer, Level, Outcome, Status
from plans.membership import ON_DAY, among, member_cte
from plans.models import LOCALITY_OF, Capacity
from readiness.rules.facts import ATTEMPTED, HEARD, INFORMED, NO_RUNG
from stakeholders.models import GENERAL_PRACTICE, Category, RelationshipKind


def _quoted(*values: str) -> str:
    """Choices of our own models as an SQL list; nothing that a person typed comes here."""
    return ", ".join(f"'{value!s}'" for value in values)


_GP = f"o.category IN ({_quoted(*GENERAL_PRACTICE)})"
_OWN = f"p.capacity IN ({_quoted(Capacity.PROVIDER, Capacity.REPRESENTATIVE)})"
_PROXY = f"p.capacity = '{Capacity.COMMISSIONER}'"
_COUNTS = f"(NOT {_GP} OR {_OWN})"

_HELD = "c.held_on <= %(day)s"
_AHEAD = "(c.held_on > %(day)s AND e.recorded_at < %(day_ends)s)"
_HAPPENED = f"(e.status = '{Status.HAPPENED}' AND {_HELD})"
_PLANNED = (
    f"(e.recorded_at < %(day_ends)s AND (e.status = '{Status.PLANNED}'"
    f" OR (e.status = '{Status.HAPPENED}' AND {_AHEAD})))"
)
_TRIED = f"(e.status IN ({_quoted(Status.HAPPENED, Status.TRIED)}) AND {_HELD})"

_TOOK_PART = f"p.outcome IN ({_quoted(Outcome.ATTENDED, Outcome.RESPONDED)})"
_WAS_ASKED = (
    "p.outcome IN ("
    + _quoted(Outcome.INVITED, Outcome.ATTEMPTED, Outcome.APOLOGISED, Outcome.NO_SHOW)
    + ")"
)
_TWO_WAY = f"e.level <> '{Level.INFORM}'"

_IS_HEARD = f"({_COUNTS} AND {_HAPPENED} AND {_TOOK_PART} AND {_TWO_WAY})"
_IS_ATTEMPT = f"({_COUNTS} AND ({_PLANNED} OR ({_TRIED} AND {_WAS_ASKED})))"
_IS_TOLD = (
    f"({_COUNTS} AND {_HAPPENED} AND (p.outcome = '{Outcome.INFORMED}'"
    f" OR ({_TOOK_PART} AND NOT {_TWO_WAY})))"
)

_NETWORKED = _quoted(
    *(t for t, tie in LOCALITY_OF.items() if tie == RelationshipKind.NETWORK_MEMBER_OF)
)

_UNDISPUTED = f"""NOT EXISTS (
        SELECT 1 FROM engagement_attestation a
        WHERE a.event_id = p.event_id AND a.organisation_id = p.organisation_id
          AND a.answer = '{Answer.DISPUTED.value}'
          AND a.resolved_at IS NULL AND a.superseded_at IS NULL
    )"""  # noqa: S608 - composed of constants

_CREDITS = f"""
    FROM engagement_eventplan c
    JOIN engagement_event e ON e.id = c.event_id AND e.withdrawn_at IS NULL
    JOIN engagement_participation p ON p.event_id = e.id AND {_UNDISPUTED}
    JOIN stakeholders_organisation o ON o.id = p.organisation_id
"""

_MEMBER = member_cte("f.id IN (SELECT footprint_id FROM plans_plan plan WHERE {plans})")

_BELONGS = """
belongs AS (
    SELECT footprint_id, organisation_id, MAX(commissioner_id) AS commissioner_id,
           MAX(network_id) AS network_id, MAX(lmc_id) AS lmc_id
    FROM member
    GROUP BY footprint_id, organisation_id
)
"""

MEMBERS_SQL = f"""
WITH {_MEMBER},
{_BELONGS},
reach AS (
    SELECT c.plan_id, p.organisation_id,
           MAX(CASE WHEN {_IS_HEARD} THEN {HEARD} WHEN {_IS_ATTEMPT} THEN {ATTEMPTED}
                    WHEN {_IS_TOLD} THEN {INFORMED} ELSE {NO_RUNG} END) AS rung,
           MIN(CASE WHEN {_IS_HEARD} THEN c.held_on END) AS first_heard,
           MAX(CASE WHEN {_IS_HEARD} THEN c.held_on END) AS last_heard,
           MAX(CASE WHEN {_IS_ATTEMPT} AND {_HELD} THEN c.held_on END) AS last_attempt
    {_CREDITS}
    WHERE {{credited}}
    GROUP BY c.plan_id, p.organisation_id
)
SELECT plan.id, o.id, o.code, o.name, o.category, place.code, place.name, lmc.code,
       (SELECT ls.patients FROM stakeholders_listsize ls
        WHERE ls.organisation_id = o.id AND ls.as_at <= %(day)s
        ORDER BY ls.as_at DESC LIMIT 1) AS patients,
       reach.rung, reach.first_heard, reach.last_heard, reach.last_attempt
FROM plans_plan plan
JOIN belongs b ON b.footprint_id = plan.footprint_id
JOIN stakeholders_organisation o ON o.id = b.organisation_id
LEFT JOIN stakeholders_organisation place ON place.id =
    CASE WHEN plan.plan_type IN ({_NETWORKED}) THEN b.network_id ELSE b.commissioner_id END
LEFT JOIN stakeholders_organisation lmc ON lmc.id = b.lmc_id
LEFT JOIN reach ON reach.plan_id = plan.id AND reach.organisation_id = o.id
WHERE {{plans}}
ORDER BY plan.id, o.code
"""  # noqa: S608 - composed of constants; every value is a parameter
"""plan, organisation, its locality and LMC, patients, rung and dates; parameters day, day_ends."""

# IN and not a join: it is hashed once on both databases, with statistics or without.
_HERE = "(plan.footprint_id, o.id) IN (SELECT footprint_id, organisation_id FROM member)"
_TIED = f"o.category IN ({_quoted(Category.GP_PRACTICE, Category.LMC, Category.PCN)})"
_HOMELESS = f"""(
    (NOT {_TIED} AND NOT EXISTS (
        SELECT 1 FROM plans_membership own JOIN plans_footprint ff ON ff.id = own.footprint_id
        WHERE own.organisation_id = o.id AND ff.kind = f.kind AND {ON_DAY.format("own")}
    ))
    OR (o.category = '{Category.GP_PRACTICE.value}' AND NOT EXISTS (
        SELECT 1 FROM stakeholders_openperiod op
        WHERE op.organisation_id = o.id AND {ON_DAY.format("op")}
    ))
)"""  # noqa: S608 - composed of constants
_VOICE = f"{_GP} AND {_OWN} AND {_TOOK_PART}"


def _organisations(condition: str) -> str:
    return f"COUNT(DISTINCT CASE WHEN {condition} THEN p.organisation_id END)"


CONTACTS_SQL = f"""
WITH {_MEMBER}
SELECT c.plan_id, e.id, e.title, c.held_on, e.channel, e.level,
       CASE WHEN {_HAPPENED} THEN 1 ELSE 0 END AS happened,
       {_organisations(_VOICE)} AS own,
       {_organisations(f"{_VOICE} AND o.category = '{Category.GP_PRACTICE}'")} AS practices,
       {_organisations(f"{_VOICE} AND o.category = '{Category.LMC}'")} AS lmcs,
       {_organisations(f"{_PROXY} AND {_TOOK_PART}")} AS proxy,
       {_organisations(f"NOT {_OWN} AND NOT {_PROXY} AND {_TOOK_PART}")} AS other,
       {_organisations(f"{_GP} AND {_OWN} AND p.outcome = '{Outcome.INFORMED}'")} AS told,
       {_organisations(f"{_GP} AND {_OWN}")} AS asked
{_CREDITS}
    JOIN plans_plan plan ON plan.id = c.plan_id
    JOIN plans_footprint f ON f.id = plan.footprint_id
WHERE {{plans}} AND ({_GP} OR {_PROXY}) AND ({_HERE} OR {_HOMELESS})
      AND ({_HAPPENED} OR (e.status = '{Status.PLANNED}' AND {_AHEAD}))
GROUP BY c.plan_id, e.id, e.title, c.held_on, e.channel, e.level, e.status
ORDER BY c.plan_id, c.held_on, e.id
"""
"""plan and event with counts of organisations; parameters day, day_ends.

A shared event is credited to many plans. Only those count for a plan who belong to its footprint,
or whose home nobody knows: a practice that has closed since, a federation or another body without
a membership of a footprint of this kind on the day.
"""


def reached_members(*, plan_ids: Iterable[int] | None, as_at: dt.date) -> Iterator[tuple[Any, ...]]:
    """The rows of `MEMBERS_SQL` for these plans (None: all), by plan and code; one statement."""
    plans, parameters = among("plan.id", plan_ids)
    credited, _ = among("c.plan_id", plan_ids)
    return _rows(MEMBERS_SQL.format(plans=plans, credited=credited), parameters, as_at)


def gp_contacts(*, plan_ids: Iterable[int] | None, as_at: dt.date) -> Iterator[tuple[Any, ...]]:
    """The rows of `CONTACTS_SQL` for these plans (None: all), oldest first; one statement."""
    plans, parameters = among("plan.id", plan_ids)
    return _rows(CONTACTS_SQL.format(plans=plans), parameters, as_at)


def day_of(value: dt.date | str | None) -> dt.date | None:
    """A day out of raw SQL: SQLite gives text."""
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


def _rows(sql: str, parameters: dict[str, Any], as_at: dt.date) -> Iterator[tuple[Any, ...]]:
    midnight = timezone.make_aware(dt.datetime.combine(as_at + dt.timedelta(days=1), dt.time()))
    day_ends = connection.ops.adapt_datetimefield_value(midnight)
    with connection.cursor() as cursor:
        cursor.execute(sql, {"day": as_at.isoformat(), "day_ends": day_ends, **parameters})
        yield from cursor
