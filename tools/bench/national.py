"""Goals at national size: what the demonstration's goals ask, and that nothing grows with history.

Each is named as in `tools.bench` and asked on the live plans; bounds of their own are in `BOUNDS`.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from django.db import connection
from django.utils import timezone

from engagement.actions import record_event
from engagement.rules.record import Attendance, Record
from plans.models import Plan
from readiness.actions import assess_plans
from readiness.queries.computed import computed
from tools.bench import country, pages, recording
from tools.bench.assessing import floor_of
from tools.bench.judge import Goal, Work
from tools.bench.national_bounds import BOUNDS
from tools.bench.undoing import undone

SUMMARY_FLOOR = "SELECT r.* FROM engagement_reach r WHERE {plans}"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Work whose blocks are counted, and compared with those of size S."""

    name: str
    work: Work
    bound: float


ON_SQLITE = ("200 plans", "the night", "median plan", "busiest plan", "save", "board", "event list")
"""What the goals that are asked on SQLite begin with; it is not meant for more than S."""


def goals() -> Iterator[Goal]:
    """Every goal, with the bounds of this size in place of the demonstration's."""
    parts = (
        _assessing(),
        recording.goals(),
        _after_an_event(),
        pages.goals(),
        _median(),
        _paging(),
    )
    for goal in chain(*parts):
        if connection.vendor == "sqlite" and not goal.name.startswith(ON_SQLITE):
            continue
        bound, why = BOUNDS.get(goal.name, (goal.bound, goal.why))
        yield replace(goal, bound=bound, why=why)


def pieces() -> Iterator[Piece]:
    """What has to read as much at a million events as at two thousand."""
    for words, plan in _plans():
        yield Piece(
            name=f"{words}: an event logged, then assessed, blocks", bound=1.3,
            work=undone(_logged_and_assessed(plan)),
        )  # fmt: skip
    for (words, plan), bound in zip(_plans(), (1.3, 2.0), strict=True):
        reviewer = pages.signed_in(country.REVIEWER)
        page = pages.visit(reviewer, f"/plans/{plan.code}/")
        # The months of the busiest plan's other organisations are counted from the record.
        yield Piece(
            name=f"{words}: dossier drawn anew, blocks", work=pages.drawn_anew(page), bound=bound
        )


def _plans() -> tuple[tuple[str, Plan], ...]:
    return (
        ("median plan", country.median_plan()),
        ("busiest plan", country.busiest_plans(1)[0]),
    )


def _assessing() -> Iterator[Goal]:
    live, today = country.all_plans(), country.today()
    chosen = _listed(live)
    both = floor_of(footprints="1 = 1", plans=f"c.plan_id IN ({chosen})")
    yield Goal(
        name="200 plans computed from base rows / members and reach read",
        subject=lambda: computed(live, as_at=today), floor=both, most_queries=30,
    )  # fmt: skip
    yield Goal(
        name="200 plans computed from the summary / members and summary read",
        subject=lambda: computed(live, as_at=today, summary=True),
        floor=floor_of(SUMMARY_FLOOR, footprints="1 = 1", plans=f"r.plan_id IN ({chosen})"),
        most_queries=30,
    )
    yield Goal(
        name="the night: 200 plans refreshed, computed, stored / members and reach read",
        subject=undone(lambda: assess_tomorrow(live)), floor=both, most_queries=500, varies=True,
    )  # fmt: skip
    few = live[::5]
    yield Goal(
        name="control: 40 plans, one after the other / at once",
        subject=lambda: [computed([pk], as_at=today) for pk in few],
        floor=lambda: computed(few, as_at=today), bound=1.4, control=True,
    )  # fmt: skip


def _listed(ids: Iterable[int]) -> str:
    return ", ".join(str(pk) for pk in ids)


def assess_tomorrow(plan_ids: list[int]) -> None:
    """What the coming night does; what is the same for the same day would not be stored again."""
    tomorrow = dt.timedelta(days=1)
    tally = assess_plans(
        plan_ids=plan_ids, as_at=country.today() + tomorrow, now=timezone.now() + tomorrow
    )
    if tally.stored != len(plan_ids):
        raise SystemExit(f"Only {tally.stored} of {len(plan_ids)} plans were stored.")


def _after_an_event() -> Iterator[Goal]:
    for words, plan in _plans():
        yield Goal(
            name=f"{words}: an event saved, then assessed / its members and reach read",
            subject=undone(_logged_and_assessed(plan)),
            most_queries=60,
            varies=True,
            floor=floor_of(
                footprints=f"m.footprint_id = {plan.footprint_id}", plans=f"c.plan_id = {plan.pk}"
            ),
        )


def _logged_and_assessed(plan: Plan) -> Callable[[], object]:
    by, day = country.user(country.MANAGER), country.today()
    parts = tuple(
        Attendance(organisation_id=pk, person_id=None, **recording.PART)
        for pk in country.practices_of(plan, 50)
    )
    record = Record(plan_ids=(plan.pk,), held_on=day, attendances=parts, **recording.EVENT)

    def run() -> None:
        record_event(by=by, record=record, now=timezone.now())
        assess_plans(plan_ids=[plan.pk], as_at=day, now=timezone.now())

    return run


def _median() -> Iterator[Goal]:
    """The pages of the plan in the middle: those of the busiest are a stress, and asked beside."""
    reviewer, code = pages.signed_in(country.REVIEWER), country.median_plan().code
    floor = pages.visit(reviewer, f"/bench/floor/?code={code}")
    yield Goal(
        name="median plan: dossier, drawn anew / F",
        subject=pages.drawn_anew(pages.visit(reviewer, f"/plans/{code}/")),
        floor=floor,
        most_queries=29,
    )
    yield Goal(
        name="median plan: missing list / F",
        subject=pages.visit(reviewer, f"/plans/{code}/missing/"),
        floor=floor,
        most_queries=10,
    )


def _paging() -> Iterator[Goal]:
    """Page 1,000 where there are as many, and the mistake that walks there."""
    reviewer = pages.signed_in(country.REVIEWER)
    first = pages.visit(reviewer, "/events/")
    deep, number = country.deep_place()
    yield Goal(
        name="event list, page 1,000 or the last / page 1",
        subject=pages.visit(reviewer, f"/events/?after={deep}"), floor=first, bound=1.5,
        most_queries=8,
    )  # fmt: skip
    yield Goal(
        name="control: event list, page 1,000 by OFFSET / page 1",
        subject=lambda: _offset(number), floor=lambda: _offset(0), bound=1.5, control=True,
    )  # fmt: skip


def _offset(number: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM engagement_event WHERE withdrawn_at IS NULL"
            " ORDER BY held_on DESC, id DESC LIMIT 51 OFFSET %s", [number],
        )  # fmt: skip
        return cursor.fetchall()
