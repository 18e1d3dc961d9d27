"""What is in the record already or twice in the file, and what an organisation did in several rows.

Pure. Rows without a name stand for their organisation, which takes part once; of several such rows
the strongest outcome is what it did.
"""

import datetime as dt
from collections.abc import Iterable, Mapping

from engagement.rules.answers import REACHED
from engagement.rules.attendance_columns import plain
from engagement.rules.attendance_known import (
    DUPLICATE,
    MATCHED,
    REFUSED,
    Found,
    Known,
    Reading,
    alike,
    cell_of,
)
from engagement.rules.attendance_words import STRENGTH

NOBODY = "Nobody on the list came to this event. Log it as one that did not happen, or correct this"


def settle_events(rows: list[Found], reading: Reading) -> None:
    """Two events of one name on one day are told apart by their numbers, where there are any."""
    if "event_key" not in reading.columns or "event_title" not in reading.columns:
        return
    keys: dict[tuple[str, dt.date | None], set[str]] = {}
    for row in rows:
        row_key = cell_of(row.cells, reading.columns, "event_key")
        keys.setdefault((row.event_title, row.held_on), set()).add(row_key)
    for row in rows:
        if len(keys[row.event_title, row.held_on]) > 1:
            row_key = cell_of(row.cells, reading.columns, "event_key")
            row.event_title = (
                f"{row.event_title[:120]}, {row_key[:38]}" if row_key else row.event_title
            )


def settle_parts(rows: list[Found], known: Known) -> None:
    """What is in the record already or twice in the file; what an organisation did in several rows."""
    groups: dict[tuple[str, dt.date, int], list[Found]] = {}
    for row in rows:
        if row.result != MATCHED or row.held_on is None or row.organisation_id is None:
            continue
        held = known.event or known.events.get((plain(row.event_title), row.held_on))
        if held:
            row.event_id = held.id
            if held.why_not:
                row.result, row.message = REFUSED, held.why_not
                continue
        key = (plain(row.event_title), row.held_on, row.organisation_id)
        groups.setdefault(key, []).append(row)
    for group in groups.values():
        held = known.event or known.events.get((plain(group[0].event_title), group[0].held_on))  # type: ignore[arg-type]
        there: Mapping[str, str] = {}
        if held and group[0].organisation_id:
            there = known.parts.get((held.id, group[0].organisation_id), {})
        _settle_group(group, there, changes=bool(held and held.is_planned))
    _refuse_unattended(rows, known)


def _refuse_unattended(rows: list[Found], known: Known) -> None:
    """What happened needs somebody who took part; rows of events without anybody say so."""
    matched = [row for row in rows if row.result == MATCHED]
    came = {(row.event_title, row.held_on) for row in matched if row.outcome in REACHED}
    for row in matched:
        held = known.event or known.events.get((plain(row.event_title), row.held_on or dt.date.min))
        if (held is None or held.is_planned) and (row.event_title, row.held_on) not in came:
            row.result, row.message = REFUSED, NOBODY


def _settle_group(group: list[Found], there: Mapping[str, str], *, changes: bool) -> None:
    """The rows of one organisation at one event; ``changes``: what was planned has now happened."""
    if len(group) == 1 and not there:
        return
    firsts = _firsts(group)
    named = next((row for name, row in firsts.items() if name), None)
    for row in group:
        name = alike(row.person)
        first = firsts[name]
        if first is not row:
            who = "person" if name else "organisation, without a name,"
            _double(row, f"The same {who} as in row {first.number}. Counted once")
        elif name in there:
            _settle_known(row, there[name], changes=changes)
        elif name:
            _warn_of_namesake(row, [*(one for one in firsts if one != name), *there])
        elif named:
            _double(row, f"The organisation is there by name in row {named.number}. Counted once")
        elif there and not changes:
            _double(row, "The organisation is in the record already, with people named")


def _firsts(group: list[Found]) -> dict[str, Found]:
    """For each person, and for nobody named, the row that counts: the strongest, then the first."""
    firsts: dict[str, Found] = {}
    for row in group:
        first = firsts.setdefault(alike(row.person), row)
        if first is not row and STRENGTH.index(row.outcome) < STRENGTH.index(first.outcome):
            firsts[alike(row.person)] = row
    return firsts


def _warn_of_namesake(row: Found, others: Iterable[str]) -> None:
    near = _near(alike(row.person), others)
    if near and not row.message:
        row.message = f"Perhaps the same person as {near.title()}. Check the spelling"


def _settle_known(row: Found, outcome: str, *, changes: bool) -> None:
    if changes and row.outcome != outcome:
        row.updates = True
        row.message = "In the record as planned. What came of it is added"
    elif row.outcome == outcome:
        _double(row, "In the record already")
    else:
        _double(
            row, "In the record already, with another outcome. Change the record if it is wrong"
        )


def _double(row: Found, message: str) -> None:
    row.result, row.message = DUPLICATE, message


def _near(name: str, others: Iterable[str]) -> str:
    """Somebody with the same surname and initial, written otherwise; empty where nobody is."""
    parts = name.split()
    if len(parts) < 2:
        return ""
    return next(
        (
            other
            for other in others
            if (words := other.split())[1:]
            and words[-1] == parts[-1]
            and words[0][0] == parts[0][0]
        ),
        "",
    )
