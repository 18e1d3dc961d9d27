"""The sheets of an .xlsx workbook as rows of text."""

import datetime as dt
import io
import zipfile
from typing import Any

import python_calamine

from stakeholders.register.problems import FileRefusedError
from stakeholders.register.tables import Row, Table

LARGEST_UNPACKED = 100 * 1024 * 1024
MOST_ENTRIES = 500
NOT_A_WORKBOOK = (
    "This is a packed archive and no Excel workbook. Unpack it and load the file inside."
)


def read_workbook(data: bytes) -> tuple[Table, ...]:
    """Every sheet, cells as text (a code stored as the number 106.0 is "106")."""
    _refuse_traps(data)
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        sheets = [(name, book.get_sheet_by_name(name).to_python()) for name in book.sheet_names]
    except (python_calamine.CalamineError, zipfile.BadZipFile) as error:
        raise FileRefusedError("The workbook is damaged: fetch it again.") from error
    return tuple(Table(_rows(cells), name) for name, cells in sheets)


def _refuse_traps(data: bytes) -> None:
    """What is no plain workbook, by the list of what is in the archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as error:
        raise FileRefusedError(
            "The packed file ends too early or is damaged: fetch it again."
        ) from error
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names:
        raise FileRefusedError(NOT_A_WORKBOOK)
    if "xl/vbaProject.bin" in names:
        raise FileRefusedError("The workbook has macros. Save it as .xlsx without them.")
    if len(entries) > MOST_ENTRIES or sum(e.file_size for e in entries) > LARGEST_UNPACKED:
        raise FileRefusedError("The workbook unpacks to more than 100 MB: no register file does.")


def _rows(cells: list[list[Any]]) -> tuple[Row, ...]:
    texts = ((number, tuple(map(_text, row))) for number, row in enumerate(cells, start=1))
    return tuple(Row(number, row) for number, row in texts if any(row))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, dt.datetime | dt.date):
        return value.strftime("%Y-%m-%d")
    return "" if value is None else str(value)
