"""Where a consultation stands, by its own dates and one day. Standard library only."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """What the public register says of a consultation. The values stand in addresses."""

    PLANNED = "planned"
    OPEN = "open"
    ANALYSING = "analysing"
    REPORT_OUT = "report-out"
    NO_REPORT = "no-report"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Status.PLANNED: "Planned",
    Status.OPEN: "Open",
    Status.ANALYSING: "Closed, analysing",
    Status.REPORT_OUT: "Closed, report out",
    Status.NO_REPORT: "Closed, no report expected",
    Status.DROPPED: "Not going forward",
}


@dataclass(frozen=True, kw_only=True)
class Course:
    """The dates of a consultation that say where it stands; both ends of its time belong to it.

    `report_out_on` is the day on which what was heard was published, `dropped_on` that since which
    it does not go forward.
    """

    opens_on: date
    closes_on: date
    report_out_on: date | None = None
    report_expected: bool = True
    dropped_on: date | None = None


def status(course: Course, today: date) -> Status:
    """The one status on the day. A deed of a later day has not been done.

    What does not go forward is that, whatever else happened. On the last day people can still
    answer. A report that is out was one, whether or not it had been expected.
    """
    if course.dropped_on is not None and course.dropped_on <= today:
        return Status.DROPPED
    if today < course.opens_on:
        return Status.PLANNED
    if today <= course.closes_on:
        return Status.OPEN
    if course.report_out_on is not None and course.report_out_on <= today:
        return Status.REPORT_OUT
    return Status.ANALYSING if course.report_expected else Status.NO_REPORT


class Standing(StrEnum):
    """Whether a principle holds. The values are those of the states of a criterion."""

    MET = "met"
    NOT_MET = "not_met"
    NO_DATA = "no_data"
    NOT_YET = "not_applicable"


@dataclass(frozen=True, kw_only=True)
class Principle:
    """One principle of a fair consultation on a day: whether it holds and what would put it right."""

    key: str
    standing: Standing
    fault: str = ""
    remedy: str = ""


@dataclass(frozen=True, kw_only=True)
class Tested:
    """A consultation measured by its plan's policy.

    Below `short_below` working days the time needs a reason; None where the plan has no policy.
    """

    short_below: int | None
    principles: tuple[Principle, ...] = ()
