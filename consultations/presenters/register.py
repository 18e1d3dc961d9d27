"""The register of consultations in words: the list, and what anybody may read of one."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from consultations.models import Survey
from consultations.queries.register import Filters, course_of, survey_of
from consultations.rules.register import Status, status
from plans.models import Consultation
from ui.shapes import Link, Row
from ui.words import nhs_date, plural

COLOURS = {
    Status.PLANNED: "grey",
    Status.OPEN: "blue",
    Status.ANALYSING: "yellow",
    Status.REPORT_OUT: "green",
    Status.NO_REPORT: "grey",
    Status.DROPPED: "orange",
}

NO_SUMMARY = "Nothing has been written about it yet."


@dataclass(frozen=True, kw_only=True)
class RegisterLine:
    """One consultation in the list. ``note`` says what the public does not see of it."""

    title: str
    url: str
    plan: str
    dates: str
    status: str
    colour: str
    formal: str
    answer_url: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class PublicPart:
    """What anybody may read of one consultation."""

    title: str
    plan: str
    status: str
    colour: str
    formal: str
    lead: str
    about: Sequence[str]
    how: str
    answer_url: str
    rows: Sequence[Row]
    told_url: str = ""
    dropped: str = ""
    no_about: str = NO_SUMMARY


def lines(found: Iterable[Consultation], *, today: dt.date, is_public: bool) -> list[RegisterLine]:
    """The list in order; ``is_public`` for who is not signed in and sees nothing unpublished."""
    return [_line(one, today, is_public=is_public) for one in found]


def count_words(number: int, filters: Filters) -> str:
    """How many there are, and of what."""
    words = plural(number, "consultation")
    if filters.status:
        words += f" with the status “{Status(filters.status).label}”"
    return words


def empty(filters: Filters, *, is_public: bool, may_add: bool) -> tuple[str, str]:
    """The title and the sentence where the list is empty: what to do next."""
    if filters.any:
        return "No consultation fits", "Choose another status or plan, or look at all of them."
    if is_public:
        return (
            "No consultation is published yet",
            "Those that are will stand here with their dates.",
        )
    if may_add:
        return "No consultation is recorded", "Open a plan, then “What is on paper”, and add one."
    return "No consultation is recorded", "The managers of a plan add its consultations."


def public_part(row: Consultation, *, today: dt.date, tells: bool = False) -> PublicPart:
    """Everything that anybody may read; ``tells``: what was done about it is published."""
    stands = status(course_of(row), today)
    survey = survey_of(row)
    return PublicPart(
        title=row.title,
        plan=row.plan.title,
        status=stands.label,
        colour=COLOURS[stands],
        formal="Formal consultation" if row.is_formal else "Engagement, not a formal consultation",
        lead=_lead(row, stands, today),
        about=[part.strip() for part in row.summary.splitlines() if part.strip()],
        how=_how(row, survey, stands),
        answer_url=answer_url(survey, stands),
        rows=_rows(row, stands, today),
        told_url=reverse("engagement:you-said", args=[row.plan.code]) if tells else "",
        dropped=f"It does not go forward: {row.dropped_reason}" if stands is Status.DROPPED else "",
    )


def answer_url(survey: Survey | None, stands: Status) -> str:
    """Where it can be answered; empty while nobody can."""
    if survey is None or stands is not Status.OPEN or not takes_answers(survey):
        return ""
    return reverse("consultations:respond", args=[survey.code])


def takes_answers(survey: Survey) -> bool:
    """Whether the form was opened and is not paused."""
    return survey.opened_at is not None and survey.paused_at is None


def is_public(row: Consultation) -> bool:
    """Whether anybody may read its page."""
    return row.published_at is not None and row.withdrawn_at is None


def page_url(row: Consultation) -> str:
    """The page of one consultation."""
    return reverse("consultations:consultation", args=[row.pk])


def crumbs(*, is_signed_in: bool, row: Consultation | None = None) -> list[Link]:
    """The way back from a page of the register, or from one below the page of ``row``."""
    found = [Link("Home", reverse("readiness:home"))] if is_signed_in else []
    found.append(Link("Consultations", reverse("consultations:register")))
    if row is not None:
        found.append(Link(row.title, page_url(row)))
    return found


def dates_words(row: Consultation) -> str:
    """`23 December 2019 to 15 January 2020`."""
    return f"{nhs_date(row.opens_on)} to {nhs_date(row.closes_on)}"


def _line(row: Consultation, today: dt.date, *, is_public: bool) -> RegisterLine:
    stands = status(course_of(row), today)
    return RegisterLine(
        title=row.title,
        url=page_url(row),
        plan=row.plan.title,
        dates=dates_words(row),
        status=stands.label,
        colour=COLOURS[stands],
        formal="Formal" if row.is_formal else "Not formal",
        answer_url=answer_url(survey_of(row), stands),
        note="" if is_public or row.published_at else "Not published",
    )


def _lead(row: Consultation, stands: Status, today: dt.date) -> str:
    if stands is Status.DROPPED:
        return f"Not going forward since {nhs_date(row.dropped_on)}."
    if stands is Status.PLANNED:
        away = (row.opens_on - today).days
        return f"Opens on {nhs_date(row.opens_on)}, in {plural(away, 'day')}, until {nhs_date(row.closes_on)}."
    if stands is Status.OPEN:
        left = (row.closes_on - today).days
        ends = "today is the last day" if not left else f"{plural(left, 'more day')} after today"
        return f"Open until {nhs_date(row.closes_on)}: {ends}."
    return f"Closed on {nhs_date(row.closes_on)}."


def _how(row: Consultation, survey: Survey | None, stands: Status) -> str:
    if stands is Status.DROPPED:
        return "It can no longer be answered."
    if stands is Status.PLANNED:
        return f"It can be answered from {nhs_date(row.opens_on)} on."
    if stands is not Status.OPEN:
        return "It can no longer be answered here."
    if survey is not None and takes_answers(survey):
        return "Anybody can answer here, without an account. You can save your answers and return."
    if survey is not None and survey.opened_at is not None:
        return "The form is paused. Look again later, or write to those who hold the consultation."
    return "There is no form here. Write to those who hold the consultation."


def _rows(row: Consultation, stands: Status, today: dt.date) -> list[Row]:
    rows = [Row(key="Open", value=dates_words(row))]
    if stands is Status.DROPPED:
        return rows
    out = row.heard_on is not None and row.heard_on <= today
    if out:
        rows.append(Row(key="What we heard", value=f"Published on {nhs_date(row.heard_on)}"))
    elif not row.report_expected:
        rows.append(Row(key="What we heard", value="No report is expected"))
    else:
        rows.append(Row(key="What we heard", value="Not published yet"))
    if row.decision_on is not None:
        verb = "Taken" if row.decision_on <= today else "Expected"
        rows.append(Row(key="Decision", value=f"{verb} on {nhs_date(row.decision_on)}"))
    return rows
