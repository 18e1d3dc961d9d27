"""Whether general practice was heard early, in every phase, and in its own voice.

A phase is tested once it is over or has run for `grace_days`: a phase that has only just
begun is not held against the plan.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from readiness.rules.counting import not_counted
from readiness.rules.facts import Contact, Facts, Phase
from readiness.rules.results import Parameters, Result
from readiness.rules.states import State
from readiness.rules.wording import NEEDS_EXCEPTION, count, day, listing

NO_PROXY = "no_proxy"
EARLY = "early_throughout"


@dataclass(frozen=True, kw_only=True)
class PhaseContact:
    """The contact of one phase that has begun."""

    phase: Phase
    own: int
    proxy: int
    tested: bool
    running: bool

    def evidence(self) -> dict[str, object]:
        return {
            "name": self.phase.name,
            "starts_on": self.phase.starts_on.isoformat(),
            "ends_on": self.phase.ends_on.isoformat(),
            "own": self.own,
            "commissioner": self.proxy,
            "tested": self.tested,
        }


def no_proxy(facts: Facts, parameters: Parameters, as_at: date) -> Result:
    """Met when every phase has `minimum` contacts in provider or representative capacity.
    A phase in which only commissioners took part is "by proxy only"."""
    begun = _begun_phases(facts, parameters, as_at)
    if not begun:
        return _no_phase(NO_PROXY, facts)
    minimum = parameters["minimum"]
    short = [row for row in begun if row.own < minimum and row.tested]
    heard = sum(row.own >= minimum for row in begun)
    state = _state_of(short, heard)
    figure = f"{heard} of {count(len(begun), 'phase')} begun"
    return Result(
        key=NO_PROXY,
        state=state,
        figure=figure + _proxy_words(short) + _waiting_words(begun, minimum),
        would_clear=_phase_remedy(short),
        evidence={"phases": len(begun), "heard": heard, "by_phase": [r.evidence() for r in begun]},
        events=_events_inside(facts, as_at),
        not_counted=not_counted(facts, as_at, in_phases=True),
    )


def early_throughout(facts: Facts, parameters: Parameters, as_at: date) -> Result:
    """Met when the first contact came within `first_within_days` of the start and before the
    first draft, and no phase is empty."""
    if facts.starts_on is None:
        return Result(
            key=EARLY,
            state=State.NO_DATA,
            figure="The plan has no start date",
            would_clear="Record when work on the plan started.",
        )
    heard = facts.heard_contacts(as_at)
    first = heard[0].held_on if heard else None
    last_day = _last_early_day(facts, facts.starts_on, parameters["first_within_days"])
    begun = _begun_phases(facts, parameters, as_at)
    empty = [row for row in begun if row.tested and not row.own]
    state = _early_state(first, last_day, empty, as_at)
    return Result(
        key=EARLY,
        state=state,
        figure=_first_figure(first, facts.starts_on, last_day, as_at) + _empty_words(empty),
        would_clear=_early_remedy(first, last_day, empty, as_at),
        evidence={
            "starts_on": facts.starts_on.isoformat(),
            "first_on": first.isoformat() if first else None,
            "days": (first - facts.starts_on).days if first else None,
            "last_early_day": last_day.isoformat(),
            "empty_phases": len(empty),
            "by_phase": [row.evidence() for row in begun],
        },
        events=tuple(contact.event_id for contact in heard),
        not_counted=not_counted(facts, as_at),
    )


def _begun_phases(facts: Facts, parameters: Parameters, as_at: date) -> list[PhaseContact]:
    grace = timedelta(days=parameters["grace_days"])
    contacts = facts.contacts_by(as_at)
    phases = sorted(facts.phases, key=lambda phase: (phase.starts_on, phase.name))
    return [
        PhaseContact(
            phase=phase,
            own=_count_inside(phase, contacts, lambda contact: contact.two_way),
            proxy=_count_inside(phase, contacts, lambda contact: contact.proxy_only),
            tested=as_at > phase.ends_on or as_at >= phase.starts_on + grace,
            running=as_at <= phase.ends_on,
        )
        for phase in phases
        if phase.starts_on <= as_at
    ]


def _count_inside(
    phase: Phase, contacts: Sequence[Contact], wanted: Callable[[Contact], bool]
) -> int:
    return sum(phase.contains(contact.held_on) and wanted(contact) for contact in contacts)


def _inside_any(facts: Facts, day_held: date) -> bool:
    return any(phase.contains(day_held) for phase in facts.phases)


def _events_inside(facts: Facts, as_at: date) -> tuple[int, ...]:
    heard = facts.heard_contacts(as_at)
    return tuple(c.event_id for c in heard if _inside_any(facts, c.held_on))


def _no_phase(key: str, facts: Facts) -> Result:
    if not facts.phases:
        return Result(
            key=key,
            state=State.NO_DATA,
            figure="The plan has no phases",
            would_clear="Record the phases of the plan and their dates.",
        )
    first = min(phase.starts_on for phase in facts.phases)
    return Result(
        key=key,
        state=State.NOT_APPLICABLE,
        figure=f"No phase has begun; the first begins on {day(first)}",
    )


def _state_of(short: Sequence[PhaseContact], heard: int) -> State:
    """Only phases in their grace, and nobody heard yet, leave nothing to test."""
    if short:
        return State.NOT_MET
    return State.MET if heard else State.NOT_APPLICABLE


def _proxy_words(short: Sequence[PhaseContact]) -> str:
    proxy = [row.phase.name for row in short if row.proxy and not row.own]
    empty = [row.phase.name for row in short if not row.proxy and not row.own]
    words = f"; {listing(proxy)} by proxy only" if proxy else ""
    return words + (f"; nobody heard in {listing(empty)}" if empty else "")


def _waiting_words(begun: Sequence[PhaseContact], minimum: int) -> str:
    waiting = [row.phase.name for row in begun if not row.tested and row.own < minimum]
    return f"; {listing(waiting)} has only just begun" if waiting else ""


def _empty_words(empty: Sequence[PhaseContact]) -> str:
    return f"; nobody heard in {listing([row.phase.name for row in empty])}" if empty else ""


def _phase_remedy(short: Sequence[PhaseContact]) -> str:
    over = [row.phase.name for row in short if not row.running]
    if over:
        return f"{listing(over)} {'is' if len(over) == 1 else 'are'} over. {NEEDS_EXCEPTION}"
    sentences = [
        f"Hear a GP provider or an LMC by {day(row.phase.ends_on)}, in {row.phase.name}."
        for row in short
    ]
    return " ".join(sentences)


def _last_early_day(facts: Facts, starts_on: date, within_days: int) -> date:
    """The last day that is still early: the N-th from the start, or the eve of the draft."""
    last = starts_on + timedelta(days=within_days)
    if facts.first_draft_on is None:
        return last
    return min(last, facts.first_draft_on - timedelta(days=1))


def _early_state(
    first: date | None, last_day: date, empty: Sequence[PhaseContact], as_at: date
) -> State:
    late = first > last_day if first else as_at > last_day
    if late or empty:
        return State.NOT_MET
    return State.MET if first else State.NOT_APPLICABLE


def _first_figure(first: date | None, starts_on: date, last_day: date, as_at: date) -> str:
    if first is None:
        wait = "" if as_at > last_day else f"; not late before {day(last_day + timedelta(days=1))}"
        return "No two-way GP contact yet" + wait
    days = (first - starts_on).days
    if days < 0:
        return f"First GP contact {count(-days, 'day')} before the start"
    return f"First GP contact {count(days, 'day')} after the start"


def _early_remedy(
    first: date | None, last_day: date, empty: Sequence[PhaseContact], as_at: date
) -> str:
    late = first > last_day if first else as_at > last_day
    if late:
        return NEEDS_EXCEPTION
    return _phase_remedy(empty)
