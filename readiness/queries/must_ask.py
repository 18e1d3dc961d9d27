"""Who had to be asked in each consultation and is not on record as asked."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef, Q

from engagement.models import Outcome, Participation, Status
from plans.models import MustAsk
from readiness.queries.asked import Asked
from readiness.queries.disputes import Parts
from readiness.queries.trail import day
from readiness.rules.facts import Member
from readiness.rules.papers import Consultation, Shown
from readiness.rules.wording import GROUP_NAMES
from stakeholders.models import Category

Numbered = Mapping[int, Collection[tuple[int, Consultation]]]
"""Plan id -> consultations, each with the id of its row."""
Days = Mapping[tuple[int, int], Collection[dt.date]]
"""(plan id, organisation id) -> days on which it is on record as asked about the plan."""


def with_not_asked(
    consultations: Numbered,
    shown: Mapping[int, Collection[Shown]],
    members: Mapping[int, Sequence[Member]],
    asked: Asked,
    parts: Parts | None,
) -> dict[int, tuple[Consultation, ...]]:
    """The consultations, each with who must be asked and was not while it was open.

    Asked is whom a manager recorded as asked by the day, who was shown a version of the plan or is
    named in an event credited to it; of a category, when all who belong to it are. One statement,
    and one more where somebody must be asked and ``parts`` have not been read one by one.
    """
    rows = _rows(asked)
    days = _days(shown, asked, parts) if rows else {}
    found: dict[int, tuple[Consultation, ...]] = {}
    for plan_id, numbered in consultations.items():
        belonging = _belonging(members.get(plan_id, ()))
        found[plan_id] = tuple(
            replace(
                one,
                must_ask=len(rows[pk]),
                not_asked=tuple(
                    _not_asked(rows[pk], one, asked, _reader(plan_id, days), belonging)
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
    one: Consultation,
    asked: Asked,
    days: Callable[[int], Collection[dt.date]],
    belonging: Mapping[str, Collection[int]],
) -> Iterable[str]:
    until = min(one.closes_on, asked.as_at)

    def is_on_record(organisation: int) -> bool:
        return any(one.opens_on <= on <= until for on in days(organisation))

    for row in rows:
        by_hand = day(asked.was(MustAsk, row.pk).get("asked_on", row.asked_on))
        if by_hand is not None and by_hand <= asked.as_at:
            continue
        if row.organisation_id is not None:
            if not is_on_record(row.organisation_id):
                yield row.organisation.name
        elif not (whole := belonging.get(row.category)) or not all(map(is_on_record, whole)):
            yield GROUP_NAMES.get(row.category, Category(row.category).label)


def _days(
    shown: Mapping[int, Collection[Shown]], asked: Asked, parts: Parts | None
) -> dict[tuple[int, int], set[dt.date]]:
    found: dict[tuple[int, int], set[dt.date]] = defaultdict(set)
    for plan_id, of_plan in shown.items():
        for one in of_plan:
            found[plan_id, one.organisation_id].add(one.shown_on)
    for plan_id, organisation, on in _now(asked) if parts is None else _then(parts):
        found[plan_id, organisation].add(on)
    return found


def _now(asked: Asked) -> Iterable[tuple[int, int, dt.date]]:
    disputed = asked.open_disputes().filter(
        event=OuterRef("event"), organisation=OuterRef("organisation")
    )
    must = MustAsk.objects.standing().filter(asked.among("consultation__plan"))
    counted = Participation.objects.filter(
        asked.among("event__credits__plan"),
        ~Exists(disputed),
        ~Q(event__status=Status.CANCELLED),
        ~Q(outcome=Outcome.ASKED_US),
        Q(organisation__in=must.filter(organisation__isnull=False).values("organisation"))
        | Q(organisation__category__in=must.exclude(category="").values("category")),
        held_on__lte=asked.as_at,
        event__withdrawn_at__isnull=True,
    )
    columns = ("event__credits__plan_id", "organisation_id", "held_on")
    return counted.order_by().values_list(*columns).distinct()


def _then(parts: Parts) -> Iterable[tuple[int, int, dt.date]]:
    for plan_id, of_plan in parts.items():
        for part in of_plan:
            if part.status != Status.CANCELLED and part.outcome != Outcome.ASKED_US:
                yield plan_id, part.organisation_id, part.held_on


def _reader(plan_id: int, days: Days) -> Callable[[int], Collection[dt.date]]:
    return lambda organisation: days.get((plan_id, organisation), ())


def _belonging(members: Sequence[Member]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for one in members:
        found[one.category].append(one.id)
    return found
