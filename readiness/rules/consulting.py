"""Whether it was decided if a formal consultation is needed, and how those held were held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from readiness.rules.facts import Facts
from readiness.rules.gunning import Finding, Measures, findings, tested
from readiness.rules.papers import Consultation, Triage
from readiness.rules.results import Parameters, Result
from readiness.rules.states import State
from readiness.rules.wording import clip, count, day

TRIAGE = "consultation_triage"
FORMAL = "formal_consultation"

DECIDE = "Decide whether a formal consultation is needed; record when, why and who decided."
TITLE_LENGTH = 60


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One formal consultation, how many principles it was tested on and which do not hold."""

    consultation: Consultation
    tested: int
    findings: tuple[Finding, ...]

    @property
    def held(self) -> int:
        return self.tested - len(self.findings)

    def evidence(self) -> dict[str, object]:
        return {
            "title": self.consultation.title,
            "held": self.held,
            "tested": self.tested,
            "working_days": self.consultation.working_days,
            "faults": {finding.principle: finding.fault for finding in self.findings},
        }


def consultation_triage(facts: Facts, parameters: Parameters, as_at: date) -> Result:
    """Met when somebody decided by the day whether a formal consultation is needed."""
    decided = _newest_triage(facts, as_at)
    if decided is None:
        return Result(
            key=TRIAGE,
            state=State.NOT_MET,
            figure="Nobody has decided whether a formal consultation is needed",
            would_clear=DECIDE,
        )
    answer = "needed" if decided.formal_needed else "not needed"
    return Result(
        key=TRIAGE,
        state=State.MET,
        figure=f"Formal consultation {answer}: decided on {day(decided.decided_on)} "
        f"by {decided.decided_by}",
        evidence={
            "decided_on": decided.decided_on.isoformat(),
            "formal_needed": decided.formal_needed,
            "reason": decided.reason,
            "decided_by": decided.decided_by,
        },
    )


def formal_consultation(facts: Facts, parameters: Parameters, as_at: date) -> Result:
    """Met when every formal consultation keeps to the principles whose stage has come, a time
    shorter than `short_below_working_days` with a reason among them; with `five_tests` a major
    service change shows those, with `must_ask` whoever must be asked was.

    Whoever consults has to do it properly: one that opened is measured even where the triage
    found that none was needed. One that does not go forward is measured no more, and said.
    """
    opened = [one for one in facts.papers.consultations_by(as_at) if one.is_formal]
    formal = [one for one in opened if not one.is_dropped(as_at)]
    dropped = dropped_words(len(opened) - len(formal))
    if not formal:
        return _none_formal(_newest_triage(facts, as_at), dropped)
    measures = measures_of(parameters)
    measured = [_measured(one, measures, as_at) for one in formal]
    found = [finding for one in measured for finding in one.findings]
    return Result(
        key=FORMAL,
        state=_formal_state(found),
        figure=_formal_figure(measured, measures.short_below) + dropped,
        would_clear=_formal_remedy(measured),
        evidence={
            "held": sum(one.held for one in measured),
            "tested": sum(one.tested for one in measured),
            "consultations": [one.evidence() for one in measured],
        },
    )


def measures_of(parameters: Parameters) -> Measures:
    """What the thresholds of the criterion ask of a consultation."""
    return Measures(
        short_below=parameters["short_below_working_days"],
        five_tests=bool(parameters["five_tests"]),
        must_ask=bool(parameters["must_ask"]),
    )


def dropped_words(number: int) -> str:
    """What is added to a figure that leaves consultations out: nothing where it leaves out none."""
    return f"; {number} not going forward" if number else ""


def _newest_triage(facts: Facts, as_at: date) -> Triage | None:
    """Of two on the same day, the one that asks for a consultation."""
    taken = [triage for triage in facts.papers.triages if triage.decided_on <= as_at]
    return max(
        taken,
        key=lambda one: (one.decided_on, one.formal_needed, one.reason, one.decided_by),
        default=None,
    )


def _none_formal(triage: Triage | None, dropped: str) -> Result:
    if triage is None:
        return Result(
            key=FORMAL,
            state=State.NO_DATA,
            figure=f"Not known whether a formal consultation is needed{dropped}",
            would_clear=DECIDE,
        )
    if not triage.formal_needed:
        return Result(
            key=FORMAL,
            state=State.NOT_APPLICABLE,
            figure=f"No formal consultation is needed, as decided on {day(triage.decided_on)}{dropped}",
        )
    return Result(
        key=FORMAL,
        state=State.NOT_MET,
        figure=f"A formal consultation is needed and none {'goes on' if dropped else 'has opened'}{dropped}",
        would_clear="Open a formal consultation, and record it.",
    )


def _measured(one: Consultation, measures: Measures, as_at: date) -> Measured:
    return Measured(
        consultation=one,
        tested=len(tested(one, measures, as_at)),
        findings=tuple(findings(one, measures, as_at)),
    )


def _formal_state(found: Sequence[Finding]) -> State:
    if any(not finding.is_unknown for finding in found):
        return State.NOT_MET
    return State.NO_DATA if found else State.MET


def _formal_figure(measured: Sequence[Measured], short_below: int) -> str:
    held = sum(one.held for one in measured)
    whole = sum(one.tested for one in measured)
    many = f" in {count(len(measured), 'consultation')}" if len(measured) > 1 else ""
    remarks = [_remarks(one, short_below, named=len(measured) > 1) for one in measured]
    return "; ".join(filter(None, [f"{held} of {count(whole, 'principle')}{many}", *remarks]))


def _remarks(one: Measured, short_below: int, *, named: bool) -> str:
    consultation = one.consultation
    reason = consultation.working_days < short_below and consultation.time_reason
    said = [f"{count(consultation.working_days, 'working day')}, reason given"] if reason else []
    said += [finding.fault for finding in one.findings]
    title = f"{clip(consultation.title, TITLE_LENGTH)}: " if named and said else ""
    return title + "; ".join(said)


def _formal_remedy(measured: Sequence[Measured]) -> str:
    """Each consultation that falls short, by its name, with what each of its faults needs."""
    return " ".join(
        f"{clip(one.consultation.title, TITLE_LENGTH)}: "
        + " ".join(finding.remedy for finding in one.findings)
        for one in measured
        if one.findings
    )
