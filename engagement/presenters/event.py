"""One event's page: facts, who was part of it, what it counts for, what was said."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from engagement.access import Sight
from engagement.models import CancelReason, Event, Outcome, Participation, Point, PointFate
from engagement.presenters.events import status_words
from engagement.presenters.fates import FateLine, fate_line
from engagement.presenters.standing import (
    WORDS,
    Words,
    best_standing,
    logged_in_words,
    standing_of,
)
from engagement.queries.events import Reach
from engagement.rules.ladder import Why
from plans.models import Plan
from stakeholders.models import Category, Organisation
from ui.shapes import Row
from ui.words import and_list, nhs_date, plural, sentence_case

GROUPS = {
    Outcome.ATTENDED: "Attended",
    Outcome.RESPONDED: "Responded",
    Outcome.INVITED: "Invited",
    Outcome.ATTEMPTED: "Tried, no response",
    Outcome.APOLOGISED: "Sent apologies",
    Outcome.NO_SHOW: "Did not come",
    Outcome.INFORMED: "Was sent it",
    Outcome.ASKED_US: "Asked to be involved and heard nothing",
}
CATEGORY_NOUNS = {
    Category.GP_PRACTICE: ("GP practice", "GP practices"),
    Category.PCN: ("primary care network", "primary care networks"),
    Category.LMC: ("LMC", "LMCs"),
    Category.GP_FEDERATION: ("GP federation", "GP federations"),
}
"""What the figures about general practice count; everybody else is counted together."""

NOT_SHOWN = Words("Not shown", "grey")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One participation on the page."""

    organisation: str
    code: str
    url: str
    person: str
    capacity: str
    counts: Words


@dataclass(frozen=True, kw_only=True)
class Group:
    """The participations with one outcome."""

    heading: str
    lines: list[Line]


@dataclass(frozen=True, kw_only=True)
class PlanCount:
    """What the event counts for in the figures of one plan."""

    title: str
    url: str
    counted: list[str]
    not_counted: list[str]


@dataclass(frozen=True, kw_only=True)
class EventPoint:
    """Something that was said, and where it stands in each plan."""

    point: Point
    fates: list[FateLine]


def page(
    event: Event,
    *,
    sight: Sight,
    credited: Mapping[Plan, bool],
    reach: Reach,
    points: list[Point],
    fates: Iterable[PointFate] = (),
) -> dict[str, Any]:
    """Everything the template shows, but the restricted note and what the reader may do.

    ``credited`` says of each plan whether it is in the reader's scope; ``fates`` are what became of
    the points in these plans.
    """
    status, colour = status_words(event)
    shown = [point for point in points if sight.covers(point.organisation_id)]
    return {
        "event": event,
        "status": status,
        "colour": colour,
        "rows": fact_rows(event),
        "groups": groups(event, reach, sight),
        "counts": [
            plan_count(event, plan, reach, linked=in_scope) for plan, in_scope in credited.items()
        ],
        "points": _points(shown, credited, fates),
        "points_hidden": len(points) - len(shown),
    }


def _points(
    points: Iterable[Point], credited: Mapping[Plan, bool], fates: Iterable[PointFate]
) -> list[EventPoint]:
    """The points with where each stands in the plans that are in the reader's scope."""
    rows = {(one.point_id, one.plan_id): one for one in fates}
    plans = [plan for plan, in_scope in credited.items() if in_scope]
    return [
        EventPoint(
            point=point,
            fates=[
                fate_line(rows.get((point.pk, plan.pk)), plan=plan.title if len(plans) > 1 else "")
                for plan in plans
            ],
        )
        for point in points
    ]


def fact_rows(event: Event) -> list[Row]:
    """When, how and how far, and who logged it when."""
    rows = [
        Row(key="Date", value=nhs_date(event.held_on)),
        Row(key="Channel", value=event.get_channel_display()),
        Row(key="Level", value=event.get_level_display()),
        Row(key="Status", value=status_words(event)[0]),
    ]
    if event.cancel_reason:
        rows.append(Row(key="Why it did not happen", value=CancelReason(event.cancel_reason).label))
    if event.period_reason:
        rows.append(Row(key="Why this date", value=event.period_reason))
    if event.summary:
        rows.append(Row(key="Notes", value=event.summary))
    rows.append(Row(key="Record", value=f"{logged_in_words(event)}."))
    return rows


def groups(event: Event, reach: Reach, sight: Sight) -> list[Group]:
    """Who was part of it, those who took part first."""
    told = {part.pk for part in reach.parts if sight.tells_of(*_whose(part))}
    made = []
    for outcome, heading in GROUPS.items():
        parts = [part for part in reach.parts if part.outcome == outcome and part.pk in told]
        if parts:
            lines = [_line(part, event, sight) for part in parts]
            made.append(Group(heading=f"{heading}: {len(lines):,}", lines=lines))
    others = [part.organisation for part in reach.parts if part.pk not in told]
    if others:
        lines = [_summary(one, event, reach) for one in dict.fromkeys(others)]
        made.append(Group(heading=f"Other LMCs: {len(lines):,}", lines=lines))
    return made


def _whose(part: Participation) -> tuple[int, str]:
    return part.organisation_id, part.organisation.category


def _summary(organisation: Organisation, event: Event, reach: Reach) -> Line:
    """All that one LMC reads of another: that it was heard, that it disagrees, or neither."""
    theirs = [part for part in reach.parts if part.organisation_id == organisation.pk]
    why = best_standing(theirs, event).why
    return Line(
        organisation=organisation.name,
        code=organisation.code,
        url=_url(organisation),
        person="Not shown",
        capacity="Not shown",
        counts=WORDS[why] if why in {Why.HEARD, Why.DISPUTED} else NOT_SHOWN,
    )


def _url(organisation: Organisation) -> str:
    return reverse("engagement:organisation", args=[organisation.code])


def _line(part: Participation, event: Event, sight: Sight) -> Line:
    named = sight.covers(part.organisation_id)
    person = "" if part.person is None else part.person.name if named else "Not shown"
    return Line(
        organisation=part.organisation.name,
        code=part.organisation.code,
        url=_url(part.organisation),
        person=person,
        capacity=part.get_capacity_display(),
        counts=WORDS[standing_of(part, event).why],
    )


def plan_count(event: Event, plan: Plan, reach: Reach, *, linked: bool) -> PlanCount:
    """What counts for the plan and what does not, in lines with numbers."""
    reasons = organisations_by_reason(event, reach.within(plan))
    said = {
        why: f"{sentence_case(words.phrase)}: {in_numbers(reasons[why])}"
        for why, words in WORDS.items()
        if why in reasons
    }
    outside = {part.organisation_id for part in reach.parts if not reach.is_within(part, plan)}
    left_out = [line for why, line in said.items() if not WORDS[why].counts]
    if outside:
        left_out.append(f"Not of the plan's area today: {plural(len(outside), 'organisation')}")
    return PlanCount(
        title=plan.title,
        url=reverse("readiness:dossier", args=[plan.code]) if linked else "",
        counted=[line for why, line in said.items() if WORDS[why].counts],
        not_counted=left_out,
    )


def organisations_by_reason(
    event: Event, parts: Iterable[Participation]
) -> dict[Why, list[Organisation]]:
    """Each organisation once, under the best that came of the event for it."""
    together = defaultdict(list)
    for part in parts:
        together[part.organisation].append(part)
    reasons = defaultdict(list)
    for organisation, theirs in together.items():
        reasons[best_standing(theirs, event).why].append(organisation)
    return reasons


def in_numbers(organisations: Iterable[Organisation]) -> str:
    """5 GP practices, 1 LMC and 2 other organisations"""
    kinds = Counter(one.category if one.category in CATEGORY_NOUNS else "" for one in organisations)
    others = kinds.pop("", 0)
    said = [plural(kinds[kind], *nouns) for kind, nouns in CATEGORY_NOUNS.items() if kinds[kind]]
    if others:
        said.append(plural(others, "other organisation" if said else "organisation"))
    return and_list(said)
