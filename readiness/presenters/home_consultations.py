"""What waits in the consultations of a manager's plans, on their home page."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from plans.models import Consultation
from readiness.presenters import addresses
from ui.shapes import Link
from ui.words import day_span, nhs_date, plural

SHOWN = 6


@dataclass(frozen=True, kw_only=True)
class ConsultationLine:
    """One consultation, and what is to be done about it."""

    title: str
    url: str
    plan: str
    plan_url: str
    status: str
    colour: str
    last_day: str
    steps: Sequence[Link]
    nothing: str = ""


def lines(found: Sequence[Consultation], *, today: dt.date) -> list[ConsultationLine]:
    """The first few of ``queries.desk.waiting_in``."""
    return [_line(one, today) for one in found[:SHOWN]]


def more_words(found: Sequence[Consultation]) -> str:
    """What the link to all of them says."""
    if len(found) <= SHOWN:
        return "All consultations"
    return f"All consultations, among them {len(found) - SHOWN:,} with work that is not shown here"


def _line(one: Consultation, today: dt.date) -> ConsultationLine:
    is_open = one.closes_on >= today
    last = f"Last day {nhs_date(one.closes_on)}, {day_span(one.closes_on, today)}"
    return ConsultationLine(
        title=one.title,
        url=reverse("consultations:consultation", args=[one.pk]),
        plan=one.plan.footprint.name,
        plan_url=addresses.dossier(one.plan.code),
        status="Open" if is_open else "Closed",
        colour="blue" if is_open else "yellow",
        last_day=last if is_open else f"Closed on {nhs_date(one.closes_on)}",
        steps=_steps(one, is_open=is_open),
        nothing="No response waits to be read",
    )


def _steps(one: Consultation, *, is_open: bool) -> list[Link]:
    """Reading what waits; once it has closed, answering the themes that are left."""
    steps, about = [], f"of {one.title}"
    waiting: int = one.waiting  # type: ignore[attr-defined]  # annotated by the query
    if waiting:
        words = f"Read {plural(waiting, 'response')}"
        steps.append(Link(words, reverse("consultations:triage", args=[one.pk]), about))
    left = one.themes - one.themes_answered
    if not is_open and left > 0:
        words = f"Answer {left:,} of {plural(one.themes, 'theme')}"
        steps.append(Link(words, reverse("engagement:themes", args=[one.plan.code]), about))
    return steps
