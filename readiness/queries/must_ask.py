"""Who had to be asked in each consultation and is not on record as asked."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Q

from engagement.models import Outcome, Status
from engagement.queries.asked import parts_that_ask
from plans.models import MustAsk, Plan
from plans.queries.belonging_then import members_by_day
from plans.rules.asked import Wanted, asked_on
from readiness.queries.asked import Asked
from readiness.queries.disputes import Parts
from readiness.queries.trail import day
from readiness.rules.facts import Member
from readiness.rules.papers import Consultation, Shown
from readiness.rules.wording import GROUP_NAMES
from stakeholders.models import Category

Numbered = Mapping[int, Collection[tuple[int, Consultation]]]
"""Plan id -> consultations, each with the id of its row."""
Days = Mapping[int, Mapping[int, Collection[dt.date]]]
"""Plan id -> organisation id -> days on which it is on record as asked about the plan."""


def with_not_asked(
    consultations: Numbered,
    plans: Iterable[Plan],
    shown: Mapping[int, Collection[Shown]],
    members: Mapping[int, Sequence[Member]],
    asked: Asked,
    parts: Parts | None,
) -> dict[int, tuple[Consultation, ...]]:
    """The consultations, each with who must be asked and was not while it was open.

    Asked is whom a manager recorded as asked by the day, who was shown a version of the plan or is
    named in an event credited to it; of a category, when all are who belonged to it when it closed.
    One statement; where somebody must be asked one more unless ``parts`` have been read one by one,
    and one where a consultation is over in which everybody of a category had to be asked.
    """
    rows = _rows(asked)
    days = _days(shown, asked, parts) if rows else {}
    footprints = {plan.pk: plan.footprint_id for plan in plans}
    then = _belonging_then(consultations, rows, footprints, asked.as_at)
    found: dict[int, tuple[Consultation, ...]] = {}
    for plan_id, numbered in consultations.items():
        now = _by_category((one.category, one.id) for one in members.get(plan_id, ()))
        of_plan = days.get(plan_id, {})
        found[plan_id] = tuple(
            replace(
                one,
                must_ask=len(rows[pk]),
                not_asked=tuple(
                    _not_asked(
                        rows[pk],
                        _first_days(of_plan, one, asked.as_at),
                        then.get((one.closes_on, footprints[plan_id]), now),
                        asked,
                    )
                ),
            )
            if pk in rows
            else one
            for pk, one in numbered
        )
    return found


def _rows(asked: Asked) -> dict[int, list[Any]]:
    """Consultation id -> whoever must be asked in it, as far as it had been recorded."""
    rows = MustAsk.objects.known(asked.known).filter(asked.among("consultation__plan"))
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows.select_related("organisation").order_by("pk"):
        found[row.consultation_id].append(row)
    return found


def _not_asked(
    rows: Iterable[Any],
    on_record: Mapping[int, dt.date],
    belonging: Mapping[str, Collection[int]],
    asked: Asked,
) -> Iterable[str]:
    for row in rows:
        wanted = Wanted(
            organisation=row.organisation_id,
            category=row.category,
            by_hand=day(asked.was(MustAsk, row.pk).get("asked_on", row.asked_on)),
        )
        found = asked_on(wanted, on_record=on_record, belonging=belonging, by=asked.as_at)
        if found.on is not None:
            continue
        if row.organisation_id is not None:
            yield row.organisation.name
        else:
            yield GROUP_NAMES.get(row.category, Category(row.category).label)


def _first_days(
    of_plan: Mapping[int, Collection[dt.date]], one: Consultation, as_at: dt.date
) -> dict[int, dt.date]:
    """Organisation -> the first day on which it is on record while the consultation was open."""
    until = min(one.closes_on, as_at)
    open_then = {
        organisation: [on for on in days if one.opens_on <= on <= until]
        for organisation, days in of_plan.items()
    }
    return {organisation: min(days) for organisation, days in open_then.items() if days}


def _belonging_then(
    consultations: Numbered,
    rows: Mapping[int, Sequence[Any]],
    footprints: Mapping[int, int],
    as_at: dt.date,
) -> dict[tuple[dt.date, int], dict[str, list[int]]]:
    """(Day, footprint) -> category -> who belonged, for the last days that are over of consultations
    in which everybody of a category must be asked: who came to the footprint later was not there."""
    closed: dict[dt.date, set[int]] = defaultdict(set)
    for plan_id, numbered in consultations.items():
        for pk, one in numbered:
            if one.closes_on < as_at and any(row.category for row in rows.get(pk, ())):
                closed[one.closes_on].add(footprints[plan_id])
    pairs: dict[tuple[dt.date, int], list[tuple[str, int]]] = {
        (on, footprint): [] for on, of_footprints in closed.items() for footprint in of_footprints
    }
    for on, footprint, category, organisation in members_by_day(closed):
        pairs[on, footprint].append((category, organisation))
    return {place: _by_category(those) for place, those in pairs.items()}


def _days(shown: Mapping[int, Collection[Shown]], asked: Asked, parts: Parts | None) -> Days:
    found: defaultdict[int, defaultdict[int, set[dt.date]]] = defaultdict(lambda: defaultdict(set))
    for plan_id, of_plan in shown.items():
        for one in of_plan:
            found[plan_id][one.organisation_id].add(one.shown_on)
    for plan_id, organisation, on in _now(asked) if parts is None else _then(parts):
        found[plan_id][organisation].add(on)
    return found


def _now(asked: Asked) -> Iterable[tuple[int, int, dt.date]]:
    must = MustAsk.objects.standing().filter(asked.among("consultation__plan"))
    counted = parts_that_ask().filter(
        asked.among("event__credits__plan"),
        Q(organisation__in=must.filter(organisation__isnull=False).values("organisation"))
        | Q(organisation__category__in=must.exclude(category="").values("category")),
        held_on__lte=asked.as_at,
    )
    columns = ("event__credits__plan_id", "organisation_id", "held_on")
    return counted.order_by().values_list(*columns).distinct()


def _then(parts: Parts) -> Iterable[tuple[int, int, dt.date]]:
    for plan_id, of_plan in parts.items():
        for part in of_plan:
            if part.status != Status.CANCELLED and part.outcome != Outcome.ASKED_US:
                yield plan_id, part.organisation_id, part.held_on


def _by_category(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for category, organisation in pairs:
        found[category].append(organisation)
    return found
