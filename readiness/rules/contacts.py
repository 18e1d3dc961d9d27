"""How deep, how recent and by how many ways general practice was in contact."""

from collections.abc import Sequence
from datetime import date

from readiness.rules.counting import not_counted, reaches
from readiness.rules.facts import DEEP_LEVELS, Contact, Facts
from readiness.rules.results import Parameters, Result
from readiness.rules.states import State
from readiness.rules.wording import count, day, listing, percent

DEPTH = "gp_depth"
RECENT = "recent"
CHANNELS = "channels"


def gp_depth(facts: Facts, parameters: Parameters, as_at: date) -> Result:
    """Met when `minimum_two_way_percent` of the contacts with general practice were two-way
    and `minimum_deep` of them at involve or above. A commissioner's contact is none."""
    contacts = [c for c in facts.contacts_by(as_at) if c.two_way or c.one_way]
    heard = [contact for contact in contacts if contact.two_way]
    deep = sum(contact.level in DEEP_LEVELS for contact in heard)
    enough = bool(contacts) and reaches(
        len(heard), len(contacts), parameters["minimum_two_way_percent"]
    )
    deeper = max(0, parameters["minimum_deep"] - deep)
    met = enough and not deeper
    return Result(
        key=DEPTH,
        state=State.MET if met else State.NOT_MET,
        figure=_depth_figure(contacts, heard, deep),
        would_clear="" if met else _depth_remedy(contacts, heard, deeper, parameters),
        evidence={"two_way": len(heard), "contacts": len(contacts), "deep": deep},
        events=tuple(contact.event_id for contact in heard),
        not_counted=not_counted(facts, as_at, one_way_counts=True),
    )


def recent(facts: Facts, parameters: Parameters, as_at: date) -> Result:
    """Met when the last two-way contact was `green_days` or fewer days before the day;
    more than `amber_days` is red. Never is not met."""
    heard = facts.heard_contacts(as_at)
    left = not_counted(facts, as_at)
    if not heard:
        return Result(
            key=RECENT,
            state=State.NOT_MET,
            figure="No two-way GP contact yet",
            would_clear=_recent_remedy(facts, as_at),
            evidence={"days": None, "last_on": None, "band": "red"},
            not_counted=left,
        )
    last = heard[-1]
    days = (as_at - last.held_on).days
    met = days <= parameters["green_days"]
    return Result(
        key=RECENT,
        state=State.MET if met else State.NOT_MET,
        figure=f"{count(days, 'day')} since the last two-way GP contact, on {day(last.held_on)}",
        would_clear="" if met else _recent_remedy(facts, as_at),
        evidence={
            "days": days,
            "last_on": last.held_on.isoformat(),
            "band": "green" if met else "amber" if days <= parameters["amber_days"] else "red",
        },
        events=tuple(c.event_id for c in heard if c.held_on == last.held_on),
        not_counted=left,
    )


def channels(facts: Facts, parameters: Parameters, as_at: date) -> Result:
    """Met when general practice was heard by `minimum` different channels."""
    heard = facts.heard_contacts(as_at)
    used = sorted({contact.channel for contact in heard})
    more = max(0, parameters["minimum"] - len(used))
    return Result(
        key=CHANNELS,
        state=State.NOT_MET if more else State.MET,
        figure=f"{count(len(used), 'channel')} that reached GPs" + _by_name(used),
        would_clear=f"Hear GPs through {count(more, 'more channel')}." if more else "",
        evidence={"channels": len(used), "minimum": parameters["minimum"]},
        events=tuple(contact.event_id for contact in heard),
        not_counted=not_counted(facts, as_at),
    )


def _depth_figure(contacts: Sequence[Contact], heard: Sequence[Contact], deep: int) -> str:
    if not contacts:
        return "No GP contact yet"
    return (
        f"{len(heard)} of {count(len(contacts), 'GP contact')} two-way "
        f"({percent(len(heard), len(contacts))}); {deep} at involve or above"
    )


def _depth_remedy(
    contacts: Sequence[Contact],
    heard: Sequence[Contact],
    deeper: int,
    parameters: Parameters,
) -> str:
    """A new two-way contact raises both sides of the share, so the number is solved for."""
    minimum = parameters["minimum_two_way_percent"]
    short = minimum * len(contacts) - 100 * len(heard)
    if minimum >= 100 and short > 0:
        return "It cannot be cleared while one-way contacts count: it needs a named exception."
    more = max(-(-short // (100 - minimum)) if short > 0 else 0, deeper, 0 if contacts else 1)
    which = f", {deeper} of them" if deeper < more else ""
    ends = f"{which} at involve or above" if deeper else ""
    return f"Hold {count(more, 'more two-way GP contact')}{ends}."


def _recent_remedy(facts: Facts, as_at: date) -> str:
    planned = facts.next_planned_on
    if planned is None or planned <= as_at:
        return "Any two-way GP contact; none is planned."
    return f"Any two-way GP contact; the next is planned for {day(planned)}."


def _by_name(used: Sequence[str]) -> str:
    return f": {listing([channel.replace('_', ' ') for channel in used])}" if used else ""
