"""An .xlsx workbook: looked at within bounds first, then read by a native parser."""

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

import python_calamine

from files.reading.sheets_inside import BROKEN, Inside, look_inside
from files.reading.sheets_limits import (
    MOST_COLUMNS,
    MOST_SHEETS,
    letters,
    refuse_cell,
    refuse_columns,
    refuse_rows,
    tidy,
)
from files.rules.wrong import WrongKindError


def read_workbook(path: Path, *, most_rows: int, longest_cell: int) -> Any:
    """Its sheets that are not hidden, in the form of ``files.reading.sheets.read``."""
    found = look_inside(path, most_rows=most_rows)
    try:
        with python_calamine.load_workbook(path) as book:
            names = [one.name for one in book.sheets_metadata if _is_read(one)]
            if len(names) > MOST_SHEETS:
                message = f"has more than {MOST_SHEETS} sheets. Send the list as a file of its own"
                raise WrongKindError(message)
            sheets = [
                _sheet(
                    book.get_sheet_by_name(name),
                    found.get(name, Inside()),
                    most_rows=most_rows,
                    longest_cell=longest_cell,
                )
                for name in names
            ]
    except (python_calamine.CalamineError, zipfile.BadZipFile, ValueError) as problem:
        raise WrongKindError(BROKEN) from problem
    if not any(sheet["rows"] for sheet in sheets):
        raise WrongKindError("has no rows. Choose another file")
    hidden = [name for name in found if name not in names]
    for sheet in sheets:
        sheet["notes"] += [f"The hidden sheet “{name[:40]}” was not read." for name in hidden[:5]]
    epoch = 1904 if any(one.from_1904 for one in found.values()) else 1900
    return {"kind": "xlsx", "epoch": epoch, "sheets": sheets}


def _is_read(one: Any) -> bool:
    """Tables that are in sight; charts and hidden sheets are not lists."""
    is_sheet = one.typ == python_calamine.SheetTypeEnum.WorkSheet
    return bool(is_sheet and one.visible == python_calamine.SheetVisibleEnum.Visible)


def _sheet(sheet: Any, inside: Inside, *, most_rows: int, longest_cell: int) -> dict[str, Any]:
    inside.refuse(sheet.name)
    cells = sheet.to_python(skip_empty_area=False)
    rows = tidy([[one if type(one) is str else _text(one) for one in row] for row in cells])
    if len(rows) > most_rows + 1:
        raise refuse_rows(most_rows)
    for number, row in enumerate(rows, start=1):
        if max(map(len, row), default=0) > longest_cell:
            column = next(at for at, cell in enumerate(row) if len(cell) > longest_cell)
            raise refuse_cell(f"{letters(column)}{number}", longest_cell)
        if len(row) > MOST_COLUMNS:
            raise refuse_columns(f"row {number}")
    return {
        "name": sheet.name,
        "first_row": 1,
        "rows": rows,
        "hidden_rows": inside.hidden_rows,
        "merged": _merged(sheet),
        "notes": inside.notes(),
    }


def _merged(sheet: Any) -> list[str]:
    return [
        f"{letters(left)}{top + 1}:{letters(right)}{bottom + 1}"
        for (top, left), (bottom, right) in (sheet.merged_cell_ranges or [])
    ]


def _text(value: Any) -> str:
    """A cell as it was typed: 106 and not 106.0, days as 2016-04-03."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return "" if value is None else str(value)
