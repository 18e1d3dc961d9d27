"""Which other plans share an LMC or a trust with a plan, and what was done together."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from engagement.models import EventPlan, Status
from plans.membership import belonging
from plans.models import Plan
from readiness.queries.asked import Asked
from readiness.queries.recorded import Record
from readiness.rules.facts import Member
from readiness.rules.papers import Neighbour
from stakeholders.models import Category

_SHARED = frozenset({Category.LMC, Category.TRUST})
"""Organisations that bind two footprints together where they belong to both."""


@dataclass(frozen=True, kw_only=True)
class _Pair:
    """A plan and one of another footprint, by the LMCs and trusts that belong to both."""

    plan: Plan
    other: Plan
    shared: tuple[str, ...]


def neighbours_of(
    plans: Collection[Plan],
    members: Mapping[int, Iterable[Member]],
    asked: Asked,
    record: Record | None,
) -> dict[int, tuple[Neighbour, ...]]:
    """Plan id -> the other footprints of its kind that have a plan of its type on the day.

    Three statements at most. Of one plan it looks at those who share with it and not at the
    country; of all plans their members are known already.
    """
    names = {
        plan.pk: {m.id: m.name for m in members.get(plan.pk, ()) if m.category in _SHARED}
        for plan in plans
    }
    if not any(names.values()):
        return {}
    places = _places(plans, names, asked)
    pairs = _pairs(plans, names, places, asked)
    joint = _joint_events(pairs, asked, record)
    found: dict[int, dict[str, Neighbour]] = defaultdict(dict)
    for pair in pairs:
        place = pair.other.footprint
        there = found[pair.plan.pk].get(place.code)
        events = {
            *joint.get((pair.plan.pk, pair.other.pk), ()),
            *(there.joint_events if there else ()),
        }
        found[pair.plan.pk][place.code] = Neighbour(
            code=place.code,
            name=place.name,
            shared=pair.shared,
            joint_events=tuple(sorted(events)),
        )
    return {plan_id: tuple(of.values()) for plan_id, of in found.items()}


def _places(
    plans: Iterable[Plan], names: Mapping[int, Mapping[int, str]], asked: Asked
) -> dict[int, set[int]]:
    """LMC or trust -> the footprints to which it belongs on the day."""
    if asked.plan_ids is None:
        belongs = {(plan.footprint_id, one) for plan in plans for one in names[plan.pk]}
    else:
        ids = {one for of_plan in names.values() for one in of_plan}
        belongs = set(belonging(organisation_ids=ids, day=asked.as_at))
    places: dict[int, set[int]] = defaultdict(set)
    for footprint_id, organisation_id in belongs:
        places[organisation_id].add(footprint_id)
    return places


def _pairs(
    plans: Collection[Plan],
    names: Mapping[int, Mapping[int, str]],
    places: Mapping[int, Collection[int]],
    asked: Asked,
) -> list[_Pair]:
    others: dict[int, list[Plan]] = defaultdict(list)
    for other in _open_plans(plans, {one for of in places.values() for one in of}, asked):
        others[other.footprint_id].append(other)
    pairs = []
    for plan in plans:
        shared: dict[int, list[str]] = defaultdict(list)
        for organisation_id, name in names[plan.pk].items():
            for footprint_id in places.get(organisation_id, ()):
                shared[footprint_id].append(name)
        pairs += [
            _Pair(plan=plan, other=other, shared=tuple(sorted(shared[footprint_id])))
            for footprint_id in sorted(shared.keys() - {plan.footprint_id})
            for other in others[footprint_id]
            if other.plan_type == plan.plan_type and other.footprint.kind == plan.footprint.kind
        ]
    return pairs


def _open_plans(
    plans: Collection[Plan], footprint_ids: Collection[int], asked: Asked
) -> list[Plan]:
    """Plans of these footprints that are being made on the day, of the types that are asked for."""
    if asked.plan_ids is None:
        return [
            plan
            for plan in plans
            if plan.starts_on <= asked.as_at
            and (plan.closed_on is None or plan.closed_on >= asked.as_at)
        ]
    found = Plan.objects.select_related("footprint").filter(
        Q(closed_on__isnull=True) | Q(closed_on__gte=asked.as_at),
        footprint__in=footprint_ids,
        plan_type__in={plan.plan_type for plan in plans},
        starts_on__lte=asked.as_at,
    )
    return list(found.order_by("pk"))


def _joint_events(
    pairs: Collection[_Pair], asked: Asked, record: Record | None
) -> dict[tuple[int, int], list[int]]:
    """(plan, other plan) -> events that happened by the day and are credited to both."""
    wanted = {(pair.plan.pk, pair.other.pk) for pair in pairs}
    rows: Iterable[tuple[int, int, int]]
    if record is not None:
        rows = (
            (mine, other, event.event_id)
            for event in record.events.values()
            if event.status == Status.HAPPENED and event.held_on <= asked.as_at
            for mine in event.plan_ids
            for other in event.plan_ids
        )
    else:
        rows = _credited_to_both(wanted, asked)
    joint: dict[tuple[int, int], list[int]] = defaultdict(list)
    for mine, other, event_id in rows:
        if (mine, other) in wanted:
            joint[mine, other].append(event_id)
    return joint


def _credited_to_both(
    wanted: Collection[tuple[int, int]], asked: Asked
) -> Iterable[tuple[int, int, int]]:
    if not wanted:
        return ()
    found = EventPlan.objects.filter(
        asked.among("plan"),
        held_on__lte=asked.as_at,
        event__status=Status.HAPPENED,
        event__withdrawn_at__isnull=True,
        event__credits__plan__in={other for _, other in wanted},
    )
    return found.values_list("plan_id", "event__credits__plan_id", "event_id")
