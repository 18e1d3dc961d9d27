"""What a register file says, in our own words: frozen facts, each with the row it stands in."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from stakeholders.register.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFact:
    """An organisation and one stretch of days on which it was open (no end: still)."""

    row: int
    code: str
    name: str
    category: str
    opened_on: dt.date | None
    closed_on: dt.date | None = None
    address: str = ""
    postcode: str = ""
    is_authority: bool = True
    """Whether this file decides about the name and the days of an organisation that is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftFact:
    """An organisation of which the file only says that it is open no more, and why."""

    row: int
    code: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TieFact:
    """One organisation stands to another in this way from a day on (None: the file's day)."""

    row: int
    source: str
    kind: str
    target: str
    since: dt.date | None = None
    until: dt.date | None = None
    partial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSizeFact:
    """How many patients a practice had."""

    row: int
    code: str
    patients: int


@dataclass(slots=True, kw_only=True)
class Parsed:
    """Everything that one file says, before anything is compared with what is stored.

    ``newest`` is the newest day found in it; ``default_as_at`` the day that its shape implies.
    ``skipped`` counts the rows that are none of our business, by a phrase that says why.
    ``named`` holds every code that the file mentions, also in rows that are wrong.
    """

    shape: str
    rows: int = 0
    newest: dt.date | None = None
    default_as_at: dt.date | None = None
    organisations: list[OrganisationFact] = field(default_factory=list)
    left: list[LeftFact] = field(default_factory=list)
    ties: list[TieFact] = field(default_factory=list)
    list_sizes: list[ListSizeFact] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    named: set[str] = field(default_factory=set)

    def saw(self, *days: dt.date | None) -> None:
        """Keep the newest of these days."""
        real = [day for day in (*days, self.newest) if day is not None]
        self.newest = max(real, default=None)
