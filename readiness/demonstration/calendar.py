"""When each round of plans starts, drafts and submits, counted in days from today. Pure."""

import datetime as dt
from dataclasses import dataclass

LONG_AGO_YEARS = 8


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A phase of a plan; both days belong to it."""

    name: str
    starts_on: dt.date
    ends_on: dt.date


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """The days of one plan."""

    starts_on: dt.date
    first_draft_on: dt.date
    submission_on: dt.date
    stages: tuple[Stage, ...]


def register_day(today: dt.date) -> dt.date:
    """The day since which the synthetic register holds: a first of April, well before."""
    return dt.date(today.year - LONG_AGO_YEARS, 4, 1)


def stp_round(today: dt.date, *, submission_in: int) -> Calendar:
    """A system's plan: started eight months ago, drafted three months ago, now in assurance."""
    return _calendar(
        today,
        starts=-250,
        first_draft=-90,
        submission=submission_in,
        stages=(("Set-up", -250), ("Options", -175), ("Drafting", -110), ("Assurance", -75)),
    )


def neighbourhood_round(today: dt.date, *, submission_in: int) -> Calendar:
    """A place's plan: started four to five months ago, its first draft is to come."""
    return _calendar(
        today,
        starts=-140,
        first_draft=12,
        submission=submission_in,
        stages=(("Listening", -140), ("Drafting", -75), ("Board review", 20)),
    )


def _calendar(
    today: dt.date,
    *,
    starts: int,
    first_draft: int,
    submission: int,
    stages: tuple[tuple[str, int], ...],
) -> Calendar:
    """Days from today; each stage ends on the eve of the next, the last on submission."""

    def day(offset: int) -> dt.date:
        return today + dt.timedelta(days=offset)

    ends = [begin - 1 for _, begin in stages[1:]] + [submission]
    return Calendar(
        starts_on=day(starts),
        first_draft_on=day(first_draft),
        submission_on=day(submission),
        stages=tuple(
            Stage(name=name, starts_on=day(begin), ends_on=day(end))
            for (name, begin), end in zip(stages, ends, strict=True)
        ),
    )
