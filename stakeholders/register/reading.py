"""Bytes to rows of text: whatever an official file comes as, told by its content and not its name.

Pure. Nothing is guessed in silence: what was done to read a file is kept as a note.
"""

import csv
import gzip
import io
import zlib

from stakeholders.register.problems import FileRefusedError
from stakeholders.register.tables import Book, Row, Table
from stakeholders.register.workbooks import read_workbook

LARGEST = 25 * 1024 * 1024
LARGEST_UNPACKED = 200 * 1024 * 1024
GZIP, ZIP, OLE, PDF = b"\x1f\x8b", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read_book(data: bytes) -> Book:
    """The tables of a file. Raises ``FileRefusedError`` when it cannot be read as a whole."""
    if len(data) > LARGEST:
        raise FileRefusedError("The file is larger than 25 MB: no register file is. Check it.")
    if data.startswith(GZIP):
        data = _unpacked(data)
    if not data.strip():
        raise FileRefusedError("The file is empty: fetch it again.")
    if data.startswith(ZIP):
        return Book(read_workbook(data))
    _refuse_other_formats(data)
    text, notes = _decoded(data)
    rows = _csv_rows(text)
    return Book((Table(rows),), notes)


def _unpacked(data: bytes) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            plain = file.read(LARGEST_UNPACKED + 1)
    except EOFError as error:
        raise FileRefusedError(
            "The packed file ends too early: only a part of it arrived. Fetch it again."
        ) from error
    except (OSError, zlib.error) as error:
        raise FileRefusedError("The packed file is damaged: fetch it again.") from error
    if len(plain) > LARGEST_UNPACKED:
        raise FileRefusedError("The file unpacks to more than 200 MB: no register file does.")
    return plain


def _refuse_other_formats(data: bytes) -> None:
    if data.startswith(OLE):
        message = (
            "This is an old Excel file or a workbook with a password. "
            "Save it as .xlsx without a password."
        )
        raise FileRefusedError(message)
    if data.startswith(PDF):
        raise FileRefusedError("This is a PDF, not a table. Fetch the CSV or Excel file.")
    if data.startswith(UTF16):
        raise FileRefusedError("This is UTF-16 text. Save it as “CSV UTF-8”.")
    if b"\x00" in data:
        row = data[: data.index(b"\x00")].count(b"\n") + 1
        message = f"Row {row} holds a character that no text has (NUL): fetch the file again."
        raise FileRefusedError(message)
    if data.lstrip()[:1] == b"<":
        raise FileRefusedError("This is a web page, not a table: fetch the file itself.")


def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text as UTF-8, or as Windows-1252 with a note that says so."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError as other:
            row = data[: other.start].count(b"\n") + 1
            message = f"Row {row} holds a byte that is no text. Save the file as “CSV UTF-8”."
            raise FileRefusedError(message) from other
        return text, (f"Read as Windows-1252, because row {row} is not UTF-8.",)
    if text.startswith("\ufeff"):
        return text[1:], ("A byte order mark at the start was left out.",)
    return text, ()


def _csv_rows(text: str) -> tuple[Row, ...]:
    """The rows that hold anything; refuses a quote that is never closed and half a last row."""
    start = 0
    if text[:4].lower() == "sep=":
        start = text.index("\n") + 1 if "\n" in text else len(text)
    head = text[start : text.find("\n", start) if "\n" in text[start:] else len(text)]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text[start:], newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    line = 1 if start else 0
    try:
        for cells in reader:
            if any(cells):
                rows.append(Row(line + 1, tuple(cells)))
            line = reader.line_num + (1 if start else 0)
    except csv.Error as error:
        message = (
            f"Row {line + 1}: a quote is opened and never closed, so the rest cannot be read. "
            "Was the file cut off? Fetch it again, or close the quote."
        )
        raise FileRefusedError(message) from error
    _refuse_half_a_row(text, rows)
    return tuple(rows)


def _refuse_half_a_row(text: str, rows: list[Row]) -> None:
    if text.endswith(("\n", "\r")) or len(rows) < 2:
        return
    if len(rows[-1].cells) < len(rows[0].cells):
        message = (
            f"The file ends in the middle of row {rows[-1].number}: only a part of it arrived. "
            "Fetch it again."
        )
        raise FileRefusedError(message)
