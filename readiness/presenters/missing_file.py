"""The missing list as a file for a spreadsheet."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence

from plans.models import Plan
from plans.queries.moment import Moment
from readiness.presenters.missing_lines import NOT_SHOWN, RUNG_WORDS, last_words
from readiness.queries.pages.missing import LastContact
from readiness.rules.facts import Member
from stakeholders.models import Category

HEADER = (
    "Code", "Name", "Category", "Locality code", "Locality", "LMC code", "LMC", "Patients",
    "Reached", "Last attempt on", "Last attempt",
)  # fmt: skip


def name(plan: Plan, moment: Moment) -> str:
    """`missing-stp-42-2016-07-01.csv`; it says by when its facts were known, where that was asked."""
    known = f"-known-{moment.known_by.isoformat()}" if moment.known_by else ""
    return f"missing-{plan.code}-{moment.day.isoformat()}{known}.csv"


def rows(
    shown: Sequence[Member],
    last: Mapping[int, LastContact],
    lmcs: Mapping[str, str],
    *,
    hidden: Collection[int],
    today: dt.date,
) -> Iterator[tuple[object, ...]]:
    """One row per organisation; unknown numbers and days stay empty. How far those in ``hidden``
    got is not told."""
    for one in shown:
        is_hidden = one.id in hidden
        contact = None if is_hidden else last.get(one.id)
        yield (
            one.code,
            one.name,
            Category(one.category).label,
            one.locality or "",
            one.locality_name or "",
            one.lmc or "",
            lmcs.get(one.lmc or "", ""),
            "" if one.patients is None else one.patients,
            NOT_SHOWN if is_hidden else RUNG_WORDS.get(one.rung, "None"),
            contact.held_on.isoformat() if contact else "",
            NOT_SHOWN if is_hidden else last_words(contact, today=today),
        )
