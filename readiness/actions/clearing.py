"""Why a flag cleared: the event that did it where one did, else what changed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from readiness.actions.visits import Visit
from readiness.models import Criterion, CriterionResult
from readiness.rules.results import Result
from readiness.rules.states import State
from readiness.rules.wording import clip, day

DENOMINATORS = {
    "practices": "practices",
    "patients": "patients",
    "lmcs": "LMCs",
    "localities": "localities",
    "phases": "phases",
}
"""Numbers of the evidence that come from the register or the plan, and what they count."""

MOVED_BY: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "lmc_saw_plan", "required_groups", "engagement_plan", "royal_colleges", "hwb",
            "omission", "consultation_triage", "formal_consultation", "feedback_published",
            "commitments", "openness", "system_partners",
        ),
        "What is on paper was brought up to date",
    ),
    "gp_support_shown": "A reviewer judged the plan",
    "gpfv_delivery": "A reviewer judged the plan",
    "attestation": "Those named in the records answered",
}  # fmt: skip
"""Criteria that no single event decides, and what most often moves them."""

REASON_LENGTH = 300


@dataclass(frozen=True, kw_only=True)
class Clearing:
    """A sentence, and the event that it names."""

    because: str
    event_id: int | None = None


def why_cleared(key: str, visit: Visit) -> Clearing:
    """Looked for in this order: the plan or the policy no longer asks; an exception; an event that counts now
    and did not before; a new threshold; another register; a seat; a correction."""
    asked = visit.askable().get(key)
    if asked is None:
        return Clearing(because=_no_longer_asked(visit))
    criterion, result = asked
    before = visit.before.get(key)
    if result.state is State.EXCEPTION:
        return Clearing(because=_by_exception(result))
    if result.state is State.NOT_APPLICABLE:
        return Clearing(because=_sentence("It is not tested now", result))
    if before is None:
        return Clearing(because=_sentence("It is met", result))
    event_id = _new_event(before, result)
    if event_id is not None:
        return Clearing(because=_event_sentence(event_id, visit, result), event_id=event_id)
    return Clearing(because=_sentence(_what_changed(criterion, before, result), result))


def _no_longer_asked(visit: Visit) -> str:
    if visit.is_closed:
        return "The plan is closed."
    if visit.plan.starts_on > visit.assessment.as_at:
        return f"The plan starts on {day(visit.plan.starts_on)} now."
    return f"{visit.assessment.policy} does not ask for it as a must."


def _by_exception(result: Result) -> str:
    """Who let it pass and until when; the figure is as short as it was."""
    granted = result.evidence["exception"]
    until = day(dt.date.fromisoformat(granted["expires_on"]))
    return clip(
        f"{granted['approver']} granted an exception until {until}. Still: {result.figure}.",
        REASON_LENGTH,
    )


def _new_event(before: CriterionResult, result: Result) -> int | None:
    """The event recorded last of those that count now and did not before."""
    fresh = set(result.events) - set(before.evidence["events"])
    return max(fresh, default=None)


def _event_sentence(event_id: int, visit: Visit, result: Result) -> str:
    event = next(c for c in visit.computed.facts.contacts if c.event_id == event_id)
    return _sentence(f"{event.title}, {day(event.held_on)}", result)


def _what_changed(criterion: Criterion, before: CriterionResult, result: Result) -> str:
    if before.criterion_id != criterion.pk:
        return f"The threshold is that of {criterion.policy}"
    for name, noun in DENOMINATORS.items():
        was, now = before.evidence.get(name), result.evidence.get(name)
        if was != now and None not in {was, now}:
            return f"The register counts {now:,} {noun} and not {was:,}"
    if before.evidence.get("gp_seats") != result.evidence.get("gp_seats"):
        return "A seat was recorded"
    return MOVED_BY.get(before.key, "The record or the dates of the plan were corrected")


def _sentence(reason: str, result: Result) -> str:
    return clip(f"{reason}. Now: {result.figure}.", REASON_LENGTH)
