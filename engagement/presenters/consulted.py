"""Were we consulted? The answers, the records behind them, and what to do when there are none."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from engagement.models import Claim, ClaimState, Point, Question
from engagement.presenters.claims import ClaimLine
from engagement.presenters.claims import lines as claim_lines
from engagement.presenters.fates import FateLine, fate_line
from engagement.presenters.records import RecordCard, record_card
from engagement.queries.answers import Asked
from engagement.queries.consulted import RECORDS_SHOWN, NamedIn, PlanRecord
from engagement.rules.claims import heard_nothing
from engagement.rules.consulted import Answer, Claimed, Verdict, answer
from plans.models import Plan, Sharing
from plans.presenters.shown import days_before
from stakeholders.models import Organisation
from ui.words import and_list, day_span, lower_first, nhs_date, plural

WAITING_SHOWN = 10
WORST_FIRST = (Verdict.NO, Verdict.PARTLY, Verdict.YES)


@dataclass(frozen=True, kw_only=True)
class PlanAnswer:
    """The answer for one plan and everything behind it."""

    anchor: str
    title: str
    plan_url: str
    answer: Answer
    due: str
    records: list[RecordCard]
    more: str
    more_url: str
    what_to_do: str
    area: str
    area_url: str
    add_url: str
    claims: list[ClaimLine]
    shown: list[str] = field(default_factory=list)
    said_url: str = ""


@dataclass(frozen=True, kw_only=True)
class WaitingLine:
    """A record that the organisation was asked about and has not answered."""

    url: str
    title: str
    about: str


@dataclass(frozen=True, kw_only=True)
class OwnPoint:
    """A point that the organisation made, and where it stands in each plan that it was made about."""

    text: str
    about: str
    url: str
    fates: list[FateLine]


@dataclass(frozen=True, kw_only=True)
class Section:
    """One organisation: its answers with the worst first, what it said and where it sits."""

    name: str
    url: str
    answers: list[PlanAnswer]
    waiting: list[WaitingLine] = field(default_factory=list)
    waiting_heading: str = ""
    waiting_more: str = ""
    points: list[OwnPoint] = field(default_factory=list)
    seats: list[str] = field(default_factory=list)


def sections(
    records: dict[Organisation, list[PlanRecord]],
    questions: Iterable[Question] = (),
    *,
    today: dt.date,
) -> list[Section]:
    """One section for each organisation that the reader answers for; ``questions`` are those that
    wait for an answer."""
    waiting = defaultdict(list)
    for question in questions:
        waiting[question.organisation_id].append(_waiting(question))
    return [
        Section(
            name=organisation.name,
            url=reverse("engagement:organisation", args=[organisation.code]),
            answers=sorted(
                (plan_answer(record, today=today) for record in found), key=_worst_first
            ),
            **_what_waits(waiting[organisation.pk]),
            points=_points(found),
            seats=[_seats(record) for record in found],
        )
        for organisation, found in records.items()
    ]


def plan_answer(record: PlanRecord, *, today: dt.date) -> PlanAnswer:
    """The answer about one plan, computed by the one rule."""
    plan, organisation = record.plan, record.organisation
    events_url = reverse("engagement:events")
    missing_url = reverse("readiness:missing", args=[plan.code])
    query = urlencode({"plan": plan.code, "organisation": organisation.code})
    said = answer(
        record.facts,
        name=organisation.name,
        first_draft_on=plan.first_draft_on,
        today=today,
        claimed=_claimed(record.claims),
        points=record.points,
    )
    return PlanAnswer(
        anchor=f"{organisation.code.lower()}-{plan.code}",
        title=plan.title,
        plan_url=reverse("readiness:dossier", args=[plan.code]) if record.covers else "",
        answer=said,
        due=_due(record, today),
        records=[_card(one, record) for one in record.named_in],
        more=plural(len(record.facts), "event") if len(record.facts) > RECORDS_SHOWN else "",
        more_url=f"{events_url}?{query}",
        what_to_do="" if record.facts else _what_to_do(record.managers, can_add=record.covers),
        area=_area(record),
        area_url=f"{missing_url}?{urlencode({'lmc': organisation.code})}",
        add_url=reverse("engagement:claim-add", args=[plan.code, organisation.code])
        if record.covers
        else "",
        claims=claim_lines(record.claims),
        shown=[_shown(one, record.plan) for one in record.shown],
        said_url=reverse("engagement:you-said", args=[plan.code]) if record.covers else "",
    )


def _shown(one: Sharing, plan: Plan) -> str:
    """`First draft, on 3 April 2016, by email, in confidence: 12 working days before the submission`."""
    facts = [one.version.title, f"on {nhs_date(one.shown_on)}", lower_first(one.how)]
    facts += ["in confidence"] if one.in_confidence else []
    days = days_before(one.shown_on, plan.submission_on)
    when = "after the submission"
    if days is not None:
        when = f"{plural(days, 'working day')} before the submission"
    return f"{', '.join(facts)}: {when}"


def _claimed(claims: Iterable[Claim]) -> list[Claimed]:
    """What is in no record: what waits, and what was declined."""
    return [
        Claimed(
            on_day=one.happened_on,
            declined=one.state == ClaimState.DECLINED,
            unheard=heard_nothing(one.kind),
        )
        for one in claims
        if one.state in {ClaimState.OPEN, ClaimState.DECLINED}
    ]


def _what_waits(lines: list[WaitingLine]) -> dict[str, Any]:
    """The oldest questions, with how many there are."""
    more = len(lines) - WAITING_SHOWN
    records = plural(len(lines), "record waits", "records wait")
    return {
        "waiting": lines[:WAITING_SHOWN],
        "waiting_heading": f"{records} for your answer",
        "waiting_more": f"{more:,} more: they come up here as you answer." if more > 0 else "",
    }


def _waiting(question: Question) -> WaitingLine:
    event = question.event
    return WaitingLine(
        url=reverse("engagement:answer", args=[event.pk, question.organisation.code]),
        title=event.title,
        about=f"{event.get_channel_display()}, {nhs_date(event.held_on)}."
        f" You were asked on {nhs_date(question.asked_at)}.",
    )


def _worst_first(one: PlanAnswer) -> tuple[int, str]:
    return WORST_FIRST.index(one.answer.verdict), one.title


def _card(one: NamedIn, record: PlanRecord) -> RecordCard:
    points = len(one.points)
    return record_card(
        one.event,
        one.parts,
        anchor=f"{record.organisation.code.lower()}-{record.plan.code}-{one.event.pk}",
        named=True,
        more=f"{plural(points, 'point')} of yours recorded." if points else "",
        asked=Asked(organisation=record.organisation, answer=one.answer),
    )


def _due(record: PlanRecord, today: dt.date) -> str:
    plan = record.plan
    if plan.closed_on and plan.closed_on < today:
        return f"Closed on {nhs_date(plan.closed_on)}"
    if plan.submission_on < today:
        return f"Was due {nhs_date(plan.submission_on)}"
    return f"Due {nhs_date(plan.submission_on)}, {day_span(plan.submission_on, today)}"


def _what_to_do(managers: list[str], *, can_add: bool) -> str:
    """What helps when there was contact that nobody logged, or none at all."""
    whom = f"the regional manager{'s' if len(managers) > 1 else ''}, {and_list(managers)},"
    if can_add and managers:
        return (
            f"If you were in contact, or asked to be and heard nothing, add it: {whom} must answer."
        )
    if can_add:
        return "If you were in contact, or asked to be and heard nothing, add it."
    who = whom if managers else "whoever contacted you"
    return f"If you were contacted, ask {who} to log it. If you were not, you need do nothing."


def _area(record: PlanRecord) -> str:
    if not record.area.practices:
        return ""
    practices = plural(record.area.practices, "practice")
    return f"{record.area.heard:,} of the {practices} in your area heard"


def _points(records: Iterable[PlanRecord]) -> list[OwnPoint]:
    """Each point once, though its event may be credited to several plans; the newest event first."""
    made: dict[int, Point] = {}
    fates: dict[int, list[FateLine]] = defaultdict(list)
    found = list(records)
    for one in found:
        for point in (point for event in one.named_in for point in event.points):
            made[point.pk] = point
            plan = one.plan.title if len(found) > 1 else ""
            fates[point.pk].append(fate_line(one.fates.get(point.pk), plan=plan))
    newest = sorted(made.values(), key=lambda point: (-point.event_id, point.pk))
    return [_own_point(point, fates[point.pk]) for point in newest]


def _own_point(point: Point, fates: list[FateLine]) -> OwnPoint:
    typed = [] if any(one.theme for one in fates) or not point.theme else [point.theme]
    due = [f"to follow up by {nhs_date(point.follow_up_by)}"] if point.follow_up_by else []
    return OwnPoint(
        text=point.text,
        about=" \u00b7 ".join([*typed, *due]),
        url=reverse("engagement:event", args=[point.event_id]),
        fates=fates,
    )


def _seats(record: PlanRecord) -> str:
    held = [
        f"{seat.title} on {seat.body}{', voting' if seat.voting else ', without a vote'}"
        for seat in record.seats
    ]
    return f"{record.plan.title}: {and_list(held) or 'none'}"
