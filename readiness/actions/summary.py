"""Bring the summary of reach up to date, before it is read: cheap where little was written.

Truth is in events, credits and participations. A credit whose counts are empty has not been counted
yet; a row of `Reach` that is due, or whose day of change has come, must be worked out anew. Writers
leave these marks (`engagement.actions.mark_counts_due`) in their own transactions; here they are
worked off, a bounded number of rows in a transaction, each of which is whole or has not been.

Nothing here waits for a writer that holds what it needs to go on: credits and due rows are taken
with `SKIP LOCKED`. What was skipped is marked still, so the plan's summary is not whole and is not
read. Rows of `Reach` are written in the order in which writers mark them.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from django.db import connection, transaction
from django.db.models import Q

from engagement.actions.summary import empty_counts
from engagement.models import EventPlan, Reach, SummaryDay
from plans.membership import among, concerned_cte, member_cte
from readiness.queries.counting import COUNTS, CREDITS, MEMBER, columns
from readiness.queries.reach import on_day
from readiness.queries.summary import (
    COUNTED,
    OR_NONE,
    REACH_COLUMNS,
    SAYS_SOMETHING,
    register_moves,
    standing,
)

BATCH = 5_000
"""Credits, and due rows, that one transaction takes at most: it stays short, and so do its lists."""

FEW = 100
"""Credits up to which only those who are named in them are asked where they belong."""

_NAMED = """id IN (
    SELECT p.organisation_id FROM engagement_eventplan c
    JOIN engagement_participation p ON p.event_id = c.event_id WHERE c.id IN ({credits})
)"""
_OF_THE_NAMED = ", ".join(
    (
        concerned_cte(_NAMED),
        member_cte(
            "f.id IN (SELECT footprint_id FROM plans_plan plan WHERE {plans})",
            "{id} IN (SELECT id FROM concerned)",
        ),
    )
)

_COUNT_SQL = f"""
WITH {{members}}, {COUNTED.format(credited="c.id IN ({credits})")}
UPDATE engagement_eventplan SET {", ".join(f"{name} = n.{name}" for name in COUNTS)}
FROM (
    SELECT c.id, {OR_NONE}
    FROM engagement_eventplan c LEFT JOIN counted n ON n.id = c.id
    WHERE c.id IN ({{credits}})
) n
WHERE engagement_eventplan.id = n.id
"""  # noqa: S608 - composed of constants; ids are whole numbers of our own


def _kept(name: str, sign: str) -> str:
    """The lesser or greater of what is there and what comes; either may be empty."""
    return (
        f"{name} = CASE WHEN engagement_reach.{name} IS NULL"
        f" OR excluded.{name} {sign} engagement_reach.{name}"
        f" THEN excluded.{name} ELSE engagement_reach.{name} END"
    )


_LEAST = ("first_heard", "asked_ahead", "changes_on")
_MERGE_SQL = f"""
INSERT INTO engagement_reach (plan_id, organisation_id, {", ".join(REACH_COLUMNS)}, is_due)
SELECT plan_id, organisation_id, {", ".join(REACH_COLUMNS)}, FALSE
FROM (
    SELECT c.plan_id, p.organisation_id, {columns(REACH_COLUMNS)}
    {CREDITS}
    {{narrowed}}
    GROUP BY c.plan_id, p.organisation_id
) part
WHERE {SAYS_SOMETHING}
ORDER BY plan_id, organisation_id
ON CONFLICT (plan_id, organisation_id) DO UPDATE SET
    {", ".join(_kept(name, "<" if name in _LEAST else ">") for name in REACH_COLUMNS)}
"""  # noqa: S608 - composed of constants; ids are whole numbers of our own
_OF_CREDITS = "WHERE c.id IN ({ids})"
_OF_ROWS = """
    JOIN engagement_reach r ON r.plan_id = c.plan_id AND r.organisation_id = p.organisation_id
    WHERE r.id IN ({ids})
"""


def refresh_summary(*, plan_ids: Collection[int], as_at: dt.date) -> frozenset[int]:
    """Bring the summary of these plans up to the day; the ids of those that can be read then.

    Today's day only: it serves no other. Nothing is written where nothing is owed. The statements
    are as many for one event as for `BATCH` of them. Killed half way, it leaves the marks that tell
    what there is to do. A plan that is left out is one that somebody is writing to, or whose summary
    another worker refreshes at the moment or has refreshed for a later day: it can be computed from
    the definition.
    """
    found = standing(plan_ids, as_at=as_at)
    if not found.behind and not found.due:
        return found.whole
    owed = found.due | _brought_to_the_day(found.behind, as_at, found.register_no)
    while _worked_off(owed, as_at, found.register_no):
        pass
    return standing(plan_ids, as_at=as_at).whole


def _brought_to_the_day(
    plan_ids: Collection[int], as_at: dt.date, register_no: int
) -> frozenset[int]:
    """Let the summary stand for the day; counts that another membership may move are emptied.

    The plans for which that is done. One where a writer holds a credit is left to the next time.
    """
    if not plan_ids:
        return frozenset()
    SummaryDay.objects.bulk_create(
        (SummaryDay(plan_id=pk, as_at=dt.date.min, register_no=0) for pk in sorted(plan_ids)),
        ignore_conflicts=True,
    )
    with transaction.atomic():
        earlier = Q(as_at__lt=as_at) | Q(as_at=as_at, register_no__lt=register_no)
        free = SummaryDay.objects.select_for_update(skip_locked=True).filter(
            earlier, plan__in=plan_ids
        )
        held = list(free.order_by("plan_id"))
        if not held:
            return frozenset()
        moved = {day.plan_id for day in held if day.register_no != register_no}
        since = min(day.as_at for day in held)
        if since < as_at and register_moves(after=since, until=as_at):
            moved = {day.plan_id for day in held}
        counted = Q(plan__in=moved, own__isnull=False)
        empty_counts(counted, skip_locked=True)
        stuck = set(EventPlan.objects.filter(counted).values_list("plan_id", flat=True).distinct())
        done = frozenset(day.plan_id for day in held) - stuck
        SummaryDay.objects.filter(plan__in=done).update(as_at=as_at, register_no=register_no)
    return done


@transaction.atomic
def _worked_off(plan_ids: Collection[int], as_at: dt.date, register_no: int) -> bool:
    """Count, merge and work out anew what is owed and free, up to a batch; whether more is left.

    Rows are taken first, and what they say is worked out by a later statement: so either it sees a
    writer's change, or the writer waits and then marks the row again.
    """
    standing_for = SummaryDay.objects.select_for_update(skip_locked=True).filter(
        plan__in=plan_ids, as_at=as_at, register_no=register_no
    )
    plans = list(standing_for.order_by("plan_id").values_list("plan_id", flat=True))
    if not plans:
        return False
    free = EventPlan.objects.select_for_update(skip_locked=True)
    uncounted = free.filter(plan__in=plans, own__isnull=True).order_by("pk")
    found = list(uncounted.values_list("pk", "plan_id")[:BATCH])
    if found:
        _count(found, as_at)
    due = Reach.objects.select_for_update(skip_locked=True).filter(
        Q(is_due=True) | Q(changes_on__lte=as_at), plan__in=plans
    )
    rows = list(due.order_by("plan_id", "organisation_id").values_list("pk", flat=True)[:BATCH])
    if rows:
        _work_out(rows, as_at)
    return BATCH in (len(found), len(rows))


def _count(found: Sequence[tuple[int, int]], as_at: dt.date) -> None:
    """The counts of these credits, and their parts merged into the summary."""
    ids = _listed(pk for pk, _ in found)
    plans, parameters = among("plan.id", {plan_id for _, plan_id in found})
    values = {**on_day(as_at), **parameters}
    members = (_OF_THE_NAMED if len(found) <= FEW else MEMBER).format(credits=ids, plans=plans)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_SQL.format(credits=ids, members=members), values)
        cursor.execute(_MERGE_SQL.format(narrowed=_OF_CREDITS.format(ids=ids)), values)


def _work_out(rows: Sequence[int], as_at: dt.date) -> None:
    """These rows anew, from everything that the record holds of their plan and organisation."""
    ours = Reach.objects.filter(pk__in=rows)
    nothing = dict.fromkeys(REACH_COLUMNS)
    ours.update(**nothing, is_due=False)
    with connection.cursor() as cursor:
        narrowed = _OF_ROWS.format(ids=_listed(rows))
        cursor.execute(_MERGE_SQL.format(narrowed=narrowed), on_day(as_at))
    ours.filter(**nothing).delete()


def _listed(ids: Iterable[int]) -> str:
    return ", ".join(str(int(pk)) for pk in ids)
