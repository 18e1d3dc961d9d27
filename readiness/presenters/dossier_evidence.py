"""What stands behind a figure of the dossier: events, organisations, papers, an exception."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from plans.models import Plan
from plans.queries.moment import Moment
from readiness.models import CriterionResult
from readiness.presenters import addresses
from readiness.presenters.flags import MISSING_FOR
from readiness.queries.pages.evidence import CountedEvent, NamedOrganisation
from readiness.rules.facts import GP_PRACTICE
from ui.shapes import Link
from ui.states import state_for
from ui.words import lower_first, nhs_date, patients, plural

SHOWN = 10
"""Events and organisations named with one criterion; the rest is a link away."""

SEATS, PAPERS, JUDGEMENTS, REGISTER = "seats", "papers", "judgements", "register"

RECORDED: Mapping[str, tuple[str, str]] = {
    "gp_seat": (SEATS, "seats recorded"),
    "system_partners": (SEATS, "arrangements recorded"),
    "lmc_saw_plan": (PAPERS, "drafts recorded and who saw them"),
    "engagement_plan": (PAPERS, "engagement plan recorded"),
    "hwb": (PAPERS, "opinions recorded"),
    "omission": (PAPERS, "the newest draft whose text is recorded"),
    "consultation_triage": (PAPERS, "decisions recorded"),
    "formal_consultation": (PAPERS, "consultations recorded"),
    "feedback_published": (PAPERS, "consultations recorded"),
    "commitments": (PAPERS, "promises recorded"),
    "openness": (PAPERS, "drafts recorded"),
    "gp_support_shown": (JUDGEMENTS, "judgements recorded by reviewers"),
    "gpfv_delivery": (JUDGEMENTS, "judgements recorded by reviewers"),
    "attestation": (REGISTER, "answers of those named in the records"),
}
"""Criteria whose numbers come from what people record and not from events: on which page it
stands, and what it is called. Every other one comes from the register and the events."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the lines of one page may say: of which day, and whom and what they may name.

    ``organisations`` and ``events`` are by id; an event that the reader may not open is not in it.
    """

    moment: Moment
    organisations: Mapping[int, NamedOrganisation] = field(default_factory=dict)
    events: Mapping[int, CountedEvent] = field(default_factory=dict)
    can_except: bool = False


@dataclass(frozen=True, kw_only=True)
class EvidenceLine:
    """One event or organisation, with what is said of it before or behind its name."""

    text: str
    url: str
    note: str


@dataclass(frozen=True, kw_only=True)
class ExceptionLine:
    """Who let a criterion pass, why, until when, and what it would be otherwise."""

    title: str
    reason: str
    otherwise: str


def event_ids(results: Sequence[CriterionResult]) -> set[int]:
    """The events that the lines may name: the newest of each criterion."""
    return {pk for one in results for pk in one.evidence.get("events", ())[-SHOWN:]}


def organisation_ids(results: Sequence[CriterionResult]) -> set[int]:
    """The organisations that the lines name."""
    return {pk for one in results for pk in one.evidence.get("fewest", ())[:SHOWN]}


def event_lines(result: CriterionResult, told: Told) -> list[EvidenceLine]:
    """The newest events counted, newest first."""
    newest = result.evidence.get("events", ())[-SHOWN:]
    found = sorted(
        (told.events[pk] for pk in newest if pk in told.events),
        key=lambda event: (event.held_on, event.id),
        reverse=True,
    )
    return [
        EvidenceLine(text=event.title, url=addresses.event(event.id), note=nhs_date(event.held_on))
        for event in found
    ]


def fewest_lines(result: CriterionResult, told: Told) -> list[EvidenceLine]:
    """Who would be enough, the first of them by name; nobody where the remedy names them all."""
    asked = result.evidence.get("fewest", ())
    found = [told.organisations[pk] for pk in asked[:SHOWN] if pk in told.organisations]
    if len(asked) == len(found) and all(one.name in result.would_clear for one in found):
        return []
    return [
        EvidenceLine(text=one.name, url=addresses.organisation(one.code), note=_size(one))
        for one in found
    ]


def fewest_link(plan: Plan, result: CriterionResult, told: Told) -> Link | None:
    """The rest of those who would be enough, where a list holds them."""
    more = len(result.evidence.get("fewest", ())) - SHOWN
    group = MISSING_FOR.get(result.key)
    if more <= 0 or group is None:
        return None
    kept = told.moment.query()
    narrowed = {"fewest": "1"} if result.key == "gp_breadth" else {}
    category = {} if group == "practices" else {"category": group}
    url = addresses.missing(plan.code, **category, **narrowed, **kept)
    return Link(f"and {more:,} more", url, f"that would clear {result.criterion.title}")


def fewest_rest(result: CriterionResult) -> str:
    """`and 3 more`, where no list holds them."""
    more = len(result.evidence.get("fewest", ())) - SHOWN
    return f"and {more:,} more" if more > 0 else ""


def exception_line(result: CriterionResult) -> ExceptionLine | None:
    """The exception in force, as the assessment kept it."""
    kept = result.evidence.get("exception")
    if not kept:
        return None
    until = nhs_date(dt.date.fromisoformat(kept["expires_on"]))
    without = state_for(result.evidence.get("without_exception", "not_met")).word
    return ExceptionLine(
        title=f"Let pass by {kept['approver'] or 'a reviewer'} until {until}",
        reason=kept["reason"],
        otherwise=f"Without the exception: {lower_first(without)}.",
    )


def source(result: CriterionResult) -> str:
    """Where the numbers come from: `register as at 12 September 2016; 2 events`."""
    as_at = nhs_date(result.assessment.as_at)
    if result.key in RECORDED:
        return f"{RECORDED[result.key][1]}, as at {as_at}"
    number = events_counted(result)
    events = plural(number, "event") if number else "no event"
    return f"register as at {as_at}; {events}"


def events_counted(result: CriterionResult) -> int:
    """How many events count, of which the newest are kept."""
    evidence: Mapping[str, Any] = result.evidence
    return int(evidence.get("events_total", len(evidence.get("events", ()))))


def links(plan: Plan, result: CriterionResult, told: Told) -> list[Link]:
    """Who is missing, the events, what is on paper, and how the figure is worked out."""
    title, kept = result.criterion.title, told.moment.query()
    policy = result.assessment.policy
    how = addresses.criteria(f"{policy.plan_type}-{policy.version}", result.key)
    found = (
        _missing_link(plan, result, kept),
        _events_link(plan, result, told.moment),
        _paper_link(plan, result, kept),
        Link("How it is worked out", how, f": {title}"),
    )
    return [link for link in found if link]


def _size(one: NamedOrganisation) -> str:
    if one.category != GP_PRACTICE:
        return ""
    return f"{patients(one.patients)} patients" if one.patients else "list size not known"


def _missing_link(plan: Plan, result: CriterionResult, kept: Mapping[str, str]) -> Link | None:
    missing, group = len(result.evidence.get("missing", ())), MISSING_FOR.get(result.key)
    if not missing or group is None:
        return None
    category = {} if group == "practices" else {"category": group}
    words = f"{missing:,} not heard" if group != "others" else f"{missing:,} without one"
    url = addresses.missing(plan.code, **category, **kept)
    return Link(words, url, f"for {result.criterion.title}")


def _events_link(plan: Plan, result: CriterionResult, moment: Moment) -> Link | None:
    number = events_counted(result)
    if not number:
        return None
    until = {"to": moment.day.isoformat()} if moment.is_past else {}
    url = addresses.events(plan=plan.code, status="happened", **until)
    return Link(f"{plural(number, 'event')} counted", url, f"for {result.criterion.title}")


def _paper_link(plan: Plan, result: CriterionResult, kept: Mapping[str, str]) -> Link | None:
    page = RECORDED.get(result.key, ("", ""))[0]
    if page not in PAGES:
        return None
    words, address = PAGES[page]
    if result.key == "system_partners":
        words = "Formal arrangements"
    return Link(words, address(plan.code, **kept), f"of {plan.footprint.name}")


PAGES: Mapping[str, tuple[str, Callable[..., str]]] = {
    SEATS: ("Seats on the board", addresses.seats),
    PAPERS: ("What is on paper", addresses.papers),
    JUDGEMENTS: ("Judgements", addresses.judgements),
}
"""The words and the address of each page on which people record."""
