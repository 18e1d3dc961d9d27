"""Whether those who answered a consultation were told in time what was heard."""

from collections.abc import Sequence
from datetime import date, timedelta

from readiness.rules.consulting import dropped_words
from readiness.rules.facts import Facts
from readiness.rules.papers import Consultation
from readiness.rules.results import Parameters, Result
from readiness.rules.states import State
from readiness.rules.wording import NEEDS_EXCEPTION, count, day, listing

KEY = "feedback_published"


def feedback_published(facts: Facts, parameters: Parameters, as_at: date) -> Result:
    """Met when what was heard in each consultation, formal or not, was published within
    `maximum_weeks` of its close. One whose time is not over yet is not tested, nor one that does
    not go forward. One for which no report was expected is: whoever answered is owed it."""
    opened = facts.papers.consultations_by(as_at)
    going_on = [one for one in opened if not one.is_dropped(as_at)]
    dropped = dropped_words(len(opened) - len(going_on))
    closed = [one for one in going_on if one.is_closed(as_at)]
    if not closed:
        figure = f"No consultation has closed yet{dropped}"
        return Result(key=KEY, state=State.NOT_APPLICABLE, figure=figure)
    allowed = timedelta(weeks=parameters["maximum_weeks"])
    unpublished = [one for one in closed if not _is_published(one, as_at)]
    late = [one for one in closed if (_published_or_today(one, as_at)) > one.closes_on + allowed]
    waiting = [one.closes_on + allowed for one in unpublished if one not in late]
    in_time = len(closed) - len(late) - len(waiting)
    weeks = count(parameters["maximum_weeks"], "week")
    figure = f"{in_time} of {count(len(closed), 'closed consultation')} published within {weeks}"
    return Result(
        key=KEY,
        state=_state(in_time, late),
        figure=figure + _late_words(late) + _waiting_words(waiting) + dropped,
        would_clear=_remedy(late, unpublished),
        evidence={
            "published": in_time,
            "closed": len(closed),
            "late": len(late),
            "waiting": len(waiting),
        },
    )


def _is_published(one: Consultation, as_at: date) -> bool:
    return one.heard_on is not None and one.heard_on <= as_at


def _published_or_today(one: Consultation, as_at: date) -> date:
    """The day to measure: of what is not published, as early as it can still be."""
    return min(one.heard_on or as_at, as_at)


def _state(in_time: int, late: Sequence[Consultation]) -> State:
    if late:
        return State.NOT_MET
    return State.MET if in_time else State.NOT_APPLICABLE


def _late_words(late: Sequence[Consultation]) -> str:
    return f"; late: {listing([one.title for one in late])}" if late else ""


def _waiting_words(waiting: Sequence[date]) -> str:
    return f"; {len(waiting)} still in time, the first until {day(min(waiting))}" if waiting else ""


def _remedy(late: Sequence[Consultation], unpublished: Sequence[Consultation]) -> str:
    """Publishing late is owed all the same, and does not turn it to met."""
    if not late:
        return ""
    owed = [one.title for one in late if one in unpublished]
    return (f"Publish what was heard in {listing(owed)}. " if owed else "") + NEEDS_EXCEPTION
