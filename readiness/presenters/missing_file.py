"""The missing list as a file for a spreadsheet."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from plans.models import Plan
from plans.queries.moment import Moment
from readiness.presenters.missing_lines import RUNG_WORDS, last_words
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
    today: dt.date,
) -> Iterator[tuple[object, ...]]:
    """One row per organisation; unknown numbers and days stay empty."""
    for one in shown:
        contact = last.get(one.id)
        yield (
            one.code,
            one.name,
            Category(one.category).label,
            one.locality or "",
            one.locality_name or "",
            one.lmc or "",
            lmcs.get(one.lmc or "", ""),
            "" if one.patients is None else one.patients,
            RUNG_WORDS.get(one.rung, "None"),
            contact.held_on.isoformat() if contact else "",
            last_words(contact, today=today),
        )
