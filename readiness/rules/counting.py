"""Arithmetic that several rules share. Whole numbers only: no rounding can meet a threshold."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from readiness.rules.facts import GP_CATEGORIES, HEARD, Contact, Facts, Member
from readiness.rules.reach import rung_of


def reaches(part: int, whole: int, minimum_percent: int) -> bool:
    """Whether part / whole is at least the share, by cross-multiplication."""
    return part * 100 >= minimum_percent * whole


def needed(part: int, whole: int, minimum_percent: int) -> int:
    """How many more make `part` reach the share of `whole`; 0 when it does."""
    return max(0, -(-minimum_percent * whole // 100) - part)


def patients_of(members: Sequence[Member]) -> int:
    """Registered patients of the practices whose list is known."""
    return sum(member.patients or 0 for member in members)


def longest_lists_first(practices: Sequence[Member]) -> list[Member]:
    """Unknown lists last; equal lists in the order of codes, so that the answer is stable."""
    return sorted(practices, key=lambda practice: (-(practice.patients or 0), practice.code))


def not_counted(
    facts: Facts,
    as_at: date,
    *,
    of: Collection[str] = GP_CATEGORIES,
    one_way_counts: bool = False,
    in_phases: bool = False,
) -> Mapping[str, int]:
    """What was seen by the day and left out of the figure, by reason. Every criterion that counts
    contacts says the same of the same record.

    inform_only             told, and could not answer; not where `one_way_counts`
    commissioner_capacity   a commissioner took part, general practice in its own voice did not
    outside_period          two-way, before the plan starts and in none of its phases
    outside_phases          two-way, later, and in none of its phases; both only where `in_phases`
    disputed                events by which somebody `of` these categories would be heard, who
                            disputes the record of it; others may count in the same event
    withdrawn               events credited to the plan that were withdrawn since
    """
    contacts = facts.contacts_by(as_at)
    reasons = dict(_never_count(contacts))
    if one_way_counts:
        reasons.pop("inform_only", None)
    if in_phases:
        reasons.update(_outside(facts, [contact for contact in contacts if contact.two_way]))
    return _some({**reasons, **contested(facts, as_at, of=of)})


def contested(facts: Facts, as_at: date, *, of: Collection[str]) -> Mapping[str, int]:
    """The last two reasons of `not_counted`, for criteria that count others than general practice:
    `of` nobody where a dispute takes nothing out of the figure."""
    disputed = len(disputed_events(facts, as_at, of=of))
    return _some({"disputed": disputed, "withdrawn": facts.papers.withdrawn})


def _never_count(contacts: Sequence[Contact]) -> Mapping[str, int]:
    """Contacts that never count as engagement of general practice, by reason.

    Being told and a commissioner's presence may fall together: then it is the being told that is
    named, since general practice was there.
    """
    reasons = {
        "inform_only": sum(contact.one_way for contact in contacts),
        "commissioner_capacity": sum(c.proxy_only and not c.one_way for c in contacts),
    }
    return _some(reasons)


def disputed_events(facts: Facts, as_at: date, *, of: Collection[str]) -> set[int]:
    """Events by which somebody of these categories would be heard who disputes the record of it."""
    return {
        part.event_id
        for part in facts.disputed
        if part.category in of and rung_of(part, as_at) >= HEARD
    }


def _some(reasons: Mapping[str, int]) -> Mapping[str, int]:
    return {reason: number for reason, number in reasons.items() if number}


def _outside(facts: Facts, heard: Sequence[Contact]) -> dict[str, int]:
    outside = [
        contact.held_on
        for contact in heard
        if not any(phase.contains(contact.held_on) for phase in facts.phases)
    ]
    early = sum(facts.starts_on is not None and day < facts.starts_on for day in outside)
    return {"outside_period": early, "outside_phases": len(outside) - early}
