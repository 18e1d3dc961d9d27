"""How far each member was reached and what happened, for any number of plans: now, or once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from plans.models import Plan
from readiness.queries.asked import Asked
from readiness.queries.disputes import Parts, at_home, disputed_parts
from readiness.queries.reach import day_of, gp_contacts, reached_members
from readiness.queries.recorded import Record
from readiness.rules.facts import NO_RUNG, Contact, Member, Part
from readiness.rules.reach import contacts_from, members_reached, next_planned


@dataclass(frozen=True, kw_only=True)
class Reached:
    """By plan id. ``disputed`` are the parts that are left out of everything else."""

    members: Mapping[int, Sequence[Member]]
    contacts: Mapping[int, Sequence[Contact]]
    next_planned_on: Mapping[int, dt.date | None]
    disputed: Parts
    parts: Parts = field(default_factory=dict)
    """The parts that count, where they were read one by one."""


def reached_now(plans: Sequence[Plan], asked: Asked) -> Reached:
    """As everything is recorded now; three statements, and three more where there are disputes."""
    members = current_members(asked)
    contacts, planned = current_contacts(asked)
    disputed = at_home(disputed_parts(asked), plans=plans, members=members, as_at=asked.as_at)
    return Reached(
        members=members,
        contacts=contacts,
        next_planned_on={plan_id: min(days, default=None) for plan_id, days in planned.items()},
        disputed=disputed,
    )


def reached_then(plans: Sequence[Plan], asked: Asked, record: Record) -> Reached:
    """As everything had been recorded before ``asked.known``: the same meanings, part by part."""
    members = current_members(asked)
    every = {
        plan.pk: [
            part for event in record.of_plan(plan.pk) for part in event.parts(record.categories)
        ]
        for plan in plans
    }
    placed = at_home(every, plans=plans, members=members, as_at=asked.as_at)
    pairs = set(asked.open_disputes().values_list("event_id", "organisation_id"))
    disputed: dict[int, list[Part]] = defaultdict(list)
    counted: dict[int, list[Part]] = defaultdict(list)
    for plan_id, parts in placed.items():
        for part in parts:
            is_disputed = (part.event_id, part.organisation_id) in pairs
            (disputed if is_disputed else counted)[plan_id].append(part)
    return Reached(
        members={
            plan.pk: members_reached(
                map(_unreached, members[plan.pk]), counted[plan.pk], asked.as_at
            )
            for plan in plans
        },
        contacts={plan.pk: contacts_from(counted[plan.pk], asked.as_at) for plan in plans},
        next_planned_on={plan.pk: next_planned(counted[plan.pk], asked.as_at) for plan in plans},
        disputed=disputed,
        parts=counted,
    )


def current_members(asked: Asked) -> defaultdict[int, list[Member]]:
    """Everybody who belongs on the day, as they are recorded now, by code; one statement."""
    found: defaultdict[int, list[Member]] = defaultdict(list)
    rows = reached_members(plan_ids=asked.plan_ids, as_at=asked.as_at, summary=asked.summary)
    for row in rows:
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


def current_contacts(
    asked: Asked,
) -> tuple[defaultdict[int, list[Contact]], defaultdict[int, list[dt.date]]]:
    """What happened, oldest first, and the days on which more is planned; one statement."""
    held: defaultdict[int, list[Contact]] = defaultdict(list)
    planned_on: defaultdict[int, list[dt.date]] = defaultdict(list)
    rows = gp_contacts(plan_ids=asked.plan_ids, as_at=asked.as_at, summary=asked.summary)
    for row in rows:
        plan_id, event_id, title, held_on, channel, level, happened, *counts, asks_gp = row
        day = day_of(held_on)
        if day is None:
            continue
        if not happened:
            planned_on[plan_id].extend([day] if asks_gp else [])
            continue
        own, practices, lmcs, proxy, other, told = counts
        held[plan_id].append(
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
    return held, planned_on


def _unreached(member: Member) -> Member:
    return replace(member, rung=NO_RUNG, first_heard=None, last_heard=None, last_attempt=None)
