"""Who could read the plan before it was settled: the LMCs, and everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from readiness.rules.facts import LMC, Facts, Member
from readiness.rules.lmcs import no_lmcs
from readiness.rules.papers import Shown, Version
from readiness.rules.results import Parameters, Result
from readiness.rules.states import State
from readiness.rules.wording import (
    NAME_LENGTH,
    NEEDS_EXCEPTION,
    clip,
    count,
    day,
    first_few,
    listing,
)

SAW = "lmc_saw_plan"
OPENNESS = "openness"


@dataclass(frozen=True, kw_only=True)
class Sight:
    """One LMC and the showing that left it most time; None where it was shown nothing."""

    lmc: Member
    shown: Shown | None
    in_time: bool


def lmc_saw_plan(facts: Facts, parameters: Parameters, as_at: date) -> Result:
    """Met when every LMC of the footprint was shown a version of the plan, with
    `minimum_working_days` or more from that day to the submission."""
    lmcs = facts.of_category(LMC)
    if not lmcs:
        return no_lmcs(SAW)
    if not facts.papers.versions_by(as_at):
        return _no_version(facts, as_at)
    if facts.submission_on is None:
        return Result(
            key=SAW,
            state=State.NO_DATA,
            figure="The plan has no date of submission",
            would_clear="Record when the plan is to be submitted.",
        )
    minimum = parameters["minimum_working_days"]
    sights = [_sight(lmc, facts, facts.submission_on, minimum, as_at) for lmc in lmcs]
    short = [sight for sight in sights if not sight.in_time]
    ids = tuple(sight.lmc.id for sight in short)
    return Result(
        key=SAW,
        state=State.NOT_MET if short else State.MET,
        figure=_sight_figure(sights, facts.submission_on, minimum),
        would_clear=_sight_remedy(short, facts, facts.submission_on, minimum, as_at),
        evidence=_sight_evidence(sights),
        missing=ids,
        fewest=ids,
    )


def openness(facts: Facts, parameters: Parameters, as_at: date) -> Result:
    """Met when anybody could read a version before the first final one was settled: a draft made
    public on or before that day, or any version before it. Tested once there is a final version,
    a public one, or the day of submission is over."""
    versions = facts.papers.versions_by(as_at)
    if not versions:
        return Result(
            key=OPENNESS,
            state=State.NO_DATA,
            figure="No version of the plan recorded",
            would_clear="Record the versions of the plan and when anybody could read them.",
        )
    final_on = min((one.dated_on for one in versions if one.is_final), default=None)
    public = [one for one in versions if one.public_on is not None and one.public_on <= as_at]
    before = [one for one in public if _opened_before(one, final_on)]
    state = _openness_state(before, final_on, facts.submission_on, as_at)
    return Result(
        key=OPENNESS,
        state=state,
        figure=_openness_figure(versions, public, before, final_on),
        would_clear=_openness_remedy(final_on) if state is State.NOT_MET else "",
        evidence={
            "public": len(public),
            "versions": len(versions),
            "public_before_final": len(before),
            "final_on": final_on.isoformat() if final_on else None,
        },
    )


def _no_version(facts: Facts, as_at: date) -> Result:
    """Nothing to show is due before the first draft is, or the submission where no draft is dated."""
    due = facts.first_draft_on or facts.submission_on
    if due is None or as_at < due:
        until = f"; the first draft is due on {day(due)}" if facts.first_draft_on and due else ""
        return Result(
            key=SAW,
            state=State.NOT_APPLICABLE,
            figure=f"No version of the plan to show yet{until}",
        )
    return Result(
        key=SAW,
        state=State.NO_DATA,
        figure="No version of the plan recorded",
        would_clear="Record the versions of the plan and to whom they were shown.",
    )


def _sight(lmc: Member, facts: Facts, submission_on: date, minimum: int, as_at: date) -> Sight:
    rows = [
        shown
        for shown in facts.papers.shown
        if shown.organisation_id == lmc.id and shown.shown_on <= as_at
    ]
    first = min(
        rows, key=lambda one: (one.shown_on, one.version_id, one.working_days), default=None
    )
    in_time = (
        first is not None and first.shown_on <= submission_on and first.working_days >= minimum
    )
    return Sight(lmc=lmc, shown=first, in_time=in_time)


def _sight_figure(sights: Sequence[Sight], submission_on: date, minimum: int) -> str:
    in_time = sum(sight.in_time for sight in sights)
    late = [
        f"{clip(sight.lmc.name, NAME_LENGTH)} shown {_lead(sight.shown, submission_on)}"
        for sight in sights
        if sight.shown and not sight.in_time
    ]
    least = count(minimum, "working day")
    figure = f"{in_time} of {count(len(sights), 'LMC')} shown a version at least {least} before"
    return f"{figure}; {first_few(late)}" if late else figure


def _lead(shown: Shown, submission_on: date) -> str:
    if shown.shown_on > submission_on:
        return "after the submission"
    return f"{count(shown.working_days, 'working day')} before"


def _sight_remedy(
    short: Sequence[Sight], facts: Facts, submission_on: date, minimum: int, as_at: date
) -> str:
    if not short:
        return ""
    left = facts.papers.working_days_left
    if as_at > submission_on or (left is not None and left < minimum):
        return NEEDS_EXCEPTION
    names = listing([sight.lmc.name for sight in short])
    least = count(minimum, "working day")
    return f"Show {names} a version at least {least} before the submission on {day(submission_on)}."


def _sight_evidence(sights: Sequence[Sight]) -> dict[str, object]:
    return {
        "in_time": sum(sight.in_time for sight in sights),
        "lmcs": len(sights),
        "late": sum(sight.shown is not None and not sight.in_time for sight in sights),
        "by_lmc": [
            {
                "id": sight.lmc.id,
                "shown_on": sight.shown.shown_on.isoformat() if sight.shown else None,
                "working_days": sight.shown.working_days if sight.shown else None,
                "in_time": sight.in_time,
            }
            for sight in sights
        ],
    }


def _opened_before(version: Version, final_on: date | None) -> bool:
    """The final version opens nothing by being published on its own day."""
    if final_on is None or version.public_on is None:
        return version.public_on is not None
    if version.is_final:
        return version.public_on < final_on
    return version.public_on <= final_on


def _openness_state(
    before: Sequence[Version], final_on: date | None, submission_on: date | None, as_at: date
) -> State:
    if before:
        return State.MET
    over = submission_on is not None and as_at > submission_on
    return State.NOT_MET if final_on or over else State.NOT_APPLICABLE


def _openness_figure(
    versions: Sequence[Version],
    public: Sequence[Version],
    before: Sequence[Version],
    final_on: date | None,
) -> str:
    figure = f"{len(public)} of {count(len(versions), 'version')} public"
    if before:
        return (
            f"{figure}, the first on {day(min(one.public_on for one in before if one.public_on))}"
        )
    return f"{figure}; none before the final one of {day(final_on)}" if final_on else figure


def _openness_remedy(final_on: date | None) -> str:
    return NEEDS_EXCEPTION if final_on else "Publish a version before the final one."
