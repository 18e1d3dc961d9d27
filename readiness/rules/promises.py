"""What somebody promised to do by a day: the engagement plan, and commitments to GPs."""

from collections.abc import Sequence
from datetime import date

from readiness.rules.counting import needed, reaches
from readiness.rules.facts import Facts
from readiness.rules.papers import Activity, Commitment
from readiness.rules.results import Parameters, Result
from readiness.rules.states import State
from readiness.rules.wording import NAME_LENGTH, clip, count, day, first_few, listing, percent

PLAN = "engagement_plan"
COMMITMENTS = "commitments"


def engagement_plan(facts: Facts, parameters: Parameters, as_at: date) -> Result:
    """Met when `minimum_percent` of the activities due on or before the day are done by the day.
    One that was done before it fell due counts from the day on which it falls due."""
    activities = facts.papers.activities
    if not activities:
        return Result(
            key=PLAN,
            state=State.NO_DATA,
            figure="No engagement plan recorded",
            would_clear="Record the activities of the plan's engagement plan and when each is due.",
        )
    due = [activity for activity in activities if activity.due_on <= as_at]
    if not due:
        return _none_due(activities)
    undone = _oldest_first([activity for activity in due if not _is_done(activity, as_at)])
    done = len(due) - len(undone)
    minimum = parameters["minimum_percent"]
    met = reaches(done, len(due), minimum)
    return Result(
        key=PLAN,
        state=State.MET if met else State.NOT_MET,
        figure=f"{done} of {count(len(due), 'activity', 'activities')} due done"
        f" ({percent(done, len(due))})",
        would_clear="" if met else _do_more(undone, needed(done, len(due), minimum)),
        evidence={
            "done": done,
            "due": len(due),
            "activities": len(activities),
            "overdue": [_activity_evidence(activity) for activity in undone],
        },
    )


def commitments(facts: Facts, parameters: Parameters, as_at: date) -> Result:
    """Met when `maximum_overdue` or fewer commitments to GPs were due before the day and are not
    kept. On the day by which it was promised, a commitment is not overdue."""
    promised = facts.papers.commitments
    if not promised:
        return Result(
            key=COMMITMENTS,
            state=State.NOT_APPLICABLE,
            figure="No commitment to GPs recorded",
        )
    overdue = sorted(
        (one for one in promised if one.due_on < as_at and not _is_done(one, as_at)),
        key=lambda one: (one.due_on, one.text),
    )
    more = max(0, len(overdue) - parameters["maximum_overdue"])
    return Result(
        key=COMMITMENTS,
        state=State.NOT_MET if more else State.MET,
        figure=_overdue_figure(overdue, len(promised)),
        would_clear=_keep_more(overdue, more),
        evidence={
            "overdue": len(overdue),
            "commitments": len(promised),
            "kept": sum(_is_done(one, as_at) for one in promised),
        },
    )


def _is_done(promise: Activity | Commitment, as_at: date) -> bool:
    return promise.done_on is not None and promise.done_on <= as_at


def _none_due(activities: Sequence[Activity]) -> Result:
    first = min(activity.due_on for activity in activities)
    return Result(
        key=PLAN,
        state=State.NOT_APPLICABLE,
        figure=f"None of {count(len(activities), 'activity', 'activities')} is due yet; "
        f"the first on {day(first)}",
        evidence={"done": 0, "due": 0, "activities": len(activities), "overdue": []},
    )


def _oldest_first(activities: Sequence[Activity]) -> list[Activity]:
    return sorted(activities, key=lambda activity: (activity.due_on, activity.title))


def _activity_evidence(activity: Activity) -> dict[str, str]:
    return {"title": activity.title, "due_on": activity.due_on.isoformat()}


def _do_more(undone: Sequence[Activity], more: int) -> str:
    names = first_few([f"{clip(one.title, NAME_LENGTH)} (due {day(one.due_on)})" for one in undone])
    if more == len(undone):
        return f"Do and record: {names}."
    return f"Do and record {more} of these: {names}."


def _overdue_figure(overdue: Sequence[Commitment], promised: int) -> str:
    figure = f"{len(overdue)} of {count(promised, 'commitment')} overdue"
    return f"{figure}, the oldest since {day(overdue[0].due_on)}" if overdue else figure


def _keep_more(overdue: Sequence[Commitment], more: int) -> str:
    if not more:
        return ""
    names = listing([one.text for one in overdue])
    which = "" if more == len(overdue) else f" {more} of these"
    return f"Keep and record{which}: {names}."
