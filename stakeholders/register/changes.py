"""What loading a file would write: only differences, by code, before anything is written."""

import datetime as dt
from collections import Counter
from collections.abc import Sized
from dataclasses import dataclass, field

from stakeholders.register.facts import OrganisationFact
from stakeholders.register.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """Name, address and postcode of a known organisation as the file has them."""

    pk: int
    code: str
    old_name: str
    name: str
    address: str
    postcode: str

    @property
    def is_renamed(self) -> bool:
        return self.old_name != self.name


@dataclass(frozen=True, slots=True)
class NewTie:
    """A relationship to open, by the codes of its two ends."""

    source: str
    kind: str
    target: str
    partial: bool
    start: dt.date
    end: dt.date | None


@dataclass(slots=True, kw_only=True)
class Changes:
    """Everything to write. ``counts`` says it in phrases, ``skipped`` what is left out and why."""

    created: list[OrganisationFact] = field(default_factory=list)
    details: list[Detail] = field(default_factory=list)
    periods_opened: dict[tuple[str, dt.date], dt.date | None] = field(default_factory=dict)
    periods_ended: dict[int, dt.date | None] = field(default_factory=dict)
    ties_opened: list[NewTie] = field(default_factory=list)
    ties_ended: dict[int, dt.date | None] = field(default_factory=dict)
    list_sizes_added: dict[str, int] = field(default_factory=dict)
    list_sizes_changed: dict[int, int] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    large: str = ""
    """Why a person must agree first: more of the register would close than a quarter brings."""

    @property
    def opened_codes(self) -> set[str]:
        """Codes of the organisations that have a new open period."""
        return {code for code, _ in self.periods_opened}

    @property
    def rows_written(self) -> int:
        """How many rows loading would add or change, the audit apart."""
        return sum(len(rows) for rows in self._lists())

    def _lists(self) -> tuple[Sized, ...]:
        return (
            self.created,
            self.details,
            self.periods_opened,
            self.periods_ended,
            self.ties_opened,
            self.ties_ended,
            self.list_sizes_added,
            self.list_sizes_changed,
        )
