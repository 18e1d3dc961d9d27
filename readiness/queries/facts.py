"""Everything that the rules need about any number of plans, in a fixed number of statements."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from plans.models import Arrangement as ArrangementRow
from plans.models import BoardSeat, Plan
from plans.models import Phase as PhaseRow
from readiness.queries.reach import day_of, gp_contacts, reached_members
from readiness.rules.facts import NO_RUNG, Arrangement, Contact, Facts, Member, Phase, Seat

Rows = Mapping[int, list[Any]]


@dataclass(frozen=True, kw_only=True)
class _Contacts:
    """What happened and, apart from it, the days on which more is planned."""

    held: list[Contact] = field(default_factory=list)
    planned_on: list[dt.date] = field(default_factory=list)


def facts_for(plan_ids: Iterable[int] | None, *, as_at: dt.date) -> dict[int, Facts]:
    """The facts of each plan (None: of all) as at the day, by plan id; six statements.

    A plan that does not exist has no entry. The day may lie in the past: the register, the
    seats and the events are those of that day as they are recorded now.
    """
    chosen = None if plan_ids is None else sorted(set(plan_ids))
    plans = list(Plan.objects.filter(_among("pk", chosen)).order_by("pk"))
    members = _members(chosen, as_at)
    contacts = _contacts(chosen, as_at)
    phases, seats, arrangements = (
        _phases(chosen),
        _seats(chosen, as_at),
        _arrangements(chosen, as_at),
    )
    return {
        plan.pk: Facts(
            plan_id=plan.pk,
            code=plan.code,
            plan_type=plan.plan_type,
            starts_on=plan.starts_on,
            first_draft_on=plan.first_draft_on,
            submission_on=plan.submission_on,
            next_planned_on=min(contacts[plan.pk].planned_on, default=None),
            phases=tuple(phases[plan.pk]),
            members=tuple(members[plan.pk]),
            contacts=tuple(contacts[plan.pk].held),
            seats=tuple(seats[plan.pk]),
            arrangements=tuple(arrangements[plan.pk]),
        )
        for plan in plans
    }


def members_of(plan_id: int, *, as_at: dt.date) -> list[Member]:
    """Everybody who belongs to one plan's footprint on the day and how far each was reached, by
    code; one statement."""
    return _members([plan_id], as_at)[plan_id]


def contacts_of(plan_id: int, *, as_at: dt.date) -> list[Contact]:
    """The plan's events in which general practice or a commissioner took part; one statement."""
    return _contacts([plan_id], as_at)[plan_id].held


def _among(column: str, plan_ids: Iterable[int] | None) -> Q:
    return Q() if plan_ids is None else Q(**{f"{column}__in": plan_ids})


def _members(plan_ids: Iterable[int] | None, as_at: dt.date) -> Rows:
    found: dict[int, list[Member]] = defaultdict(list)
    for row in reached_members(plan_ids=plan_ids, as_at=as_at):
        plan_id, pk, code, name, category, place, place_name, lmc, patients, rung, *days = row
        first_heard, last_heard, last_attempt = map(day_of, days)
        found[plan_id].append(
            Member(
                id=pk,
                code=code,
                name=name,
                category=category,
                locality=place,
                locality_name=place_name,
                lmc=lmc,
                patients=patients,
                rung=rung or NO_RUNG,
                first_heard=first_heard,
                last_heard=last_heard,
                last_attempt=last_attempt,
            )
        )
    return found


def _contacts(plan_ids: Iterable[int] | None, as_at: dt.date) -> Mapping[int, _Contacts]:
    found: dict[int, _Contacts] = defaultdict(_Contacts)
    for row in gp_contacts(plan_ids=plan_ids, as_at=as_at):
        plan_id, event_id, title, held_on, channel, level, happened, *counts, asked = row
        day = day_of(held_on)
        if day is None:
            continue
        if not happened:
            found[plan_id].planned_on.extend([day] if asked else [])
            continue
        own, practices, lmcs, proxy, other, told = counts
        found[plan_id].held.append(
            Contact(
                event_id=event_id,
                title=title,
                held_on=day,
                channel=channel,
                level=level,
                own=own,
                practices=practices,
                lmcs=lmcs,
                proxy=proxy,
                other=other,
                told=told,
            )
        )
    return found


def _phases(plan_ids: Iterable[int] | None) -> Rows:
    found: dict[int, list[Phase]] = defaultdict(list)
    for row in PhaseRow.objects.filter(_among("plan", plan_ids)).order_by("plan", "starts_on"):
        phase = Phase(name=row.name, starts_on=row.starts_on, ends_on=row.ends_on)
        found[row.plan_id].append(phase)
    return found


def _seats(plan_ids: Iterable[int] | None, as_at: dt.date) -> Rows:
    """Seats that are filled on the day; a vacant one speaks for nobody."""
    filled = BoardSeat.objects.on(as_at).filter(
        _among("plan", plan_ids), organisation__isnull=False
    )
    found: dict[int, list[Seat]] = defaultdict(list)
    columns = ("plan_id", "body", "organisation__name", "organisation__category", "capacity")
    for plan_id, body, name, category, capacity in filled.values_list(*columns).order_by("pk"):
        seat = Seat(body=body, organisation_name=name, category=category, capacity=capacity)
        found[plan_id].append(seat)
    return found


def _arrangements(plan_ids: Iterable[int] | None, as_at: dt.date) -> Rows:
    in_force = ArrangementRow.objects.on(as_at).filter(_among("plan", plan_ids))
    found: dict[int, list[Arrangement]] = defaultdict(list)
    columns = ("plan_id", "organisation__category", "organisation__name")
    for plan_id, group, name in in_force.values_list(*columns).order_by("pk"):
        found[plan_id].append(Arrangement(group=group, organisation_name=name))
    return found
