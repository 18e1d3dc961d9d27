"""One consultation measured against the principles that courts know as Gunning's.

A principle is tested once its stage has come: the first three from the opening, whether every theme
was answered after the close, whether the report came first once the decision is taken. Two more
belong to the first three where they apply and the policy asks for them: a major service change has
to show the five tests before people are asked about it (with the reasons), and those whom the law or
the plan names have to be asked at all (with the time, tested after the close).
"""

from dataclasses import dataclass
from datetime import date

from readiness.rules.papers import Consultation
from readiness.rules.wording import NEEDS_EXCEPTION, count, day, everyone, listing

FORMATIVE, REASONS, TIME, THEMES, REPORT = "formative", "reasons", "time", "themes", "report"
FIVE_TESTS, ASKED = "five_tests", "asked"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One principle that does not hold: what is wrong, and what would put it right.

    `is_unknown` where what it needs was never recorded, so that nobody can say.
    """

    principle: str
    fault: str
    remedy: str
    is_unknown: bool = False


@dataclass(frozen=True, kw_only=True)
class Measures:
    """What a policy asks of a consultation.

    `short_below` is the number of working days below which a reason is needed.
    """

    short_below: int
    five_tests: bool = True
    must_ask: bool = True


def applying(consultation: Consultation, measures: Measures) -> tuple[str, ...]:
    """The principles that this consultation has to keep sooner or later, in the order of the stages."""
    five = (FIVE_TESTS,) if consultation.is_major_change and measures.five_tests else ()
    asked = (ASKED,) if consultation.must_ask and measures.must_ask else ()
    return (FORMATIVE, REASONS, *five, TIME, *asked, THEMES, REPORT)


def tested(consultation: Consultation, measures: Measures, as_at: date) -> tuple[str, ...]:
    """Those whose stage has come by the day."""
    ahead = set() if consultation.is_closed(as_at) else {ASKED, THEMES}
    if not consultation.is_decided(as_at):
        ahead.add(REPORT)
    return tuple(one for one in applying(consultation, measures) if one not in ahead)


def findings(consultation: Consultation, measures: Measures, as_at: date) -> list[Finding]:
    """Every principle tested by the day that does not hold, in the order of the stages."""
    found = {
        FORMATIVE: _formative(consultation, as_at),
        REASONS: _reasons(consultation),
        FIVE_TESTS: _five_tests(consultation),
        TIME: _time(consultation, measures.short_below, as_at),
        ASKED: _asked(consultation),
        THEMES: _themes(consultation),
        REPORT: _report(consultation),
    }
    each = [found[principle] for principle in tested(consultation, measures, as_at)]
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


def _five_tests(one: Consultation) -> Finding | None:
    """A major service change shows that it meets the tests before people are asked about it."""
    if not one.tests_lacking:
        return None
    lacking = everyone(sorted(one.tests_lacking))
    return Finding(
        principle=FIVE_TESTS,
        fault=f"{count(len(one.tests_lacking), 'test')} of a major change not shown: {lacking}",
        remedy=f"Record where the change is shown to meet: {lacking}.",
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


def _asked(one: Consultation) -> Finding | None:
    """Time is given to nobody who was never asked."""
    if not one.not_asked:
        return None
    names = listing(sorted(one.not_asked))
    whole = f"{len(one.not_asked)} of {one.must_ask} who must be asked not on record as asked"
    return Finding(
        principle=ASKED,
        fault=f"{whole}: {names}",
        remedy=f"Record when these were asked: {names}; if they were not, it needs a named exception.",
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
