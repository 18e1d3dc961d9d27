"""The shown-to ledger in words: on the page and as a file."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from plans.models import Plan, Sharing
from plans.presenters.paper_lines import Reader
from plans.presenters.seats import organisation_url
from plans.queries.moment import Moment
from plans.queries.shown import Ledger
from plans.working_days import working_days_after
from stakeholders.models import Category
from ui.words import nhs_date, plural

HEADER = (
    "Organisation code", "Organisation", "Category", "Version", "Version dated", "Shown on", "How",
    "In confidence", "Working days before submission",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ShownLine:
    """One version shown to one organisation."""

    organisation: str
    organisation_url: str
    category: str
    version: str
    version_url: str
    shown_on: str
    how: str
    confidence: str
    before: str


@dataclass(frozen=True, kw_only=True)
class Unshown:
    """The organisations of one category that were shown no version: ``names`` with their pages.

    ``is_first``: the LMCs, whose names stand in sight.
    """

    heading: str
    state: str
    word: str
    names: Sequence[tuple[str, str]]
    is_first: bool


@dataclass(frozen=True, kw_only=True)
class ShownPage:
    """Everything on the page, as far as the reader may see it."""

    sentence: str
    lines: Sequence[ShownLine]
    note: str
    unshown: Sequence[Unshown]
    how_counted: str


def shown_page(plan: Plan, ledger: Ledger, reader: Reader) -> ShownPage:
    """The ledger for a reader: who does not see all has own lines, and the number of others."""
    seen = visible(ledger, reader)
    others = len({one.organisation_id for one in ledger.sharings}) - len(
        {one.organisation_id for one in seen}
    )
    return ShownPage(
        sentence=_sentence(ledger) if reader.sees_all else _own_sentence(seen, others),
        lines=[_line(plan, one, reader) for one in seen],
        note=_others(others),
        unshown=[_unshown(ledger, category) for category in ledger.unshown]
        if reader.sees_all
        else (),
        how_counted=_how_counted(plan),
    )


def visible(ledger: Ledger, reader: Reader) -> list[Sharing]:
    """The lines that the reader may see."""
    if reader.sees_all:
        return ledger.sharings
    return [one for one in ledger.sharings if one.organisation_id in reader.ours]


def file_name(plan: Plan, moment: Moment) -> str:
    """`shown-bolton-nhp-2026-2026-07-01.csv`."""
    return f"shown-{plan.code}-{moment.day.isoformat()}.csv"


def file_rows(plan: Plan, sharings: Collection[Sharing]) -> Iterator[tuple[object, ...]]:
    """One row for each showing; days are those of the calendar file, numbers are numbers."""
    for one in sharings:
        days = days_before(one.shown_on, plan.submission_on)
        yield (
            one.organisation.code,
            one.organisation.name,
            Category(one.organisation.category).label,
            one.version.title,
            one.version.dated_on.isoformat(),
            one.shown_on.isoformat(),
            one.how,
            "Yes" if one.in_confidence else "No",
            "" if days is None else days,
        )


def days_before(shown_on: dt.date, submission_on: dt.date | None) -> int | None:
    """Working days from the showing to the submission, as the criterion on LMCs counts them: that of
    the showing not counted. None without a submission or after it."""
    if submission_on is None or shown_on > submission_on:
        return None
    return working_days_after(shown_on, submission_on)


def before_words(shown_on: dt.date, submission_on: dt.date | None) -> str:
    """`12 working days`, `after the submission`."""
    if submission_on is None:
        return "no day of submission"
    days = days_before(shown_on, submission_on)
    return "after the submission" if days is None else plural(days, "working day")


def _line(plan: Plan, one: Sharing, reader: Reader) -> ShownLine:
    may_read = bool(one.version.mentions) and reader.may_read(one.version)
    return ShownLine(
        organisation=one.organisation.name,
        organisation_url=organisation_url(one.organisation.code),
        category=Category(one.organisation.category).label,
        version=one.version.title,
        version_url=reverse("plans:paper-text", args=[plan.code, one.version_id])
        if may_read
        else "",
        shown_on=nhs_date(one.shown_on),
        how=one.how,
        confidence="In confidence" if one.in_confidence else "Not in confidence",
        before=before_words(one.shown_on, plan.submission_on),
    )


def _sentence(ledger: Ledger) -> str:
    if not ledger.sharings:
        return "Nobody is on record as shown a version of the plan."
    shown = {one.organisation_id for one in ledger.sharings}
    words = f"{plural(len(shown), 'organisation has', 'organisations have')} been shown a version"
    lmcs = ledger.number.get(Category.LMC, 0)
    if not lmcs:
        return f"{words}."
    unseen = len(ledger.unshown[Category.LMC])
    return f"{words}: {lmcs - unseen} of {plural(lmcs, 'LMC')} among them."


def _own_sentence(seen: Sequence[Sharing], others: int) -> str:
    if seen:
        versions = len({one.version_id for one in seen})
        return f"You have been shown {plural(versions, 'version')} of the plan."
    return (
        "Your organisation is not on record as shown a version."
        if others
        else ("Nobody is on record as shown a version of the plan.")
    )


def _others(number: int) -> str:
    if not number:
        return ""
    return (
        f"{plural(number, 'other organisation was', 'other organisations were')} shown a version."
        " Who they are is read by the plan's managers and the reviewers."
    )


def _unshown(ledger: Ledger, category: str) -> Unshown:
    left, number = ledger.unshown[category], ledger.number[category]
    label = Category(category).label
    return Unshown(
        heading=f"{label}: {len(left):,} of {number:,} not shown a version",
        state="not_met" if left else "met",
        word="Not shown" if left else "All shown",
        names=[(one.name, organisation_url(one.code)) for one in left],
        is_first=category == Category.LMC,
    )


def _how_counted(plan: Plan) -> str:
    if plan.submission_on is None:
        return "The plan has no day of submission, so no working days are counted."
    return (
        f"Working days are counted to the submission on {nhs_date(plan.submission_on)}, the day of"
        " showing left out, without England's bank holidays: as the criterion on LMCs counts them."
    )
