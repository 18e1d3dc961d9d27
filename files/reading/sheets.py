"""The rows of a list that somebody keeps in a spreadsheet: .xlsx or CSV, told by its content.

Runs in the child process (``files.child``): no Django here. Nothing is guessed in silence: what was
done to read a file is kept as a note, and what cannot be read as it was meant is refused in words.
"""

from pathlib import Path
from typing import Any, BinaryIO

from files.reading.sheets_csv import decoded, read_csv
from files.reading.sheets_inside import glance
from files.reading.sheets_limits import LONGEST_CELL, MOST_ROWS
from files.reading.sheets_workbook import read_workbook
from files.rules.wrong import WrongKindError

_PACKED = "is a packed file. Unpack it and send the list inside as .xlsx or CSV"
_OLD = "is an old Excel file. Open it in Excel and save it as .xlsx"
_NO_LIST = "is no list. Save it from your spreadsheet as .xlsx or CSV, and send that"
_STARTS = (
    (b"\x1f\x8b", _PACKED),
    (b"7z\xbc\xaf", _PACKED),
    (b"Rar!", _PACKED),
    (b"%PDF", "is a PDF. Ask for the list as .xlsx or CSV, and send that"),
    (b"{\\rtf", _NO_LIST),
    (b"\x89PNG", _NO_LIST),
    (b"\xff\xd8\xff", _NO_LIST),
    (b"MZ", _NO_LIST),
    (b"\x7fELF", _NO_LIST),
)
_OLE = b"\xd0\xcf\x11\xe0"


def read(path: Path, *, most_rows: int = MOST_ROWS, longest_cell: int = LONGEST_CELL) -> Any:
    """The sheets of the file, with what has to be known about them.

    ``{"kind", "epoch", "sheets": [{"name", "first_row", "rows", "hidden_rows", "merged", "notes"}]}``.
    A cell is text as it was typed; a date is ``2016-04-03``. A row has no empty cells at its end;
    an empty row is kept, so that rows keep their numbers. ``merged`` are addresses ("A5:A7").
    ``epoch`` is the year from which the file counts days (1900 or 1904). Raises ``WrongKindError``.
    """
    with path.open("rb") as file:
        refuse_at_sight(file)
        start = file.read(2)
    if start == b"PK":
        return read_workbook(path, most_rows=most_rows, longest_cell=longest_cell)
    return read_csv(path.read_bytes(), most_rows=most_rows, longest_cell=longest_cell)


def refuse_at_sight(file: BinaryIO) -> None:
    """Raise ``WrongKindError`` for what is no list by its first bytes, or as text; cheap for any file.

    A packed file is only asked what it holds. The file is left at its beginning.
    """
    file.seek(0)
    start = file.read(8)
    if not start:
        raise WrongKindError("is empty. Choose another file")
    for beginning, said in _STARTS:
        if start.startswith(beginning):
            raise WrongKindError(said)
    file.seek(0)
    if start.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in file.read()
        raise WrongKindError(
            "is protected by a password. Save it without one and send it again" if locked else _OLD
        )
    if start.startswith(b"PK"):
        glance(file)
    else:
        decoded(file.read())
    file.seek(0)
