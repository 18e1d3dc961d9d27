"""Who took part, checked row by row; each sentence names the person or the organisation."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engagement.forms.codes import not_open
from engagement.models import Outcome
from engagement.queries.attendees import Attendee
from engagement.rules.answers import OUTCOMES_BY_STATUS, REACHED
from engagement.rules.attendees import Row, key
from engagement.rules.record import Attendance, people_in_two_capacities
from plans.models import Capacity
from ui.words import and_list, nhs_date

MOST_ROWS = 1000


@dataclass(frozen=True, kw_only=True)
class RowProblem:
    """Something wrong with a row: ``field`` is ``capacity``, ``outcome`` or the row as a whole.

    ``key`` is empty for what is wrong with the list itself.
    """

    message: str
    key: str = ""
    field: str = "row"


def row_problems(
    rows: list[Row], known: Mapping[str, Attendee], *, status: str, day: dt.date
) -> list[RowProblem]:
    """Everything that keeps the list from being saved, in the order of the page."""
    problems = [problem for row in rows for problem in _of_row(row, known, status, day)]
    problems += _in_two_capacities(rows, known)
    return problems or _of_list(rows, status)


def attendances(rows: Iterable[Row]) -> tuple[Attendance, ...]:
    """The rows as they are saved."""
    return tuple(
        Attendance(
            organisation_id=row["organisation"],
            person_id=row["person"],
            capacity=row["capacity"] or "",
            outcome=row["outcome"] or "",
        )
        for row in rows
    )


def _of_row(
    row: Row, known: Mapping[str, Attendee], status: str, day: dt.date
) -> Iterable[RowProblem]:
    name = key(row)
    attendee = known.get(name)
    if attendee is None:
        yield RowProblem(key=name, message="Remove the line that is not in the register any more")
        return
    if not attendee.body.is_open:
        yield RowProblem(key=name, message=not_open(attendee.body, day))
    if attendee.left_on is not None:
        yield RowProblem(key=name, message=_left(attendee))
    if row["capacity"] not in Capacity.values:
        message = f"Choose the capacity in which {attendee.name} took part"
        yield RowProblem(key=name, field="capacity", message=message)
    if row["outcome"] not in OUTCOMES_BY_STATUS[status]:
        message = _outcome_message(attendee.name, row["outcome"] or "", status, day)
        yield RowProblem(key=name, field="outcome", message=message)


def _left(attendee: Attendee) -> str:
    return (
        f"{attendee.name} left {attendee.body.name} on {nhs_date(attendee.left_on)}."
        " Correct the date, or remove this line and add who was there"
    )


def _outcome_message(name: str, outcome: str, status: str, day: dt.date) -> str:
    if outcome in Outcome.values:
        label = Outcome(outcome).label.lower()
        what = "is only planned" if status == "planned" else "did not happen"
        return f"{name} cannot be down as “{label}”: what was to be on {nhs_date(day)} {what}"
    return f"Choose what happened with {name}"


def _in_two_capacities(rows: list[Row], known: Mapping[str, Attendee]) -> list[RowProblem]:
    torn = people_in_two_capacities(attendances(rows))
    problems = []
    for person in sorted(torn):
        theirs = [row for row in rows if row["person"] == person and key(row) in known]
        held = [Capacity(row["capacity"]).label.lower() for row in theirs if row["capacity"]]
        name = known[key(theirs[0])].name
        message = (
            f"{name} is on the list as {and_list(held)}. A person speaks for one side at an event:"
            " choose the same for both lines, or remove one"
        )
        problems.append(RowProblem(key=key(theirs[-1]), field="capacity", message=message))
    return problems


def _of_list(rows: list[Row], status: str) -> list[RowProblem]:
    if len(rows) > MOST_ROWS:
        message = f"The list has {len(rows):,} lines. Remove some: {MOST_ROWS:,} is the most for one event"
        return [RowProblem(message=message)]
    if status == "happened" and not any(row["outcome"] in REACHED for row in rows):
        return [RowProblem(message=_nobody(rows))]
    if status == "tried" and not rows:
        return [RowProblem(message="Add whom you tried to reach")]
    return []


def _nobody(rows: list[Row]) -> str:
    if not rows:
        return "Add at least one person or organisation that took part"
    return (
        "Nobody on the list took part. Say who attended, responded or was sent it,"
        " or go back and say that it did not happen"
    )
