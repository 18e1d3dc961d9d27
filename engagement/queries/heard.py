"""Who of a footprint has been heard for its plan as the record stands: the pick list and the
"what this changes" of the log form read it. The stored assessment says the same a moment later.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import OuterRef, Q, Subquery

from engagement.models import Level, Outcome, Participation, Status
from engagement.queries.answers import is_disputed
from engagement.queries.crediting import PlanChoice
from plans.membership import Member, members
from plans.models import LOCALITY_OF, Capacity
from stakeholders.models import GENERAL_PRACTICE, Category, ListSize, Organisation, RelationshipKind


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Who belongs to the footprint of a plan and who of them has been heard; ids throughout.

    ``localities`` gives the locality of each practice; ``spoken_for`` the number of practices
    that each LMC represents there.
    """

    practices: frozenset[int]
    lmcs: frozenset[int]
    members: frozenset[int]
    heard: frozenset[int]
    localities: dict[int, int | None] = field(default_factory=dict)
    spoken_for: dict[int, int] = field(default_factory=dict)

    @property
    def practices_heard(self) -> frozenset[int]:
        return self.practices & self.heard

    @property
    def lmcs_heard(self) -> frozenset[int]:
        return self.lmcs & self.heard


@dataclass(frozen=True, kw_only=True)
class Unheard:
    """An organisation that nobody has heard yet for one of the plans."""

    id: int
    code: str
    name: str
    category: str
    patients: int | None = None
    locality: str = ""
    speaks_for: int = 0


def standings(
    plans: Sequence[PlanChoice], *, day: dt.date, without_event: int | None = None
) -> dict[int, Standing]:
    """The standing of each plan on ``day``; two queries for any number of plans.

    ``without_event`` leaves one event out: the one that is being edited.
    """
    footprints = {plan.footprint_id for plan in plans}
    belonging = defaultdict(list)
    for member in members(day=day, footprint_ids=footprints):
        belonging[member.footprint_id].append(member)
    heard = _heard({plan.id for plan in plans}, day, without_event)
    return {
        plan.id: _standing(plan, belonging[plan.footprint_id], heard[plan.id]) for plan in plans
    }


def within(plans: Iterable[PlanChoice], *, day: dt.date) -> frozenset[int]:
    """Everybody who belongs to the footprint of one of the plans on ``day``, without asking who of
    them has been heard; one query."""
    footprints = {plan.footprint_id for plan in plans}
    return frozenset(one.organisation_id for one in members(day=day, footprint_ids=footprints))


def unheard(
    plans: Sequence[PlanChoice], standing: dict[int, Standing], *, day: dt.date, limit: int = 6
) -> list[Unheard]:
    """Whom to ring first: LMCs not heard, then practices not heard, longest list first."""
    lmcs: dict[int, int] = {}
    practices: dict[int, int | None] = {}
    for plan in plans:
        now = standing[plan.id]
        for pk in now.lmcs - now.heard:
            lmcs[pk] = max(lmcs.get(pk, 0), now.spoken_for.get(pk, 0))
        for pk in now.practices - now.heard:
            practices[pk] = now.localities.get(pk)
    return _lmcs(lmcs, limit // 2) + _practices(practices, day, limit)


def _lmcs(speaks_for: dict[int, int], limit: int) -> list[Unheard]:
    first = sorted(speaks_for, key=lambda pk: (-speaks_for[pk], pk))[:limit]
    found = Organisation.objects.in_bulk(first)
    return [
        Unheard(
            id=pk,
            code=found[pk].code,
            name=found[pk].name,
            category=found[pk].category,
            speaks_for=speaks_for[pk],
        )
        for pk in first
    ]


def _practices(localities: dict[int, int | None], day: dt.date, limit: int) -> list[Unheard]:
    newest = (
        ListSize.objects.filter(organisation=OuterRef("pk"), as_at__lte=day)
        .order_by("-as_at")
        .values("patients")[:1]
    )
    largest = (
        Organisation.objects.filter(pk__in=localities)
        .annotate(patients=Subquery(newest))
        .order_by("patients", "code")
        .values_list("pk", "code", "name", "category", "patients")
    )
    rows = sorted(largest, key=lambda row: (-(row[4] or 0), row[1]))[:limit]
    places = Organisation.objects.in_bulk(
        [place for place in (localities[row[0]] for row in rows) if place is not None]
    )
    return [
        Unheard(
            id=pk,
            code=code,
            name=name,
            category=category,
            patients=patients,
            locality=getattr(places.get(localities[pk] or 0), "name", ""),
        )
        for pk, code, name, category, patients in rows
    ]


def _heard(plan_ids: Iterable[int], day: dt.date, without_event: int | None) -> dict[int, set[int]]:
    """Organisations at rung 4 for each plan by ``day``: the definition of the ladder as a filter."""
    own_voice = Q(capacity__in=(Capacity.PROVIDER, Capacity.REPRESENTATIVE))
    rows = (
        Participation.objects.filter(
            ~is_disputed(),
            ~Q(organisation__category__in=GENERAL_PRACTICE) | own_voice,
            event__credits__plan__in=set(plan_ids),
            event__status=Status.HAPPENED,
            event__withdrawn_at__isnull=True,
            held_on__lte=day,
            outcome__in=(Outcome.ATTENDED, Outcome.RESPONDED),
        )
        .exclude(event__level=Level.INFORM)
        .exclude(event=without_event)
        .order_by()
        .values_list("event__credits__plan", "organisation")
        .distinct()
    )
    heard: dict[int, set[int]] = defaultdict(set)
    for plan_id, organisation_id in rows:
        heard[plan_id].add(organisation_id)
    return heard


def _standing(plan: PlanChoice, belonging: list[Member], heard: set[int]) -> Standing:
    by_network = LOCALITY_OF[plan.plan_type] == RelationshipKind.NETWORK_MEMBER_OF  # type: ignore[index]
    practices = [one for one in belonging if one.category == Category.GP_PRACTICE]
    spoken_for: dict[int, int] = defaultdict(int)
    for one in practices:
        if one.lmc_id is not None:
            spoken_for[one.lmc_id] += 1
    return Standing(
        practices=frozenset(one.organisation_id for one in practices),
        lmcs=frozenset(one.organisation_id for one in belonging if one.category == Category.LMC),
        members=frozenset(one.organisation_id for one in belonging),
        heard=frozenset(heard),
        localities={
            one.organisation_id: one.network_id if by_network else one.commissioner_id
            for one in practices
        },
        spoken_for=dict(spoken_for),
    )
