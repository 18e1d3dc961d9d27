"""What each row of an attendance list is taken for: matched, not matched, there already, refused.

Pure: rows of text and what the register and the record say in, one ``Found`` for each row out.
An organisation is told by its code, or by its name with its postcode; by a name alone never, unless
somebody has chosen the organisation for all rows with that name.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence

from engagement.rules.attendance_columns import plain
from engagement.rules.attendance_known import (
    REFUSED,
    UNMATCHED,
    Body,
    Found,
    Known,
    Reading,
    cell_of,
    compact,
    words_of,
)
from engagement.rules.attendance_parts import settle_events, settle_parts
from engagement.rules.attendance_words import NotADateError, day_of, word
from ui.clean import bare

EARLIEST = dt.date(2013, 1, 1)
LONGEST_SHOWN = 80
_ALTERED = re.compile(r"\A(\d+(\.0+)?|\d(\.\d+)?E[+-]?\d+)\Z", re.I)


def places(
    rows: Iterable[tuple[int, Sequence[str]]], columns: Mapping[str, int]
) -> tuple[set[str], set[str], set[str]]:
    """Codes, and names with postcodes, that have to be looked up; and the names that stand alone."""
    codes: set[str] = set()
    postcodes: set[str] = set()
    names: set[str] = set()
    for _, cells in rows:
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
    taken = [_Row(number, cells, reading, known).found() for number, cells in rows if any(cells)]
    settle_events(taken, reading)
    settle_parts(taken, known)
    return taken


class _Row:
    """One row on its way; every fault is collected, so that all are told at once."""

    def __init__(self, number: int, cells: Sequence[str], reading: Reading, known: Known) -> None:
        self.row = Found(number=number, cells=cells)
        self.reading, self.known = reading, known
        self.wrong: list[str] = []
        self.unmatched = self.note = ""

    def found(self) -> Found:
        row = self.row
        first = next(cell for cell in row.cells if cell)
        if plain(first).split()[:1] in (["total"], ["totals"]) or plain(first) == "grand total":
            row.result, row.message = REFUSED, "It looks like a line of totals. It is left out"
            return row
        self._event()
        body = self._body()
        self._part(body)
        if body and row.held_on and not body.is_open(row.held_on):
            self.wrong.append(_not_open(body, row.held_on))
        if self.wrong:
            row.result, row.message = (
                REFUSED,
                ". ".join([*self.wrong, *filter(None, [self.unmatched])]),
            )
        elif self.unmatched:
            row.result, row.message = UNMATCHED, self.unmatched
        else:
            row.message = self.note
        return row

    def _cell(self, name: str) -> str:
        return cell_of(self.row.cells, self.reading.columns, name)

    def _event(self) -> None:
        row, known = self.row, self.known
        if known.event:
            row.event_id, row.event_title = known.event.id, known.event.title
            row.held_on = known.event.held_on
            return
        row.event_title = (self._cell("event_title") or self._cell("event_key"))[:160]
        if not row.event_title:
            self.wrong.append("It does not say which event. Give the name of the event")
        text = self._cell("event_date")
        if not text:
            self.wrong.append("It has no date. Give the date of the event")
            return
        try:
            day = day_of(text, order=self.reading.order, epoch=self.reading.epoch)
        except NotADateError as problem:
            self.wrong.append(f"“{text[:LONGEST_SHOWN]}” {problem}")
            return
        if day > known.today:
            self.wrong.append(f"{words_of(day)} has not come yet: nobody can have been there")
        elif day < EARLIEST:
            self.wrong.append(f"{words_of(day)} is before 2013. Correct the date")
        else:
            row.held_on = day

    def _body(self) -> Body | None:
        row = self.row
        code = bare(self._cell("code")).upper()
        row.name = self._cell("organisation")[:200] or code
        if not row.name:
            self.wrong.append("It names no organisation. Give its code")
            return None
        return self._by_code(code) if code else self._by_name()

    def _by_code(self, code: str) -> Body | None:
        row, shown = self.row, code[:LONGEST_SHOWN]
        body = self.known.by_code.get(code)
        if body is None and plain(code) in self.known.chosen:
            return self._as_chosen(plain(code))
        if body is None and _ALTERED.match(code):
            self.unmatched = (
                f"The code “{shown}” looks altered by the spreadsheet. Format the column as text and "
                "type the code again"
            )
        elif body is None:
            self.unmatched = (
                f"No organisation has the code “{shown}”. Correct it, or choose the organisation"
            )
        elif row.name != code and not _share_a_word(row.name, body.name):
            self.note = f"The register calls {code} “{body.name}”. Check the code"
        if body is None:
            row.name = code
        return body

    def _by_name(self) -> Body | None:
        name = plain(self.row.name)
        if name in self.known.chosen:
            return self._as_chosen(name)
        postcode = compact(self._cell("postcode"))
        there = self.known.by_name.get((name, postcode), ()) if postcode else ()
        if len(there) == 1:
            return there[0]
        if there:
            self.unmatched = "Several organisations have this name at this postcode. Give the code"
        elif postcode:
            self.unmatched = "No organisation has this name at this postcode. Choose it"
        else:
            self.unmatched = "A name alone does not tell which organisation it is. Choose it"
        return None

    def _as_chosen(self, name: str) -> Body | None:
        body = self.known.chosen[name]
        if body is None:
            self.unmatched = "Left out, as you have chosen"
        return body

    def _part(self, body: Body | None) -> None:
        row = self.row
        whole = self._cell("person") or f"{self._cell('first_name')} {self._cell('last_name')}"
        row.person = bare(" ".join(whole.split()))[:120]
        row.role = self._cell("role")[:120]
        row.outcome = self._outcome()
        row.capacity = self._capacity(body.capacity if body else "")
        if body:
            row.organisation_id = body.id

    def _outcome(self) -> str:
        if "outcome" not in self.reading.columns:
            return "attended"
        said = self._cell("outcome")
        outcome = self.reading.outcomes.get(word(said))
        if outcome is None:
            shown = said[:LONGEST_SHOWN]
            self.wrong.append(f"“{shown}” does not say whether they came. Say what it means")
        elif not outcome:
            self.unmatched = self.unmatched or f"Rows with “{said[:40]}” are left out"
        return outcome or ""

    def _capacity(self, usual: str) -> str:
        said = self._cell("capacity")
        if not said:
            return usual
        meant = self.reading.capacities.get(word(said))
        if meant is None:
            shown = said[:LONGEST_SHOWN]
            self.wrong.append(f"“{shown}” does not say for whom they spoke. Say what it means")
        return meant or usual


def _share_a_word(one: str, other: str) -> bool:
    return bool(set(plain(one).split()) & set(plain(other).split()))


def _not_open(body: Body, day: dt.date) -> str:
    called = f"{body.name} ({body.code})"
    ended = [end for _, end in body.spans if end is not None and end < day]
    if not ended:
        return f"{called} was not open on {words_of(day)}. Correct the date or the code"
    after = f"; {' and '.join(body.successors)} took over" if body.successors else ""
    return f"{called} closed on {words_of(max(ended))}{after}. Correct the date or the code"
