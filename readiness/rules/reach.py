"""Whom single parts in events reach: the definition of ``readiness.queries.reach`` as a fold.

The SQL counts what is recorded now, for all plans at once. This says the same of parts that a
query has put together, such as those that were recorded before some moment, or those that an open
dispute takes out of the figures. A test holds the two to the same answers.

``parts`` are those of one plan, of events that are not withdrawn.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from readiness.rules.facts import (
    ATTEMPTED,
    COMMISSIONER,
    GP_CATEGORIES,
    GP_PRACTICE,
    HAPPENED,
    HEARD,
    INFORMED,
    LMC,
    NO_RUNG,
    OWN_VOICE,
    PLANNED,
    TOLD,
    TOOK_PART,
    TRIED,
    TWO_WAY_LEVELS,
    WAS_ASKED,
    Contact,
    Facts,
    Member,
    Part,
)


def rung_of(part: Part, as_at: date) -> int:
    """The rung of the ladder that one part proves on the day."""
    if part.category in GP_CATEGORIES and part.capacity not in OWN_VOICE:
        return NO_RUNG
    held = part.held_on <= as_at
    if part.status == PLANNED or (part.status == HAPPENED and not held):
        return ATTEMPTED if part.recorded_on <= as_at else NO_RUNG
    if part.status not in {HAPPENED, TRIED} or not held:
        return NO_RUNG
    if part.outcome in WAS_ASKED:
        return ATTEMPTED
    if part.status == TRIED:
        return NO_RUNG
    return _of_what_happened(part)


def members_reached(
    members: Iterable[Member], parts: Iterable[Part], as_at: date
) -> tuple[Member, ...]:
    """The members, raised by what the parts prove: never lower than they stood before."""
    of: dict[int, list[Part]] = defaultdict(list)
    for part in parts:
        of[part.organisation_id].append(part)
    return tuple(_raised(member, of[member.id], as_at) for member in members)


def contacts_from(parts: Iterable[Part], as_at: date) -> tuple[Contact, ...]:
    """The events that happened by the day and in which general practice or a commissioner took
    part, oldest first."""
    events: dict[int, list[Part]] = defaultdict(list)
    for part in parts:
        if _is_contact(part) and part.status == HAPPENED and part.held_on <= as_at:
            events[part.event_id].append(part)
    found = (_contact(of_event) for of_event in events.values())
    return tuple(sorted(found, key=lambda contact: (contact.held_on, contact.event_id)))


def next_planned(parts: Iterable[Part], as_at: date) -> date | None:
    """The first day ahead for which, on the day, a contact with general practice was planned."""
    ahead = (
        part.held_on
        for part in parts
        if part.status == PLANNED and part.recorded_on <= as_at < part.held_on and _is_own(part)
    )
    return min(ahead, default=None)


def counting_disputed(facts: Facts, as_at: date) -> Facts:
    """The facts as they would be if what is disputed had happened as it was recorded.

    A dispute takes all of an organisation's parts in an event out, so the counts of an event that
    others prove as well simply add up.
    """
    contacts = {contact.event_id: contact for contact in facts.contacts}
    for more in contacts_from(facts.disputed, as_at):
        there = contacts.get(more.event_id)
        contacts[more.event_id] = _added(there, more) if there else more
    planned = (facts.next_planned_on, next_planned(facts.disputed, as_at))
    return replace(
        facts,
        members=members_reached(facts.members, facts.disputed, as_at),
        contacts=tuple(sorted(contacts.values(), key=lambda one: (one.held_on, one.event_id))),
        next_planned_on=min((day for day in planned if day), default=None),
        disputed=(),
    )


def _of_what_happened(part: Part) -> int:
    if part.outcome in TOOK_PART:
        return HEARD if part.level in TWO_WAY_LEVELS else INFORMED
    return INFORMED if part.outcome == TOLD else NO_RUNG


def _raised(member: Member, parts: list[Part], as_at: date) -> Member:
    rungs = [(rung_of(part, as_at), part.held_on) for part in parts]
    heard = [day for rung, day in rungs if rung == HEARD]
    asked = [day for rung, day in rungs if rung == ATTEMPTED and day <= as_at]
    return replace(
        member,
        rung=max([member.rung, *(rung for rung, _ in rungs)]),
        first_heard=min([*_known(member.first_heard), *heard], default=None),
        last_heard=max([*_known(member.last_heard), *heard], default=None),
        last_attempt=max([*_known(member.last_attempt), *asked], default=None),
    )


def _known(day: date | None) -> list[date]:
    return [day] if day else []


def _is_contact(part: Part) -> bool:
    concerns_gp = part.category in GP_CATEGORIES or part.capacity == COMMISSIONER
    return part.counted_here and concerns_gp


def _is_own(part: Part) -> bool:
    in_own_voice = part.category in GP_CATEGORIES and part.capacity in OWN_VOICE
    return part.counted_here and in_own_voice


def _took_part(part: Part) -> bool:
    return part.outcome in TOOK_PART


_COUNTS: Mapping[str, Callable[[Part], bool]] = {
    "own": lambda part: _is_own(part) and _took_part(part),
    "practices": lambda part: _is_own(part) and _took_part(part) and part.category == GP_PRACTICE,
    "lmcs": lambda part: _is_own(part) and _took_part(part) and part.category == LMC,
    "proxy": lambda part: part.capacity == COMMISSIONER and _took_part(part),
    "other": lambda part: part.capacity not in {*OWN_VOICE, COMMISSIONER} and _took_part(part),
    "told": lambda part: _is_own(part) and part.outcome == TOLD,
}
"""Which parts of a contact each of its counts is of; organisations are counted, not parts."""


def _contact(parts: list[Part]) -> Contact:
    first = parts[0]
    counts = {
        name: len({part.organisation_id for part in parts if counted(part)})
        for name, counted in _COUNTS.items()
    }
    return Contact(
        event_id=first.event_id,
        title=first.title,
        held_on=first.held_on,
        channel=first.channel,
        level=first.level,
        **counts,
    )


def _added(there: Contact, more: Contact) -> Contact:
    return replace(there, **{name: getattr(there, name) + getattr(more, name) for name in _COUNTS})
