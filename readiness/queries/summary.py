"""Whether the summary of reach may be read, and where it differs from the definition."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from plans.membership import among
from readiness.queries.counting import (
    CHANGES_ON,
    COUNTED_HERE,
    COUNTS,
    CREDITS,
    MEMBER,
    NAMED,
    REACHED,
    columns,
)
from readiness.queries.reach import day_of, on_day

LATEST_REGISTER = "(SELECT COALESCE(MAX(rf.id), 0) FROM stakeholders_registerfile rf)"

_UNCOUNTED = (
    "EXISTS (SELECT 1 FROM engagement_eventplan c WHERE c.plan_id = plan.id AND c.own IS NULL)"
)
_DUE = "EXISTS (SELECT 1 FROM engagement_reach r WHERE r.plan_id = plan.id AND r.is_due)"
_COME = (
    "EXISTS (SELECT 1 FROM engagement_reach r"
    " WHERE r.plan_id = plan.id AND r.changes_on <= %(day)s)"
)
_DATED = ("plans_membership", "stakeholders_relationship", "stakeholders_openperiod")
"""The tables that say who belongs where on a day."""

STANDING_SQL = f"""
SELECT plan.id, s.as_at, s.register_no, {LATEST_REGISTER},
       CASE WHEN {_UNCOUNTED} OR {_DUE} OR {_COME} THEN 1 ELSE 0 END
FROM plans_plan plan
LEFT JOIN engagement_summaryday s ON s.plan_id = plan.id
WHERE {{plans}}
ORDER BY plan.id
"""  # noqa: S608 - composed of constants; every value is a parameter


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Of some plans, by id: whose summary stands for the day, and what the others lack.

    whole         it can be read: nothing is uncounted, nothing due
    behind        it stands for an earlier day or an older register
    due           it stands for the day, but something was written or has come since
    register_no   the newest register file
    """

    whole: frozenset[int]
    behind: frozenset[int]
    due: frozenset[int]
    register_no: int


def standing(plan_ids: Collection[int], *, as_at: dt.date) -> Standing:
    """How the summary of these plans stands for the day; one statement.

    A plan whose summary stands for a later day is in none of the sets: only the definition can
    answer for it. So is one that does not exist.
    """
    plans, parameters = among("plan.id", plan_ids)
    whole: set[int] = set()
    behind: set[int] = set()
    due: set[int] = set()
    newest = 0
    for row in _rows(STANDING_SQL.format(plans=plans), {**on_day(as_at), **parameters}):
        plan_id, stands_for, register_no, newest, is_due = row
        day = day_of(stands_for)
        if day is None or day < as_at or (day == as_at and register_no < newest):
            behind.add(plan_id)
        elif day == as_at:
            (due if is_due else whole).add(plan_id)
    return Standing(
        whole=frozenset(whole),
        behind=frozenset(behind),
        due=frozenset(due),
        register_no=newest,
    )


def register_moves(*, after: dt.date, until: dt.date) -> bool:
    """Whether on a day after the one and until the other somebody came, went or opened or closed
    by the dates in the register; one statement."""
    begins = "t.valid_from > %(after)s AND t.valid_from <= %(until)s"
    ends = "t.valid_to >= %(after)s AND t.valid_to < %(until)s"
    moves = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} t WHERE ({begins}) OR ({ends}))"  # noqa: S608 - constants
        for table in _DATED
    )
    days = {"after": after.isoformat(), "until": until.isoformat()}
    return bool(_rows(f"SELECT CASE WHEN {moves} THEN 1 ELSE 0 END", days)[0][0])


MOST_DIFFERENCES = 2_000
"""Rows of one comparison that are read: those that were not come to light in the next."""

_STEADY = f"""
steady AS (
    SELECT plan.id
    FROM plans_plan plan
    JOIN engagement_summaryday s ON s.plan_id = plan.id AND s.as_at = %(day)s
        AND s.register_no = {LATEST_REGISTER}
    WHERE {{plans}} AND NOT {_UNCOUNTED} AND NOT {_DUE} AND NOT {_COME}
)
"""  # noqa: S608 - composed of constants
"""Plans whose summary stands at the very moment of the comparison: what a writer has marked since
is no difference."""


def _apart(key: str, names: Sequence[str]) -> str:
    """The rows of `defined` and of `kept` that the other does not have."""
    listed = ", ".join((*key.split(), *names))
    return f"""
SELECT 'record' AS side, {listed} FROM (SELECT {listed} FROM defined EXCEPT SELECT {listed} FROM kept) one
UNION ALL
SELECT 'summary' AS side, {listed} FROM (SELECT {listed} FROM kept EXCEPT SELECT {listed} FROM defined) two
ORDER BY {", ".join(key.split())}, side
LIMIT {MOST_DIFFERENCES}
"""  # noqa: S608 - composed of constants


REACH_COLUMNS = {**REACHED, "changes_on": CHANGES_ON}
"""The columns of `Reach` and what they are worked out from."""

SAYS_SOMETHING = " OR ".join(f"{name} IS NOT NULL" for name in REACH_COLUMNS)

REACH_APART_SQL = f"""
WITH {_STEADY},
defined AS (
    SELECT * FROM (
        SELECT c.plan_id, p.organisation_id, {columns(REACH_COLUMNS)}
        {CREDITS}
        WHERE c.plan_id IN (SELECT id FROM steady)
        GROUP BY c.plan_id, p.organisation_id
    ) worked_out
    WHERE {SAYS_SOMETHING}
),
kept AS (SELECT * FROM engagement_reach WHERE plan_id IN (SELECT id FROM steady))
{_apart("plan_id organisation_id", tuple(REACH_COLUMNS))}
"""  # noqa: S608 - composed of constants; every value is a parameter

COUNTED = f"""
counted AS (
    SELECT c.id, {columns(COUNTS)}
    {CREDITS}
    JOIN plans_plan plan ON plan.id = c.plan_id
    JOIN plans_footprint f ON f.id = plan.footprint_id
    WHERE {{credited}} AND {NAMED} AND {COUNTED_HERE}
    GROUP BY c.id
)
"""
"""The counts of credits that name anybody who counts; needs `MEMBER`."""

OR_NONE = ", ".join(f"COALESCE(n.{name}, 0) AS {name}" for name in COUNTS)

COUNTS_APART_SQL = f"""
WITH {MEMBER}, {_STEADY}, {COUNTED.format(credited="c.plan_id IN (SELECT id FROM steady)")},
kept AS (SELECT * FROM engagement_eventplan WHERE plan_id IN (SELECT id FROM steady)),
defined AS (
    SELECT c.plan_id, c.event_id, {OR_NONE}
    FROM kept c LEFT JOIN counted n ON n.id = c.id
)
{_apart("plan_id event_id", tuple(COUNTS))}
"""  # noqa: S608 - composed of constants; every value is a parameter


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One row of the summary that does not say what the record says.

    Of an organisation's reach, or of an event's counts (the other id is None). What each says is
    by the names of the columns; only those that differ, and nothing where there is no row.
    """

    plan_id: int
    organisation_id: int | None = None
    event_id: int | None = None
    record: dict[str, Any]
    summary: dict[str, Any]


def differences(plan_ids: Collection[int], *, as_at: dt.date) -> list[Difference]:
    """Where the summary of these plans differs from the definition, bounded; two statements.

    Nothing is said of a plan whose summary does not stand for the day at that moment.
    """
    return [
        *_differences(REACH_APART_SQL, "organisation_id", tuple(REACH_COLUMNS), plan_ids, as_at),
        *_differences(COUNTS_APART_SQL, "event_id", tuple(COUNTS), plan_ids, as_at),
    ]


def _differences(
    sql: str, key: str, names: Sequence[str], plan_ids: Collection[int], as_at: dt.date
) -> list[Difference]:
    plans, parameters = among("plan.id", plan_ids)
    said: dict[tuple[int, int], dict[str, dict[str, Any]]] = {}
    for row in _rows(sql.format(plans=plans), {**on_day(as_at), **parameters}):
        side, plan_id, pk, *values = row
        said.setdefault((plan_id, pk), {})[side] = dict(zip(names, values, strict=True))
    return [_difference(plan_id, {key: pk}, both) for (plan_id, pk), both in said.items()]


def _difference(plan_id: int, about: dict[str, int], both: dict[str, dict[str, Any]]) -> Difference:
    record, summary = both.get("record", {}), both.get("summary", {})
    differ = [name for name in record | summary if record.get(name) != summary.get(name)]
    return Difference(
        plan_id=plan_id,
        **about,
        record={name: record[name] for name in differ if name in record},
        summary={name: summary[name] for name in differ if name in summary},
    )


def _rows(sql: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
