"""A CSV as Excel, survey tools and old programs write it."""

import csv
import io
import re
from typing import Any

from files.reading.sheets_limits import (
    MOST_COLUMNS,
    letters,
    refuse_cell,
    refuse_columns,
    refuse_rows,
    tidy,
)
from files.rules.wrong import WrongKindError

_MARKUP = re.compile(r"\A\s*<(!doctype|html|head|body|table|script|svg|\?xml|!--|meta)", re.I)
_SAVE = "Save it as “CSV UTF-8” and send it again"
_SEP = re.compile(r"\Asep=(.)[ \t]*(?:\r\n|\r|\n|\Z)", re.I)
_QUOTED = re.compile(r'"[^"]*"')
_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright lines"}


def read_csv(data: bytes, *, most_rows: int, longest_cell: int) -> Any:
    """The one sheet of a CSV, in the form of ``files.reading.sheets.read``."""
    text, notes = decoded(data)
    said = _SEP.match(text)
    if said:
        text = text[said.end() :]
    separator = said[1] if said else _separator(text)
    if separator != ",":
        notes.append(f"Its columns are separated by {_SEPARATORS.get(separator, separator)}.")
    rows = _rows(text, separator, most_rows=most_rows, longest_cell=longest_cell)
    sheet = {
        "name": "",
        "first_row": 1,
        "rows": tidy(rows),
        "hidden_rows": 0,
        "merged": [],
        "notes": notes,
    }
    return {"kind": "csv", "epoch": 1900, "sheets": [sheet]}


def decoded(data: bytes) -> tuple[str, list[str]]:
    """The text of a CSV, with a note where it is not UTF-8. Raises ``WrongKindError``."""
    text, notes = _as_text(data)
    if not text.strip():
        raise WrongKindError("is empty. Choose another file")
    if _MARKUP.match(text):
        raise WrongKindError("is a web page, whatever its name says. Save it as .xlsx or CSV")
    return text, notes


def _as_text(data: bytes) -> tuple[str, list[str]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), ["It is UTF-16 text; it was read as such."]
        except UnicodeDecodeError as problem:
            raise WrongKindError(f"ends in the middle of a letter. {_SAVE}") from problem
    if b"\x00" in data:
        row = _row_at(data, data.index(b"\x00"))
        raise WrongKindError(f"has a character in row {row} that cannot be stored. {_SAVE}")
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as problem:
        row = _row_at(data, problem.start)
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as problem:
        byte = data[problem.start]
        row = _row_at(data, problem.start)
        raise WrongKindError(
            f"has a byte in row {row} that is no letter ({byte:#x}). {_SAVE}"
        ) from (problem)
    return text, [
        f"It is not UTF-8 (row {row}); it was read as Windows text. Look at names with accents."
    ]


def _row_at(data: bytes, place: int) -> int:
    before = data[:place]
    return max(before.count(b"\n"), before.count(b"\r")) + 1


def _separator(text: str) -> str:
    """What the first line that says anything has most of, outside of quotes."""
    for line in text.splitlines()[:20]:
        bare = _QUOTED.sub("", line)
        best = max(_SEPARATORS, key=bare.count)
        if bare.count(best):
            return best
    return ","


def _rows(text: str, separator: str, *, most_rows: int, longest_cell: int) -> list[list[str]]:
    rows: list[list[str]] = []
    csv.field_size_limit(4 * longest_cell)
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            rows.append(cells)
            if len(rows) > most_rows + 1:
                raise refuse_rows(most_rows)
            if len(cells) > MOST_COLUMNS and any(cells[MOST_COLUMNS:]):
                raise refuse_columns(f"row {len(rows)}")
            for column, cell in enumerate(cells):
                if len(cell) > longest_cell:
                    raise refuse_cell(f"{letters(column)}{len(rows)}", longest_cell)
    except csv.Error as problem:
        row = len(rows) + 1
        if "field larger" in str(problem):
            raise refuse_cell(
                f"row {row}, or a quote there is never closed", longest_cell
            ) from problem
        raise WrongKindError(
            f"has a quote in row {row} that is opened and never closed, so the rest cannot be read. "
            f"Put row {row} right, or save the file anew from your spreadsheet"
        ) from problem
    return rows
