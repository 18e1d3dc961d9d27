"""What is known when the rows of an attendance list are looked at, and what is found. Pure."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ui.clean import bare, visible, without_control_characters

MATCHED, UNMATCHED, DUPLICATE, REFUSED = "matched", "unmatched", "duplicate", "refused"

_WITH_CODE = re.compile(r"(.+) \([A-Z0-9]{1,12}\)")
_LIKE_A_CODE = re.compile(r"[A-Z]{1,4}\d[A-Z0-9]*")
_QUOTED_FORMULA = re.compile(r"\A'(?=[=+\-@])")


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """An organisation of the register with the days on which it was open."""

    id: int
    code: str
    name: str
    capacity: str
    spans: tuple[tuple[dt.date, dt.date | None], ...] = ()
    successors: tuple[str, ...] = ()

    def is_open(self, day: dt.date) -> bool:
        return any(start <= day and (end is None or end >= day) for start, end in self.spans)


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """An event that is recorded. ``why_not`` says why nothing can be added to it."""

    id: int
    title: str
    held_on: dt.date
    is_planned: bool = False
    why_not: str = ""


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the register and the record say about the rows."""

    today: dt.date
    by_code: Mapping[str, Body]
    by_name: Mapping[tuple[str, str], Sequence[Body]]
    chosen: Mapping[str, Body | None] = field(default_factory=dict)
    event: Held | None = None
    events: Mapping[tuple[str, dt.date], Held] = field(default_factory=dict)
    parts: Mapping[tuple[int, int], Mapping[str, str]] = field(default_factory=dict)
    """(event, organisation) -> person, as ``alike`` writes the name -> outcome."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How the columns are read, as a person has said."""

    columns: Mapping[str, int]
    outcomes: Mapping[str, str] = field(default_factory=dict)
    capacities: Mapping[str, str] = field(default_factory=dict)
    order: str = "dmy"
    epoch: int = 1900


@dataclass(slots=True)
class Found:
    """One row and what it was taken for; ``name`` is the organisation as the row calls it."""

    number: int
    cells: Sequence[str]
    result: str = MATCHED
    message: str = ""
    event_title: str = ""
    held_on: dt.date | None = None
    event_id: int | None = None
    name: str = ""
    organisation_id: int | None = None
    person: str = ""
    role: str = ""
    capacity: str = ""
    outcome: str = ""
    updates: bool = False


@lru_cache(maxsize=20_000)
def alike(name: str) -> str:
    """A person's name without regard to case, blanks and how its accents are encoded."""
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold()


@lru_cache(maxsize=20_000)
def compact(postcode: str) -> str:
    return re.sub(r"\W", "", bare(postcode)).upper()


def cell_of(cells: Sequence[str], columns: Mapping[str, int], name: str) -> str:
    """What stands in the column of that meaning, ``tidied``; empty where there is none."""
    at = columns.get(name, -1)
    return tidied(cells[at]) if 0 <= at < len(cells) else ""


@lru_cache(maxsize=20_000)
def tidied(cell: str) -> str:
    """The cell without blanks around it, and without what nobody can see or type.

    The apostrophe that our own files put before what a spreadsheet would run is taken off.
    """
    return _QUOTED_FORMULA.sub("", visible(without_control_characters(cell)))


def words_of(day: dt.date) -> str:
    """3 April 2016."""
    return f"{day.day} {day:%B %Y}"


def called(name: str, code: str) -> str:
    """What is shown of an organisation whose code nobody knows: the name typed beside it as well."""
    return code if name in {"", code} else f"{name} ({code})"


def name_alone(shown: str) -> str:
    """The name in what ``called`` shows; empty where there is only a code, which is no name."""
    with_code = _WITH_CODE.fullmatch(shown)
    if with_code:
        return with_code[1]
    return "" if _LIKE_A_CODE.fullmatch(shown) else shown
