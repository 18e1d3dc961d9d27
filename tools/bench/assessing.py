"""Goals for assessments, against the least that any way of assessing has to read."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.utils import timezone

from readiness.actions import assess_plans
from readiness.queries.computed import computed
from tools.bench import country
from tools.bench.bounds import by_database
from tools.bench.judge import Goal, Work
from tools.bench.undoing import undone

MEMBERS_FLOOR = """
SELECT m.footprint_id, o.id, o.code, o.name
FROM plans_membership m
JOIN stakeholders_relationship t ON t.target_id = m.organisation_id AND t.kind = 'commissioned_by'
JOIN stakeholders_organisation o ON o.id = t.source_id
WHERE m.extent = 'whole' AND {footprints}
"""
REACH_FLOOR = """
SELECT c.plan_id, p.organisation_id, MIN(c.held_on), MAX(c.held_on), COUNT(*)
FROM engagement_eventplan c
JOIN engagement_event e ON e.id = c.event_id
JOIN engagement_participation p ON p.event_id = e.id
WHERE {plans}
GROUP BY c.plan_id, p.organisation_id
"""


def goals() -> Iterator[Goal]:
    """Every plan, and the one that changed."""
    plan = country.busiest_plans(1)[0]
    today = country.today()
    everything = floor_of(footprints="1 = 1", plans="1 = 1")
    one = floor_of(
        footprints=f"m.footprint_id = {plan.footprint_id}", plans=f"c.plan_id = {plan.pk}"
    )
    yield Goal(
        name="all plans computed / members and reach read",
        subject=lambda: computed(None, as_at=today),
        floor=everything,
        bound=by_database(sqlite=17, postgresql=21),
        most_queries=26,
        why="ours: membership by date, named evidence for 13,841 members and 25 criteria in Python",
    )
    yield Goal(
        name="all plans computed and stored / the same",
        subject=undone(lambda: _assess_tomorrow(None)),
        floor=everything,
        bound=by_database(sqlite=23, postgresql=38),
        most_queries=240,
        why="ours: the same, and 86 assessments with results and flags",
    )
    yield Goal(
        name="control: all plans, one after the other / the same",
        subject=lambda: [computed([pk], as_at=today) for pk in country.all_plans()],
        floor=everything,
        bound=by_database(sqlite=14, postgresql=17),
        control=True,
    )
    yield Goal(
        name="one plan computed / its members and reach read",
        subject=lambda: computed([plan.pk], as_at=today),
        floor=one,
        bound=by_database(sqlite=65, postgresql=32),
        most_queries=26,
        why="ours: what 25 criteria read of the busiest of 86: 25 statements of the ORM against 2",
    )
    yield Goal(
        name="one plan computed and stored / the same",
        subject=undone(lambda: _assess_tomorrow([plan.pk])),
        floor=one,
        bound=by_database(sqlite=70, postgresql=33),
        most_queries=60,
        why="ours: the same, and 25 statements to store",
    )


def floor_of(reach: str = REACH_FLOOR, **conditions: str) -> Work:
    """The least that has to be read: members, and how far they were reached."""
    statements = [sql.format(**conditions) for sql in (MEMBERS_FLOOR, reach)]

    def read() -> list[Any]:
        found = []
        with connection.cursor() as cursor:
            for sql in statements:
                cursor.execute(sql)
                found.append(cursor.fetchall())
        return found

    return read


def _assess_tomorrow(plan_ids: list[int] | None) -> None:
    """As every night, for the day to come: what is the same for the same day is not stored twice."""
    tomorrow = country.today() + dt.timedelta(days=1)
    tomorrow_night = timezone.now() + dt.timedelta(days=1)
    tally = assess_plans(plan_ids=plan_ids, as_at=tomorrow, now=tomorrow_night)
    if not tally.stored:
        raise SystemExit("Nothing was stored, so storing was not measured.")
