"""Were we consulted? The answers, the records behind them, and what to do when there are none."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse

from engagement.models import Point
from engagement.presenters.records import RecordCard, record_card
from engagement.queries.answers import Asked
from engagement.queries.consulted import RECORDS_SHOWN, NamedIn, PlanRecord
from engagement.rules.consulted import Answer, Verdict, answer
from stakeholders.models import Organisation
from ui.words import and_list, day_span, nhs_date, plural

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


@dataclass(frozen=True, kw_only=True)
class Section:
    """One organisation: its answers with the worst first, what it said and where it sits."""

    name: str
    url: str
    answers: list[PlanAnswer]
    points: list[Point] = field(default_factory=list)
    seats: list[str] = field(default_factory=list)


def sections(records: dict[Organisation, list[PlanRecord]], *, today: dt.date) -> list[Section]:
    """One section for each organisation that the reader answers for."""
    return [
        Section(
            name=organisation.name,
            url=reverse("engagement:organisation", args=[organisation.code]),
            answers=sorted(
                (plan_answer(record, today=today) for record in found), key=_worst_first
            ),
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
        what_to_do="" if record.facts else _what_to_do(record.managers),
        area=_area(record),
        area_url=f"{missing_url}?{urlencode({'lmc': organisation.code})}",
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


def _what_to_do(managers: list[str]) -> str:
    """Whom to ask when there was contact that nobody logged."""
    if not managers:
        return (
            "If you were contacted, ask whoever contacted you to have it logged."
            " If you were not, you need do nothing."
        )
    who = f"the regional manager{'s' if len(managers) > 1 else ''}, {and_list(managers)},"
    return f"If you were contacted, ask {who} to log it. If you were not, you need do nothing."


def _area(record: PlanRecord) -> str:
    if not record.area.practices:
        return ""
    practices = plural(record.area.practices, "practice")
    return f"{record.area.heard:,} of the {practices} in your area heard"


def _points(records: Iterable[PlanRecord]) -> list[Point]:
    """Each point once, though its event may be credited to several plans; the newest event first."""
    points = {
        point.pk: point for one in records for event in one.named_in for point in event.points
    }
    return sorted(points.values(), key=lambda point: -point.event_id)


def _seats(record: PlanRecord) -> str:
    held = [
        f"{seat.title} on {seat.body}{', voting' if seat.voting else ', without a vote'}"
        for seat in record.seats
    ]
    return f"{record.plan.title}: {and_list(held) or 'none'}"
