"""When the colleges were heard whose advice a plan needs."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from django.db.models import Exists, Min, OuterRef, Q

from engagement.models import Level, Outcome, Participation, Reach, Status
from plans.models import Capacity
from readiness.queries.asked import Asked
from readiness.queries.disputes import Parts
from readiness.rules.facts import HEARD, Part
from readiness.rules.papers import Advice
from readiness.rules.reach import rung_of
from stakeholders.models import GENERAL_PRACTICE

First = Mapping[tuple[int, int], dt.date]
"""(plan id, organisation id) -> the first day on which it was heard."""


def with_first_heard(
    advice: Mapping[int, Collection[Advice]], asked: Asked, parts: Parts | None
) -> dict[int, tuple[Advice, ...]]:
    """The advice, each with the first day on which its college was heard for the plan.

    A college may belong to no footprint at all. ``parts`` are those that count, where they have
    been read one by one; None takes one statement, where a college is named at all.
    """
    colleges = {one.college_id for rows in advice.values() for one in rows if one.college_id}
    first = _first_now(colleges, asked) if parts is None else _first_then(colleges, asked, parts)
    return {
        plan_id: tuple(replace(one, heard_on=_day(first, plan_id, one)) for one in rows)
        for plan_id, rows in advice.items()
    }


def _day(first: First, plan_id: int, advice: Advice) -> dt.date | None:
    return first.get((plan_id, advice.college_id)) if advice.college_id else None


def _first_now(colleges: Collection[int], asked: Asked) -> First:
    """As ``rung_of`` says it of one part; the summary keeps the day as it is."""
    if asked.summary:
        kept = Reach.objects.filter(asked.among("plan"), organisation__in=colleges)
        return _days(kept.values_list("plan_id", "organisation_id", "first_heard"))
    in_own_voice = ~Q(organisation__category__in=GENERAL_PRACTICE) | Q(
        capacity__in=(Capacity.PROVIDER, Capacity.REPRESENTATIVE)
    )
    disputed = asked.open_disputes().filter(
        event=OuterRef("event"), organisation=OuterRef("organisation")
    )
    heard = Participation.objects.filter(
        in_own_voice,
        ~Exists(disputed),
        ~Q(event__level=Level.INFORM),
        asked.among("event__credits__plan"),
        organisation__in=colleges,
        outcome__in=(Outcome.ATTENDED, Outcome.RESPONDED),
        held_on__lte=asked.as_at,
        event__status=Status.HAPPENED,
        event__withdrawn_at__isnull=True,
    )
    by_plan = heard.order_by().values_list("event__credits__plan_id", "organisation_id")
    return _days(by_plan.annotate(first=Min("held_on")))


def _days(rows: Iterable[tuple[int, int, dt.date | None]]) -> First:
    return {(plan_id, college): day for plan_id, college, day in rows if day is not None}


def _first_then(colleges: Collection[int], asked: Asked, parts: Parts) -> First:
    first: dict[tuple[int, int], dt.date] = {}
    for plan_id, of_plan in parts.items():
        for part in _heard(of_plan, colleges, asked.as_at):
            key = plan_id, part.organisation_id
            first[key] = min(part.held_on, first.get(key, part.held_on))
    return first


def _heard(of_plan: Iterable[Part], colleges: Collection[int], as_at: dt.date) -> Iterable[Part]:
    return (
        part
        for part in of_plan
        if part.organisation_id in colleges and rung_of(part, as_at) == HEARD
    )
