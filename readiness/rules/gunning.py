"""One consultation measured against the principles that courts know as Gunning's.

A principle is tested once its stage has come: the first three from the opening, whether every theme
was answered after the close, whether the report came first once the decision is taken.
"""

from dataclasses import dataclass
from datetime import date

from readiness.rules.papers import Consultation
from readiness.rules.wording import NEEDS_EXCEPTION, count, day, everyone

FORMATIVE, REASONS, TIME, THEMES, REPORT = "formative", "reasons", "time", "themes", "report"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One principle that does not hold: what is wrong, and what would put it right.

    `is_unknown` where what it needs was never recorded, so that nobody can say.
    """

    principle: str
    fault: str
    remedy: str
    is_unknown: bool = False


def tested(consultation: Consultation, as_at: date) -> tuple[str, ...]:
    """The principles whose stage has come by the day."""
    themes = (THEMES,) if consultation.is_closed(as_at) else ()
    report = (REPORT,) if consultation.is_decided(as_at) else ()
    return (FORMATIVE, REASONS, TIME, *themes, *report)


def findings(consultation: Consultation, short_below: int, as_at: date) -> list[Finding]:
    """Every principle tested by the day that does not hold, in the order of the stages.

    `short_below` is the number of working days below which a reason is needed.
    """
    found = {
        FORMATIVE: _formative(consultation, as_at),
        REASONS: _reasons(consultation),
        TIME: _time(consultation, short_below, as_at),
        THEMES: _themes(consultation),
        REPORT: _report(consultation),
    }
    each = [found[principle] for principle in tested(consultation, as_at)]
    return [finding for finding in each if finding]


def _formative(one: Consultation, as_at: date) -> Finding | None:
    """People were asked while the answer could still matter."""
    if one.is_decided(as_at) and one.decision_on and one.decision_on <= one.closes_on:
        return Finding(
            principle=FORMATIVE, fault="decided before it closed", remedy=NEEDS_EXCEPTION
        )
    if one.options_open:
        return None
    over = "were open; if they were not, it needs a named exception"
    return Finding(
        principle=FORMATIVE,
        fault="options not recorded as open",
        remedy=f"Record whether its options {over}."
        if one.is_closed(as_at)
        else "Keep its options open, and record it.",
    )


def _reasons(one: Consultation) -> Finding | None:
    """People were told enough to answer with sense."""
    if not one.pack_lacking:
        return None
    lacking = everyone(sorted(one.pack_lacking))
    return Finding(
        principle=REASONS, fault=f"pack lacks {lacking}", remedy=f"Add to its pack: {lacking}."
    )


def _time(one: Consultation, short_below: int, as_at: date) -> Finding | None:
    """No length is laid down, so that a short time needs a reason."""
    if one.working_days >= short_below or one.time_reason:
        return None
    had = count(one.working_days, "working day")
    longer = f"Keep it open for {short_below} working days, or record why it is shorter."
    return Finding(
        principle=TIME,
        fault=f"{had} and no reason",
        remedy=f"Record why it was open for {had}." if one.is_closed(as_at) else longer,
    )


def _themes(one: Consultation) -> Finding | None:
    """No theme on record says nothing: perhaps nobody has read the answers yet."""
    if not one.themes:
        return Finding(
            principle=THEMES,
            fault="no themes recorded",
            remedy="Record the themes that were raised, and answer each.",
            is_unknown=True,
        )
    left = one.themes - one.themes_answered
    if left <= 0:
        return None
    return Finding(
        principle=THEMES,
        fault=f"{left} of {count(one.themes, 'theme')} not answered",
        remedy=f"Answer {count(left, 'more theme')}.",
    )


def _report(one: Consultation) -> Finding | None:
    """Those who decide had the report in their hands."""
    if one.report_on is None:
        return Finding(
            principle=REPORT,
            fault="decided without a report",
            remedy="Record when those who decided had its report; if they had none, "
            "it needs a named exception.",
        )
    if one.decision_on is not None and one.report_on > one.decision_on:
        fault = f"reported on {day(one.report_on)}, after the decision"
        return Finding(principle=REPORT, fault=fault, remedy=NEEDS_EXCEPTION)
    return None
