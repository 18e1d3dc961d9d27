"""What each row of an attendance list is taken for: matched, not matched, there already, refused.

Pure: rows of text and what the register and the record say in, one ``Found`` for each row out.
An organisation is told by its code, or by its name with its postcode; by a name alone never, unless
somebody has chosen the organisation for all rows with that name.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from engagement.rules.attendance_columns import plain
from engagement.rules.attendance_known import (
    REFUSED,
    UNMATCHED,
    Body,
    Found,
    Known,
    Reading,
    called,
    cell_of,
    compact,
    tidied,
    words_of,
)
from engagement.rules.attendance_parts import settle_events, settle_parts
from engagement.rules.attendance_words import NotADateError, day_of, word
from ui.clean import bare

EARLIEST = dt.date(2013, 1, 1)
LONGEST_NAME = 200
LONGEST_SHOWN = 80
_ALTERED = re.compile(r"\A(\d+(\.0+)?|\d(\.\d+)?E[+-]?\d+)\Z", re.I)


def places(
    rows: Iterable[Sequence[str]], columns: Mapping[str, int]
) -> tuple[set[str], set[str], set[str]]:
    """Codes, and names with postcodes, that have to be looked up; and the names that stand alone."""
    codes: set[str] = set()
    postcodes: set[str] = set()
    names: set[str] = set()
    for cells in rows:
        code = bare(cell_of(cells, columns, "code")).upper()
        if code:
            codes.add(code)
            continue
        name = cell_of(cells, columns, "organisation")
        if name:
            names.add(plain(name))
            postcodes.add(compact(cell_of(cells, columns, "postcode")))
    return codes, postcodes - {""}, names - {""}


def look(rows: Iterable[tuple[int, Sequence[str]]], reading: Reading, known: Known) -> list[Found]:
    """Every row that is not empty, in the file's order."""
    looking = _Looking(reading, known)
    taken = [looking.row(number, cells) for number, cells in rows if any(cells)]
    settle_events(taken, reading)
    settle_parts(taken, known)
    return taken


class _Said(NamedTuple):
    """What some cells of a row come to, and every fault in them, so that all are told at once."""

    value: Any
    wrong: tuple[str, ...] = ()
    unmatched: str = ""
    note: str = ""


class _Looking:
    """The rows on their way. What the same cells mean is worked out once for all rows that hold
    them: a list has ten thousand rows, and a few hundred events, organisations and words.
    """

    def __init__(self, reading: Reading, known: Known) -> None:
        self.reading, self.known = reading, known
        columns = reading.columns
        # Every row is made so long that each column is there, and a last cell that is always empty
        # stands for a column that is not.
        self.blanks = [""] * (max(columns.values(), default=0) + 2)

        def cells(*names: str) -> Callable[[Sequence[str]], tuple[str, ...]]:
            return itemgetter(*(columns.get(name, -1) for name in names))

        self.of_event = cells("event_title", "event_key", "event_date")
        self.of_body = cells("code", "organisation", "postcode")
        self.of_person = cells("person", "first_name", "last_name")
        self.of_part = cells("role", "outcome", "capacity")
        self.event, self.body = cache(self._event), cache(self._body)
        self.outcome, self.capacity = cache(self._outcome), cache(self._capacity)

    def row(self, number: int, cells: Sequence[str]) -> Found:
        row = Found(number=number, cells=cells)
        if _is_of_totals(next(filter(None, cells))):
            row.result, row.message = REFUSED, "It looks like a line of totals. It is left out"
            return row
        all_cells = [*cells, *self.blanks]
        event, body = self.event(*self.of_event(all_cells)), self.body(*self.of_body(all_cells))
        row.event_title, row.held_on, row.event_id = event.value
        row.name, found = body.value
        row.person = _person(*self.of_person(all_cells))
        role, outcome_said, capacity_said = self.of_part(all_cells)
        outcome, capacity = self.outcome(outcome_said), self.capacity(capacity_said)
        row.role, row.outcome = tidied(role)[:120], outcome.value
        row.capacity = capacity.value or (found.capacity if found else "")
        wrong = (*event.wrong, *body.wrong, *outcome.wrong, *capacity.wrong)
        if found:
            row.organisation_id = found.id
            if row.held_on and not found.is_open(row.held_on):
                wrong = (*wrong, _not_open(found, row.held_on))
        unmatched = body.unmatched or outcome.unmatched
        if wrong:
            row.result = REFUSED
            row.message = ". ".join([*wrong, unmatched] if unmatched else wrong)
        elif unmatched:
            row.result, row.message = UNMATCHED, unmatched
        else:
            row.message = body.note
        return row

    def _event(self, title: str, key: str, day_cell: str) -> _Said:
        """Its title, its day and its number where it is recorded."""
        known = self.known
        if known.event:
            return _Said((known.event.title, known.event.held_on, known.event.id))
        title = (tidied(title) or tidied(key))[:160]
        wrong = (
            () if title else ("It does not say which event. Give the name of the event",)
        )  # fmt: skip
        day, fault = self._day(tidied(day_cell))
        return _Said((title, day, None), (*wrong, fault) if fault else wrong)

    def _day(self, text: str) -> tuple[dt.date | None, str]:
        """The day, or what is wrong with it."""
        if not text:
            return None, "It has no date. Give the date of the event"
        try:
            day = day_of(text, order=self.reading.order, epoch=self.reading.epoch)
        except NotADateError as problem:
            return None, f"“{text[:LONGEST_SHOWN]}” {problem}"
        if day > self.known.today:
            return None, f"{words_of(day)} has not come yet: nobody can have been there"
        if day < EARLIEST:
            return None, f"{words_of(day)} is before 2013. Correct the date"
        return day, ""

    def _body(self, code_cell: str, name_cell: str, postcode: str) -> _Said:
        """What the row calls the organisation, and which it is."""
        code = bare(tidied(code_cell)).upper()[:LONGEST_NAME]
        name = tidied(name_cell)[:LONGEST_NAME] or code
        if not name:
            return _Said(("", None), ("It names no organisation. Give its code",))
        return self._by_code(code, name) if code else self._by_name(name, tidied(postcode))

    def _by_code(self, code: str, name: str) -> _Said:
        shown = code[:LONGEST_SHOWN]
        body = self.known.by_code.get(code)
        if body is not None:
            note = ""
            if name != code and not _share_a_word(name, body.name):
                note = f"The register calls {code} “{body.name}”. Check the code"
            return _Said((name, body), note=note)
        unknown = called(name, code)[:LONGEST_NAME]
        if plain(unknown) in self.known.chosen:
            return self._as_chosen(unknown, plain(unknown))
        if _ALTERED.match(code):
            unmatched = (
                f"The code “{shown}” looks altered by the spreadsheet. Format the column as text and "
                "type the code again"
            )
        else:
            unmatched = (
                f"No organisation has the code “{shown}”. Correct it, or choose the organisation"
            )
        return _Said((unknown, None), unmatched=unmatched)

    def _by_name(self, typed: str, postcode_cell: str) -> _Said:
        name = plain(typed)
        if name in self.known.chosen:
            return self._as_chosen(typed, name)
        postcode = compact(postcode_cell)
        there = self.known.by_name.get((name, postcode), ()) if postcode else ()
        if len(there) == 1:
            return _Said((typed, there[0]))
        if there:
            unmatched = "Several organisations have this name at this postcode. Give the code"
        elif postcode:
            unmatched = "No organisation has this name at this postcode. Choose it"
        else:
            unmatched = "A name alone does not tell which organisation it is. Choose it"
        return _Said((typed, None), unmatched=unmatched)

    def _as_chosen(self, typed: str, name: str) -> _Said:
        body = self.known.chosen[name]
        return _Said((typed, body), unmatched="" if body else "Left out, as you have chosen")

    def _outcome(self, cell: str) -> _Said:
        if "outcome" not in self.reading.columns:
            return _Said("attended")
        said = tidied(cell)
        outcome = self.reading.outcomes.get(word(said))
        if outcome is None:
            shown = said[:LONGEST_SHOWN]
            return _Said("", (f"“{shown}” does not say whether they came. Say what it means",))
        return _Said(outcome, unmatched="" if outcome else f"Rows with “{said[:40]}” are left out")

    def _capacity(self, cell: str) -> _Said:
        """For whom they spoke; empty where that is what is usual for the organisation."""
        said = tidied(cell)
        meant = self.reading.capacities.get(word(said)) if said else ""
        if meant is None:
            shown = said[:LONGEST_SHOWN]
            return _Said("", (f"“{shown}” does not say for whom they spoke. Say what it means",))
        return _Said(meant)


@lru_cache(maxsize=20_000)
def _is_of_totals(first: str) -> bool:
    """Whether the row with this first cell adds up the others."""
    words = plain(first)
    return words.split()[:1] in (["total"], ["totals"]) or words == "grand total"


@lru_cache(maxsize=20_000)
def _person(person: str, first: str, last: str) -> str:
    whole = tidied(person) or f"{tidied(first)} {tidied(last)}"
    return bare(" ".join(whole.split()))[:120]


def _share_a_word(one: str, other: str) -> bool:
    return bool(set(plain(one).split()) & set(plain(other).split()))


def _not_open(body: Body, day: dt.date) -> str:
    shown = f"{body.name} ({body.code})"
    ended = [end for _, end in body.spans if end is not None and end < day]
    if not ended:
        return f"{shown} was not open on {words_of(day)}. Correct the date or the code"
    after = f"; {' and '.join(body.successors)} took over" if body.successors else ""
    return f"{shown} closed on {words_of(max(ended))}{after}. Correct the date or the code"
