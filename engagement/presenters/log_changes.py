"""What saving a record changes in the figures of its plans, what it does not, and why."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engagement.queries.attendees import Attendee
from engagement.queries.crediting import PlanChoice
from engagement.queries.heard import Standing
from engagement.rules.attendees import key_of
from engagement.rules.ladder import GENERAL_PRACTICE, OWN_VOICE, TOOK_PART, Part, Why, standing
from engagement.rules.record import Record
from ui.words import and_list, nhs_date, patients

NAMED = 4
"""More names than this in one sentence are counted."""

NOT_HEARD = {
    "apologised": "apologised: an apology is not being heard",
    "no_show": "did not come",
    "invited": "{was} invited: an invitation is not being heard",
    "attempted": "did not reply: it is kept as an attempt",
    "asked_us": "asked to be involved and heard nothing: nobody was asked by us",
    "informed": "{was} sent it: being told is not being heard",
    "commissioner": "spoke as commissioner: that does not count as general practice being heard",
    "other_capacity": "spoke neither as provider nor for a representative body",
    "outside": "{belongs} to none of these footprints: recorded, and no figure moves",
    "before": "{was} heard before: only the date of the last contact moves",
}


@dataclass(frozen=True, kw_only=True)
class PlanChange:
    """What changes in one plan: one sentence for each figure."""

    title: str
    lines: list[str]


@dataclass(frozen=True, kw_only=True)
class Changes:
    """Everything that the check page says about the figures."""

    plans: list[PlanChange]
    not_counted: list[str]
    button: str
    proxy_only: bool = False


def changes(
    record: Record,
    known: Mapping[str, Attendee],
    plans: Sequence[PlanChoice],
    standings: Mapping[int, Standing],
) -> Changes:
    """The changes that ``record`` makes to ``plans`` as they stand."""
    heard, reasons = _parts(record, known)
    members = frozenset().union(*(one.members for one in standings.values()))
    before = frozenset.intersection(*(one.heard for one in standings.values()))
    names = {one.body.id: one.body.name for one in known.values()}
    for pk in sorted(heard, key=lambda pk: names[pk]):
        if pk not in members:
            reasons["outside"].append(names[pk])
        elif pk in before:
            reasons["before"].append(names[pk])
    return Changes(
        plans=[_plan_change(plan, standings[plan.id], heard, names) for plan in plans],
        not_counted=[
            *_overall(record),
            *(_sentence(code, reasons[code]) for code in NOT_HEARD if reasons[code]),
        ],
        button=_button(plans),
        proxy_only=_by_proxy_only(record, known),
    )


def _parts(record: Record, known: Mapping[str, Attendee]) -> tuple[set[int], dict[str, list[str]]]:
    """Organisations that this record hears, and the names of the others by reason."""
    heard: set[int] = set()
    reasons: dict[str, list[str]] = defaultdict(list)
    for one in record.attendances:
        attendee = known[key_of(one.organisation_id, one.person_id)]
        found = standing(
            Part(
                category=attendee.body.category,
                capacity=one.capacity,
                outcome=one.outcome,
                level=record.level,
                status=record.status,
            )
        )
        if found.counts_as_heard:
            heard.add(one.organisation_id)
        elif record.status == "happened":
            reasons[_reason(found.why, one.outcome)].append(attendee.name)
    return heard, reasons


def _reason(why: Why, outcome: str) -> str:
    if why == Why.BY_PROXY:
        return "commissioner"
    return "other_capacity" if why == Why.NOT_OWN_VOICE else outcome


def _overall(record: Record) -> list[str]:
    """What holds for everybody on the list."""
    if record.status == "planned":
        return ["It is only planned: nobody counts as heard until it has happened."]
    if record.status == "cancelled":
        return ["It did not happen: it is kept, and counts for nobody."]
    if record.status == "tried":
        return ["It did not happen: everybody on the list is kept as an attempt."]
    if record.level == "inform":
        return ["The level is inform: being told is not being heard, so nobody becomes heard."]
    return []


def _sentence(code: str, names: Sequence[str]) -> str:
    one = len(set(names)) == 1
    words = NOT_HEARD[code].format(
        was="was" if one else "were", belongs="belongs" if one else "belong"
    )
    return f"{_named(names)} {words}."


def _plan_change(
    plan: PlanChoice, now: Standing, heard: set[int], names: Mapping[int, str]
) -> PlanChange:
    practices = _figure("Practices heard", now.practices, now.heard, heard)
    lmcs = _figure("LMCs heard", now.lmcs, now.heard, heard)
    first_time = [names[pk] for pk in (heard & now.members) - now.heard]
    lines = [practices, lmcs, _localities(now, heard)]
    if first_time:
        lines.append(f"Heard for the first time: {_named(sorted(first_time))}.")
    return PlanChange(title=plan.title, lines=[line for line in lines if line])


def _figure(
    label: str, all_of_them: frozenset[int], before: frozenset[int], heard: set[int]
) -> str:
    """``Practices heard: 38 to 39 of 492``, or that the figure stays where it is."""
    old = len(all_of_them & before)
    new = len(all_of_them & (before | heard))
    total = patients(len(all_of_them))
    if not all_of_them:
        return ""
    return (
        f"{label}: {old} to {new} of {total}." if new > old else f"{label}: still {old} of {total}."
    )


def _localities(now: Standing, heard: set[int]) -> str:
    def places(practices: frozenset[int]) -> set[int]:
        found = (now.localities.get(pk) for pk in practices)
        return {place for place in found if place is not None}

    everywhere = places(now.practices)
    old, new = places(now.practices_heard), places(now.practices & (now.heard | heard))
    if len(new) == len(old):
        return ""
    return f"Localities with a practice heard: {len(old)} to {len(new)} of {len(everywhere)}."


def _by_proxy_only(record: Record, known: Mapping[str, Attendee]) -> bool:
    """General practice, or whoever commissions it, took part and nobody spoke in its own voice."""
    if record.status != "happened":
        return False
    there = [one for one in record.attendances if one.outcome in TOOK_PART]
    own = [
        one
        for one in there
        if one.capacity in OWN_VOICE
        and known[key_of(one.organisation_id, one.person_id)].body.category in GENERAL_PRACTICE
    ]
    return not own and any(one.capacity == "commissioner" for one in there)


def _button(plans: Sequence[PlanChoice]) -> str:
    if len(plans) == 1:
        return f"Save and reassess {plans[0].footprint_name}"
    return f"Save and reassess {len(plans)} plans"


def _named(names: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(names))
    if len(distinct) <= NAMED:
        return and_list(distinct)
    return f"{', '.join(distinct[: NAMED - 1])} and {len(distinct) - NAMED + 1} others"


def outside_sentence(plan: PlanChoice, side: str, day: dt.date) -> str:
    """Why the event is asked about: it lies before the plan's start or after its submission."""
    if side == "before_start":
        return f"{nhs_date(day)} is before {plan.title} started on {nhs_date(plan.starts_on)}."
    return f"{nhs_date(day)} is after {plan.title} was submitted on {nhs_date(plan.submission_on)}."
