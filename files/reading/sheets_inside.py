"""What a packed workbook holds, seen before any parser sees it: sizes, programs, formulas.

The sizes that the file itself declares are not believed. Its XML is never parsed here, only
searched, so nothing in it can be expanded.
"""

import html
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from files.reading.sheets_limits import MOST_COLUMNS, letters, refuse_columns, refuse_rows
from files.rules.wrong import WrongKindError

BROKEN = "cannot be opened: it is damaged or not whole. Save it anew and send it again"
MOST_ENTRIES = 200
MOST_UNPACKED = 50 * 1024 * 1024
HIGHEST_RATIO = 100
RATIO_MATTERS_FROM = 5 * 1024 * 1024
MOST_FORMATS = 65_490
"""Cell formats that Excel itself allows in a workbook."""

_CHUNK = 256 * 1024
_NOT_PLAIN = "is not a plain workbook: {}. Copy its cells into a new one and send that"
_MACROS = "has macros. Save it as .xlsx without them and send it again"
_MAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)(?<!/)>(\s*<(?:\w+:)?f\b)?")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,4})([0-9]{1,8})[\"']")
# What could be the address of a cell, whatever attribute holds it.
_ANY_COLUMN = re.compile(rb"=\s*[\"']([A-Z]{1,4})[0-9]{1,8}[\"']")
_ANY_ROW = re.compile(rb"=\s*[\"'][A-Z]{1,4}([0-9]{1,8})[\"']")
_IS_ERROR = re.compile(rb"\bt\s*=\s*[\"']e[\"']")
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*\bhidden\s*=\s*[\"'](?:1|true)[\"']")
_HIDDEN_COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*\bhidden\s*=\s*[\"'](?:1|true)[\"']")
_SHEET = re.compile(r"<(?:\w+:)?sheet\b([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b([^>]*)>")
_FROM_1904 = re.compile(r"\bdate1904\s*=\s*[\"'](?:1|true)[\"']")


@dataclass
class Inside:
    """What is known of one sheet before it is read."""

    formulas: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    hidden_rows: int = 0
    hidden_columns: int = 0
    from_1904: bool = False

    def refuse(self, name: str) -> None:
        """Raise ``WrongKindError`` for cells that would be read otherwise than they are shown."""
        where = f" of the sheet “{name[:40]}”"
        if self.formulas:
            raise WrongKindError(
                f"has a formula in {_listed(self.formulas)}{where}. Copy those cells, paste them as "
                "values, and send it again"
            )
        if self.errors:
            raise WrongKindError(
                f"has an error such as #N/A in {_listed(self.errors)}{where}. Put it right or empty "
                "the cell, and send it again"
            )

    def notes(self) -> list[str]:
        """Sentences about what somebody who looks at the sheet does not see."""
        said = []
        if self.hidden_columns:
            said.append(f"Hidden columns were read as well ({self.hidden_columns}).")
        return said


def look_inside(path: Path, *, most_rows: int) -> dict[str, Inside]:
    """Each sheet by its name, hidden ones too. Raises ``WrongKindError`` for traps."""
    try:
        with zipfile.ZipFile(path) as packed:
            entries = packed.infolist()
            _refuse_entries([entry.filename for entry in entries], entries)
            parts = _unpacked(packed, entries)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as problem:
        raise WrongKindError(BROKEN) from problem
    _refuse_kind(parts.get("[Content_Types].xml", b""))
    for part in parts.values():
        if (
            b"<!DOCTYPE" in part
            or b"<!ENTITY" in part
            or part.startswith((b"\xff\xfe", b"\xfe\xff"))
        ):
            raise WrongKindError(_NOT_PLAIN.format("it declares things of its own"))
    styles = parts.get("xl/styles.xml", b"")
    if styles.count(b"<xf") > 2 * MOST_FORMATS:
        raise WrongKindError(_NOT_PLAIN.format("it has more cell formats than Excel allows"))
    return _sheets(parts, most_rows)


def glance(file: BinaryIO) -> None:
    """Raise ``WrongKindError`` for what a packed file says of itself; nothing large is unpacked."""
    try:
        with zipfile.ZipFile(file) as packed:
            entries = packed.infolist()
            _refuse_entries([entry.filename for entry in entries], entries)
            types = b""
            if "[Content_Types].xml" in packed.namelist():
                with packed.open("[Content_Types].xml") as part:
                    types = part.read(_CHUNK)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as problem:
        raise WrongKindError(BROKEN) from problem
    _refuse_kind(types)


def _refuse_entries(names: list[str], entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise WrongKindError(_NOT_PLAIN.format(f"it has more than {MOST_ENTRIES} parts"))
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise WrongKindError("is protected by a password. Save it without one and send it again")
    lowered = [name.lower() for name in names]
    if "mimetype" in lowered and "content.xml" in lowered:
        raise WrongKindError("is an OpenDocument spreadsheet. Save it as .xlsx and send that")
    if any("vbaproject" in name or "vbadata" in name or "macrosheets/" in name for name in lowered):
        raise WrongKindError(_MACROS)
    if any("embeddings/" in name or "activex/" in name for name in lowered):
        raise WrongKindError(_NOT_PLAIN.format("it holds another file"))
    if any("externallinks/" in name for name in lowered):
        raise WrongKindError(_NOT_PLAIN.format("it takes cells from other workbooks"))
    if len(set(names)) < len(names) or any(".." in PurePosixPath(name).parts for name in names):
        raise WrongKindError(BROKEN)


def _unpacked(packed: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    """Everything that is XML, counted while it is unpacked."""
    parts: dict[str, bytes] = {}
    total = sent = 0
    for entry in entries:
        sent += entry.compress_size
        wanted = entry.filename.lower().endswith((".xml", ".rels"))
        read = bytearray()
        with packed.open(entry) as part:
            while chunk := part.read(_CHUNK):
                total += len(chunk)
                if total > MOST_UNPACKED:
                    raise WrongKindError(
                        "unpacks to more than 50 MB. Copy the list into a new workbook, or split it"
                    )
                if wanted:
                    read += chunk
        if total > RATIO_MATTERS_FROM and total > HIGHEST_RATIO * max(sent, 1):
            message = "it unpacks to far more than was sent"
            raise WrongKindError(_NOT_PLAIN.format(message))
        if wanted:
            parts[entry.filename.lstrip("/")] = bytes(read)
    return parts


def _refuse_kind(types: bytes) -> None:
    if b"sheet.binary" in types:
        raise WrongKindError("is a binary Excel file. Save it as .xlsx and send that")
    if b"macroEnabled" in types or b"vbaProject" in types:
        raise WrongKindError(_MACROS)
    if b"wordprocessingml" in types:
        raise WrongKindError("is a Word document. Save the list as .xlsx or CSV and send that")
    if _MAIN not in types:
        raise WrongKindError("is a packed file and no Excel workbook. Send the list inside it")


def _sheets(parts: dict[str, bytes], most_rows: int) -> dict[str, Inside]:
    book = parts.get("xl/workbook.xml", b"").decode("utf-8", "replace")
    relations = parts.get("xl/_rels/workbook.xml.rels", b"").decode("utf-8", "replace")
    targets = {
        _attribute(said, "Id"): _attribute(said, "Target") for said in _RELATION.findall(relations)
    }
    from_1904 = bool(_FROM_1904.search(book))
    found: dict[str, Inside] = {}
    seen = set()
    for said in _SHEET.findall(book):
        target = targets.get(_attribute(said, r"\w+:id"), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        seen.add(part)
        found[_attribute(said, "name")] = _inside(parts.get(part, b""), most_rows)
    for name, content in parts.items():
        # A sheet that the workbook names in a way of its own is looked at all the same.
        if name.startswith("xl/worksheets/") and name.endswith(".xml") and name not in seen:
            found[name] = _inside(content, most_rows)
    for one in found.values():
        one.from_1904 = from_1904
    return found


def _attribute(said: str, name: str) -> str:
    match = re.search(rf"(?<![\w:]){name}\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", said)
    return html.unescape(match[1] or match[2] or "") if match else ""


def _inside(part: bytes, most_rows: int) -> Inside:
    found = Inside()
    found.hidden_rows = len(_HIDDEN_ROW.findall(part)) if b"hidden" in part else 0
    found.hidden_columns = len(_HIDDEN_COLUMN.findall(part)) if b"hidden" in part else 0
    if not _is_plain(part, most_rows):
        _look_at_cells(part, found, most_rows)
    return found


def _look_at_cells(part: bytes, found: Inside, most_rows: int) -> None:
    """Note the formulas and errors, and refuse a cell that is too far out."""
    for attributes, formula in _CELL.findall(part):
        place = _PLACE.search(attributes)
        if place is None:
            continue
        column, row = place[1].decode(), int(place[2])
        if row > most_rows + 10:
            raise refuse_rows(most_rows)
        if not _is_near(place[1]):
            raise refuse_columns(f"{column}{row}")
        if formula:
            found.formulas.append(f"{column}{row}")
        elif _IS_ERROR.search(attributes):
            found.errors.append(f"{column}{row}")
    if len(_FORMULA.findall(part)) > len(found.formulas):
        # Written in no way that a program writes them, and so perhaps read as an empty cell.
        found.formulas.append("a cell")


def _is_plain(part: bytes, most_rows: int) -> bool:
    """Whether nothing in it can be a formula, an error or too far out: so it is with nearly every
    list, and then its cells are not looked at one by one."""
    if (b"<f" in part or b":f" in part) and _FORMULA.search(part):
        return False
    if (b'"e"' in part or b"'e'" in part) and _IS_ERROR.search(part):
        return False
    columns, rows = set(_ANY_COLUMN.findall(part)), set(_ANY_ROW.findall(part))
    return all(map(_is_near, columns)) and max(map(int, rows), default=0) <= most_rows + 10


def _is_near(column: bytes) -> bool:
    return len(column) == 1 or (len(column) == 2 and column <= letters(MOST_COLUMNS - 1).encode())


def _listed(places: list[str]) -> str:
    rest = len(places) - 3
    return ", ".join(places[:3]) + (f" and {rest:,} more cells" if rest > 0 else "")
