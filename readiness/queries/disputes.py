"""The parts under an open dispute, and whether an organisation's home is in a plan's footprint."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from django.utils import timezone

from engagement.models import Participation
from plans.models import Membership, Plan
from readiness.queries.asked import Asked
from readiness.rules.facts import Member, Part
from stakeholders.models import Category, OpenPeriod

Parts = Mapping[int, list[Part]]
"""Plan id -> parts in its events."""

_HOME_KNOWN = frozenset({Category.LMC, Category.PCN})
"""Wherever one of their practices belongs, so do they: their home is never unknown."""


def disputed_parts(asked: Asked) -> Parts:
    """Plan id -> every part that an open dispute takes out of its figures now.

    One statement, and one more where there are disputes. Whose home is here is not yet known.
    """
    disputes = asked.open_disputes().filter(
        asked.among("event__credits__plan"), event__withdrawn_at__isnull=True
    )
    columns = ("event__credits__plan_id", "event_id", "organisation_id")
    plans: dict[tuple[int, int], list[int]] = defaultdict(list)
    for plan_id, event_id, organisation_id in disputes.values_list(*columns):
        plans[event_id, organisation_id].append(plan_id)
    found: dict[int, list[Part]] = defaultdict(list)
    for part in _parts(plans.keys()):
        for plan_id in plans[part.event_id, part.organisation_id]:
            found[plan_id].append(part)
    return found


def _parts(pairs: Collection[tuple[int, int]]) -> list[Part]:
    """Every part of these organisations in these events."""
    events, organisations = {event for event, _ in pairs}, {one for _, one in pairs}
    rows = Participation.objects.filter(event__in=events, organisation__in=organisations)
    return [
        Part(
            event_id=row.event_id,
            title=row.event.title,
            held_on=row.held_on,
            channel=row.event.channel,
            level=row.event.level,
            status=row.event.status,
            recorded_on=timezone.localtime(row.event.recorded_at).date(),
            organisation_id=row.organisation_id,
            category=row.organisation.category,
            capacity=row.capacity,
            outcome=row.outcome,
        )
        for row in rows.select_related("event", "organisation").order_by("pk")
        if (row.event_id, row.organisation_id) in pairs
    ]


def at_home(
    parts: Parts,
    *,
    plans: Iterable[Plan],
    members: Mapping[int, Collection[Member]],
    as_at: dt.date,
) -> dict[int, list[Part]]:
    """The parts by plan id, in a fixed order, each with whether it counts for that plan's contacts.

    It does where the organisation belongs to the footprint on the day or nobody knows its home:
    the definition of ``readiness.queries.reach``. Two statements where there are strangers.
    """
    here = {plan_id: {member.id for member in found} for plan_id, found in members.items()}
    strangers = {
        part.organisation_id
        for plan_id, found in parts.items()
        for part in found
        if part.organisation_id not in here.get(plan_id, ())
    }
    homes = _Homes(strangers, as_at)
    kinds = {plan.pk: plan.footprint.kind for plan in plans}
    return {
        plan_id: [
            replace(
                part,
                counted_here=part.organisation_id in here.get(plan_id, ())
                or not homes.is_known(part, kinds[plan_id]),
            )
            for part in sorted(found, key=_in_order)
        ]
        for plan_id, found in parts.items()
    }


def _in_order(part: Part) -> tuple[int, int, str, str]:
    return part.event_id, part.organisation_id, part.capacity, part.outcome


class _Homes:
    """Where organisations belong that take part in the events of another footprint."""

    def __init__(self, organisation_ids: Collection[int], as_at: dt.date) -> None:
        concerned = {"organisation__in": organisation_ids}
        memberships = Membership.objects.on(as_at).filter(**concerned)
        periods = OpenPeriod.objects.on(as_at).filter(**concerned)
        self._member_of = set(memberships.values_list("organisation_id", "footprint__kind"))
        self._open = set(periods.values_list("organisation_id", flat=True))

    def is_known(self, part: Part, kind: str) -> bool:
        """Whether the part's organisation belongs to a footprint of this kind on the day.

        A practice belongs somewhere as long as it is open, whether or not a footprint has it.
        """
        if part.category in _HOME_KNOWN:
            return True
        if part.category == Category.GP_PRACTICE:
            return part.organisation_id in self._open
        return (part.organisation_id, kind) in self._member_of
