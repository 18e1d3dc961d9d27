"""Which day a page of a plan is asked about: junk gives today and a sentence, never an error page."""

import datetime as dt

from django.http import HttpRequest

from plans.queries.moment import Moment
from ui import query
from ui.fields import PlainDateField
from ui.forms import NhsForm
from ui.words import nhs_date

AS_AT, KNOWN = "as-at", "known"


class MomentForm(NhsForm):
    """The two days, in a form that is sent as an address."""

    submit_text = "Show that day"

    def __init__(self, moment: Moment) -> None:
        super().__init__(initial={AS_AT: moment.as_at, KNOWN: moment.known_by})
        self.fields[AS_AT] = PlainDateField(
            label="The plan as at", called="the day", required=False
        )
        self.fields[KNOWN] = PlainDateField(
            label="As it had been recorded by (optional)",
            called="the day by which it was recorded",
            required=False,
        )


def moment_of(
    request: HttpRequest, *, today: dt.date, starts_on: dt.date
) -> tuple[Moment, list[str]]:
    """The moment asked for, and a sentence about what could not be used; the page is then of today.

    ``starts_on`` is the plan's first day. A day of recording that changes nothing is left out, so
    that one page has one address.
    """
    asked, known = query.day(request, AS_AT), query.day(request, KNOWN)
    problems = [one.problem for one in (asked, known) if one.problem]
    if not problems:
        problem = _problem(asked.value, known.value, today=today, starts_on=starts_on)
        problems = [f"{problem} The page below is of today."] if problem else []
    else:
        problems[-1] += " The page below is of today."
    if problems or asked.value is None:
        return Moment(today=today), problems
    known_by = None if known.value == today else known.value
    if asked.value == today and known_by is None:
        return Moment(today=today), []
    return Moment(today=today, as_at=asked.value, known_by=known_by), []


def _problem(
    as_at: dt.date | None, known: dt.date | None, *, today: dt.date, starts_on: dt.date
) -> str:
    if as_at is None:
        lacking = "Say also of which day the page should be: the address lacks as-at."
        return lacking if known is not None else ""
    if as_at > today:
        return f"{nhs_date(as_at)} lies in the future. Choose today or an earlier day."
    if as_at < starts_on:
        return f"Work on the plan began on {nhs_date(starts_on)}. Choose that day or a later one."
    return "" if known is None else _problem_of_recording(as_at, known, today=today)


def _problem_of_recording(as_at: dt.date, known: dt.date, *, today: dt.date) -> str:
    if known > today:
        return f"What is recorded by {nhs_date(known)} lies in the future. Choose today or an earlier day."
    if known < as_at:
        return (
            f"What had been recorded by {nhs_date(known)} cannot say how things stood on"
            f" {nhs_date(as_at)}. Choose that day or a later one."
        )
    return ""
