"""The kinds of file that may be kept, each known by its content and never by its name.

``look(file)`` gives the kind, or raises ``WrongKindError`` with the end of a sentence that begins
with the file's name: "is an old Word or Excel file. Save it as .docx or .xlsx". What it advises is
among the kinds that the form at hand takes.
"""

import re
from collections.abc import Callable, Collection
from typing import BinaryIO

from files.rules import office, text
from files.rules.wrong import WrongKindError

PDF, PNG, JPEG = "pdf", "png", "jpeg"
DOCX, XLSX, TXT, EML = office.DOCX, office.XLSX, text.TXT, text.EML

CONTENT_TYPES = {
    PDF: "application/pdf",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    PNG: "image/png",
    JPEG: "image/jpeg",
    TXT: "text/plain",
    EML: "message/rfc822",
}
"""What a kind is called in the row and in the answer that hands it out."""

WORDS = {
    PDF: "PDF",
    DOCX: "Word (.docx)",
    XLSX: "Excel (.xlsx)",
    PNG: "PNG",
    JPEG: "JPEG",
    TXT: "plain text",
    EML: "e-mail (.eml)",
}
"""What people call it."""

_TAIL = 2048
_ENCRYPTED = re.compile(rb"/Encrypt\s*(<<|\d+\s+\d+\s+R)")
_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|XFA)\b")
_STREAM_BEGINS, _STREAM_ENDS = re.compile(rb">>\s*stream\r?\n"), b"endstream"

_PACKED = "is a packed file. Unpack it and send what is in it"
_PROGRAM = "is a program. Choose another file, or send the answer without one"
_KNOWN_STARTS: tuple[tuple[bytes, str, tuple[str, ...]], ...] = (
    (b"\x1f\x8b", _PACKED, ()),
    (b"7z\xbc\xaf", _PACKED, ()),
    (b"Rar!", _PACKED, ()),
    (b"MZ", _PROGRAM, ()),
    (b"\x7fELF", _PROGRAM, ()),
    (b"{\\rtf", "is a rich text file", (DOCX, PDF)),
    (b"GIF8", "is a GIF picture", (PNG, JPEG)),
    (b"II*\x00", "is a TIFF picture", (PNG, JPEG, PDF)),
    (b"MM\x00*", "is a TIFF picture", (PNG, JPEG, PDF)),
)


def look(file: BinaryIO, *, taken: Collection[str] = WORDS) -> str:
    """The kind of a whole file that is open for reading and can be moved in; ``taken`` are the kinds
    among which somebody is told to choose."""
    try:
        return _kind(file)
    except WrongKindError as problem:
        raise problem.where_taken(taken) from problem


def _kind(file: BinaryIO) -> str:
    file.seek(0)
    start = file.read(16)
    for beginning, kind_of in _BY_START:
        if start.startswith(beginning):
            return kind_of(file)
    if start[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1"}:
        raise WrongKindError("is a picture as an iPhone keeps it", save_as=[JPEG])
    for beginning, fault, save_as in _KNOWN_STARTS:
        if start.startswith(beginning):
            raise WrongKindError(fault, save_as=save_as)
    return text.kind_of(file)


def _tail(file: BinaryIO) -> bytes:
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL))
    return file.read()


def _pdf(file: BinaryIO) -> str:
    """What can be seen without unpacking its streams; a virus scanner looks into those."""
    if b"%%EOF" not in _tail(file):
        raise WrongKindError("is not a whole PDF: its end is missing. Send it again")
    file.seek(0)
    body = _without_streams(file.read())
    if _ENCRYPTED.search(body):
        raise WrongKindError("is protected by a password. Save it without one")
    if _ACTIVE.search(body):
        raise WrongKindError("holds a program, a form or another file. Print it to a new PDF")
    return PDF


def _without_streams(data: bytes) -> bytes:
    """What stands outside of packed bytes: among 20 million of those is "/JS" by chance as often as not.

    Each byte is looked at once, also where a stream begins again and again and never ends.
    """
    kept, at = [], 0
    while begins := _STREAM_BEGINS.search(data, at):
        ends = data.find(_STREAM_ENDS, begins.end())
        if ends < 0:
            break
        kept.append(data[at : begins.start()])
        at = ends + len(_STREAM_ENDS)
    return b"".join([*kept, data[at:]])


def _png(file: BinaryIO) -> str:
    if b"IEND" not in _tail(file):
        raise WrongKindError("is not a whole picture: its end is missing. Send it again")
    return PNG


def _jpeg(file: BinaryIO) -> str:
    if b"\xff\xd9" not in _tail(file):
        raise WrongKindError("is not a whole picture: its end is missing. Send it again")
    return JPEG


_BY_START: tuple[tuple[bytes, Callable[[BinaryIO], str]], ...] = (
    (b"%PDF-", _pdf),
    (b"\x89PNG\r\n\x1a\n", _png),
    (b"\xff\xd8\xff", _jpeg),
    (b"PK\x03\x04", office.kind_of),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", office.old_or_locked),
)
