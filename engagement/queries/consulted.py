"""What the record says to those whom somebody answers for, plan by plan."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from engagement.models import (
    Answer,
    Attestation,
    Claim,
    Event,
    EventPlan,
    Level,
    Outcome,
    Participation,
    Point,
    PointFate,
    Resolution,
    Status,
)
from engagement.queries.answers import current_answers, is_disputed
from engagement.queries.claims import claims_of
from engagement.queries.own_points import fates_by_plan, points_made, points_said
from engagement.rules.consulted import Points, Record
from engagement.rules.ladder import Part, Standing, best, standing
from plans.membership import belonging, spoken_for
from plans.models import BoardSeat, Capacity, Plan, Sharing
from plans.queries.footprints import manager_names
from plans.queries.shown import shown_to
from stakeholders.access import organisations_represented_by
from stakeholders.models import Category, Organisation

ASKED_ABOUT_FOR = dt.timedelta(days=366)
"""How long after a plan was closed its records are shown as an answer."""

RECORDS_SHOWN = 20
"""Newest records of a plan that are shown in full; the rest are counted and linked."""

Key = tuple[int, int]
"""Ids of an organisation and a plan."""


@dataclass(frozen=True, kw_only=True)
class NamedIn:
    """One event that names the organisation, and its participations in it."""

    event: Event
    parts: list[Participation]
    points: list[Point]
    answer: Attestation | None = None


@dataclass(frozen=True, kw_only=True)
class Area:
    """The practices for which an LMC speaks in the area of a plan, and how many were heard."""

    practices: int = 0
    heard: int = 0


@dataclass(frozen=True, kw_only=True)
class PlanRecord:
    """All that is known about one organisation and one plan; the newest event first.

    ``covers`` says whether the organisation belongs to the plan's area today, ``facts`` what came
    of every event that names it; ``named_in`` holds the newest of these in full. ``points`` is how
    many points it made and how many of them were answered, ``claims`` what it added from its side,
    ``shown`` which versions it saw. ``fates``: what became of the points shown, in this plan.
    """

    organisation: Organisation
    plan: Plan
    covers: bool = True
    facts: list[Record] = field(default_factory=list)
    named_in: list[NamedIn] = field(default_factory=list)
    seats: list[BoardSeat] = field(default_factory=list)
    managers: list[str] = field(default_factory=list)
    area: Area = Area()
    points: Points = field(default_factory=Points)
    fates: dict[int, PointFate] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    shown: list[Sharing] = field(default_factory=list)


def records_of(user: User, *, today: dt.date) -> dict[Organisation, list[PlanRecord]]:
    """Each organisation that ``user`` answers for, with the plans that cover it or name it, until
    they have been closed for a year: what is older stands in the ledger.

    Eighteen queries at most, however many events, plans or organisations there are.
    """
    ours = {one.pk: one for one in organisations_represented_by(user, today=today)}
    recent = EventPlan.objects.filter(
        Q(plan__closed_on__isnull=True) | Q(plan__closed_on__gte=today - ASKED_ABOUT_FOR)
    )
    facts = _facts(ours, recent)
    named = _named_in(ours, facts)
    pairs = belonging(organisation_ids=ours, day=today)
    plans = _plans(pairs, {plan for _, plan in facts}, today)
    keys = set(facts) | _covered(pairs, plans.values(), today)
    seats = _seats(ours, plans, today)
    footprints = {plan.footprint_id for plan in plans.values()}
    managers = manager_names(footprints, today=today)
    areas = _areas(ours, plans, today)
    claims, shown = _claims(ours, plans), shown_to(ours, plan_ids=plans, today=today)
    points, fates = points_made(ours, recent), fates_by_plan(_points_shown(named))
    records: dict[Organisation, list[PlanRecord]] = {one: [] for one in ours.values()}
    for key in sorted(keys):
        organisation, plan = ours[key[0]], plans[key[1]]
        records[organisation].append(
            PlanRecord(
                organisation=organisation,
                plan=plan,
                covers=(plan.footprint_id, organisation.pk) in pairs,
                facts=list(facts.get(key, {}).values()),
                named_in=named.get(key, []),
                seats=seats.get(key, []),
                managers=managers.get(plan.footprint_id, []),
                area=areas.get(key, Area()),
                points=points.get(key, Points()),
                fates=fates.get(key[1], {}),
                claims=claims.get(key, []),
                shown=shown.get(key, []),
            )
        )
    return records


def _plans(pairs: Iterable[Key], named: Collection[int], today: dt.date) -> dict[int, Plan]:
    """The plans that name the organisations, and those still open of the footprints of ``pairs``."""
    still_open = Q(closed_on__isnull=True) | Q(closed_on__gte=today)
    covering = still_open & Q(footprint__in={footprint for footprint, _ in pairs})
    found = Plan.objects.select_related("footprint").filter(covering | Q(pk__in=named))
    return {plan.pk: plan for plan in found}


def _covered(pairs: Iterable[Key], plans: Iterable[Plan], today: dt.date) -> set[Key]:
    """Which plans that are still open cover which organisations, from footprint and organisation."""
    of_footprint = defaultdict(list)
    for plan in plans:
        if plan.closed_on is None or plan.closed_on >= today:
            of_footprint[plan.footprint_id].append(plan.pk)
    return {(one, plan) for footprint, one in pairs for plan in of_footprint[footprint]}


def _facts(ours: Iterable[int], recent: QuerySet[EventPlan]) -> dict[Key, dict[int, Record]]:
    """What came of every event that names the organisations, by event and the newest first, under
    each recent plan to which it is credited.

    Values and not rows: the page tells of thousands and shows twenty.
    """
    named = Participation.objects.filter(organisation__in=ours)
    plans: dict[int, list[int]] = defaultdict(list)
    credited = recent.filter(event__in=named.values("event"))
    for event, plan in credited.values_list("event", "plan"):
        plans[event].append(plan)
    parts: dict[Key, list[Standing]] = defaultdict(list)
    about: dict[int, tuple[dt.date, str]] = {}
    rows = named.filter(Exists(recent.filter(event=OuterRef("event"))))
    stated_in: set[Key] = set()
    for organisation, event, held_on, channel, withdrawn_at, disputed, stated, *rest in (
        rows.annotate(disputed=is_disputed(), stated=_is_stated())
        .order_by("-held_on", "-event", "pk")
        .values_list(
            "organisation", "event", "held_on", "event__channel", "event__withdrawn_at", "disputed", "stated",
            "organisation__category", "capacity", "outcome", "event__level", "event__status",
        )
    ):  # fmt: skip
        category, capacity, outcome, level, status = rest
        about[event] = (held_on, channel)
        if stated:
            stated_in.add((organisation, event))
        part = Part(
            category=category,
            capacity=capacity,
            outcome=outcome,
            level=level,
            status=status,
            withdrawn=withdrawn_at is not None,
            disputed=disputed,
        )
        parts[organisation, event].append(standing(part))
    found: dict[Key, dict[int, Record]] = defaultdict(dict)
    for (organisation, event), theirs in parts.items():
        held_on, channel = about[event]
        fact = Record(
            held_on=held_on,
            channel=channel,
            why=best(theirs).why,
            stated=(organisation, event) in stated_in,
        )
        for plan in plans[event]:
            found[organisation, plan][event] = fact
    return found


def _is_stated() -> Exists:
    """Whether the organisation disagrees and the reviewers closed it as a stated disagreement."""
    return Exists(
        Attestation.objects.filter(
            answer=Answer.DISPUTED,
            resolution=Resolution.UPHELD,
            superseded_at__isnull=True,
            event=OuterRef("event"),
            organisation=OuterRef("organisation"),
        )
    )


def _claims(ours: Iterable[int], plans: Iterable[int]) -> dict[Key, list[Claim]]:
    """What each organisation added, under each plan, newest first."""
    found: dict[Key, list[Claim]] = defaultdict(list)
    for claim in claims_of(ours, plans):
        found[claim.organisation_id, claim.plan_id].append(claim)
    return found


def _named_in(ours: Iterable[int], facts: Mapping[Key, Iterable[int]]) -> dict[Key, list[NamedIn]]:
    """The newest of these events in full, under each plan."""
    chosen = {key: list(islice(events, RECORDS_SHOWN)) for key, events in facts.items()}
    events = {event for newest in chosen.values() for event in newest}
    parts: dict[Key, list[Participation]] = defaultdict(list)
    for part in (
        Participation.objects.filter(organisation__in=ours, event__in=events)
        .annotate(is_disputed=is_disputed())
        .select_related("event__recorded_by", "organisation", "person")
        .order_by("pk")
    ):
        parts[part.organisation_id, part.event_id].append(part)
    points = points_said(ours, events)
    answers = current_answers(events)
    return {
        (organisation, plan): [
            NamedIn(
                event=parts[organisation, event][0].event,
                parts=parts[organisation, event],
                points=points[organisation, event],
                answer=answers.get((event, organisation)),
            )
            for event in newest
        ]
        for (organisation, plan), newest in chosen.items()
    }


def _points_shown(named: Mapping[Key, Iterable[NamedIn]]) -> set[int]:
    return {point.pk for events in named.values() for event in events for point in event.points}


def _seats(ours: Iterable[int], plans: Iterable[int], today: dt.date) -> dict[Key, list[BoardSeat]]:
    found: dict[Key, list[BoardSeat]] = defaultdict(list)
    held = BoardSeat.objects.on(today).filter(organisation__in=ours, plan__in=plans)
    for seat in held.select_related("organisation").order_by("body", "title", "pk"):
        if seat.organisation is not None:
            found[seat.organisation.pk, seat.plan_id].append(seat)
    return found


def _areas(
    ours: dict[int, Organisation], plans: dict[int, Plan], today: dt.date
) -> dict[Key, Area]:
    """For each LMC and plan: its practices in that area, and how many were heard on that plan."""
    lmcs = {pk for pk, one in ours.items() if one.category == Category.LMC}
    practices: dict[Key, set[int]] = defaultdict(set)
    for lmc, footprint, practice in spoken_for(lmc_ids=lmcs, day=today) if lmcs else ():
        practices[lmc, footprint].add(practice)
    heard = _practices_heard(set().union(*practices.values()), plans, today)
    return {
        (lmc, plan.pk): Area(practices=len(theirs), heard=len(theirs & heard[plan.pk]))
        for (lmc, footprint), theirs in practices.items()
        for plan in plans.values()
        if plan.footprint_id == footprint
    }


def _practices_heard(
    practices: set[int], plans: Iterable[int], today: dt.date
) -> dict[int, set[int]]:
    """Which of the practices were heard on each plan: two-way, in their own voice, by today."""
    found: dict[int, set[int]] = defaultdict(set)
    if not practices:
        return found
    heard = Participation.objects.filter(
        ~is_disputed(),
        organisation__in=practices,
        capacity__in=(Capacity.PROVIDER, Capacity.REPRESENTATIVE),
        outcome__in=(Outcome.ATTENDED, Outcome.RESPONDED),
        held_on__lte=today,
        event__status=Status.HAPPENED,
        event__withdrawn_at__isnull=True,
        event__credits__plan__in=plans,
    ).exclude(event__level=Level.INFORM)
    for plan, practice in heard.values_list("event__credits__plan", "organisation").distinct():
        found[plan].add(practice)
    return found
