"""Word and Excel files of today: packed folders whose contents are looked at within bounds."""

import html
import re
import zipfile
import zlib
from typing import BinaryIO

from files.rules.wrong import WrongKindError

DOCX, XLSX = "docx", "xlsx"

MOST_ENTRIES = 500
MOST_UNPACKED = 50 * 1024 * 1024
"""Bytes of all entries together. What is kept is never unpacked by the service; whoever opens it does."""

HIGHEST_RATIO = 200
RATIO_MATTERS_FROM = 5 * 1024 * 1024

_MAIN = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": DOCX,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": XLSX,
}
_MACRO_NAMES = re.compile(r"vba(project|data)|macrosheets/|\.(docm|dotm|xlsm|xltm|xlam)$", re.I)
_OBJECT_NAMES = re.compile(
    r"(^|/)activex/|embeddings/.*\.(bin|exe|js|vbs|bat|cmd|ps1|msi|scr)$", re.I
)
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^<>]*", re.I)
_IS_LOADED = re.compile(r"/(attachedTemplate|oleObject|frame|subDocument|control)[\"']", re.I)
_IS_OUTSIDE = re.compile(r"TargetMode\s*=\s*[\"']External", re.I)
_BROKEN = "cannot be opened: it is damaged or not whole. Send it again"
_CHUNK = 64 * 1024


def kind_of(file: BinaryIO) -> str:
    """Word or Excel; everything else that is packed the same way is refused."""
    try:
        with zipfile.ZipFile(file) as packed:
            entries = packed.infolist()
            _refuse_unsafe(entries)
            texts = _read_within_bounds(packed, entries)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as problem:
        raise WrongKindError(_BROKEN) from problem
    if any(_MACRO_NAMES.search(entry.filename) for entry in entries):
        raise _has_macros()
    if any(_OBJECT_NAMES.search(entry.filename) for entry in entries):
        raise WrongKindError("holds another program's object. Save it as PDF")
    kind = _main_part(texts.pop("[Content_Types].xml", ""))
    if any(map(_loads_from_outside, texts.values())):
        raise WrongKindError("loads parts of it from another place. Save it as PDF")
    return kind


def _refuse_unsafe(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(entries) > MOST_ENTRIES:
        raise WrongKindError(f"has more than {MOST_ENTRIES} parts. Save it as PDF")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise WrongKindError("is protected by a password. Save it without one")
    climbs = any(
        name.startswith(("/", "\\")) or ".." in re.split(r"[\\/]", name) or ":" in name
        for name in names
    )
    if climbs or len(set(names)) < len(names):
        raise WrongKindError(_BROKEN)


def _read_within_bounds(packed: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, str]:
    """Unpack everything once, counting; the parts that say what belongs to what are given back.

    The sizes that the file itself declares are not believed.
    """
    texts, total = {}, 0
    for entry in entries:
        wanted = entry.filename == "[Content_Types].xml" or entry.filename.endswith(".rels")
        read = bytearray()
        with packed.open(entry) as part:
            while chunk := part.read(_CHUNK):
                total += len(chunk)
                if total > MOST_UNPACKED:
                    raise WrongKindError("unpacks to more than 50 MB. Save it as PDF")
                if wanted:
                    read += chunk
        if wanted:
            texts[entry.filename] = _as_text(bytes(read))
    sent = sum(entry.compress_size for entry in entries)
    if total > RATIO_MATTERS_FROM and total > HIGHEST_RATIO * max(sent, 1):
        raise WrongKindError("unpacks to far more than was sent. Save it as PDF")
    return texts


def _as_text(part: bytes) -> str:
    """XML in either of the encodings that a package may have."""
    is_wide = part.startswith((b"\xff\xfe", b"\xfe\xff"))
    return part.decode("utf-16" if is_wide else "utf-8", errors="replace")


def _loads_from_outside(said: str) -> bool:
    """Whether a relation takes a template, an object or a page from elsewhere when it is opened.

    Relation by relation, so that the time grows with the length of the text and no faster.
    """
    relations = (html.unescape(found[0]) for found in _RELATION.finditer(said))
    return any(_IS_LOADED.search(one) and _IS_OUTSIDE.search(one) for one in relations)


def _main_part(said: str) -> str:
    if "macroEnabled" in said or "vbaProject" in said:
        raise _has_macros()
    for content_type, kind in _MAIN.items():
        if f'"{content_type}"' in said:
            return kind
    raise WrongKindError(
        "is a packed file that is neither Word nor Excel. Unpack it, or save it as PDF"
    )


def _has_macros() -> WrongKindError:
    return WrongKindError("has macros", save_as=(DOCX, XLSX), so="without them")


def old_or_locked(file: BinaryIO) -> str:
    """The container of old Office files, Outlook messages and everything behind a password."""
    file.seek(0)
    if "EncryptedPackage".encode("utf-16-le") in file.read():
        raise WrongKindError("is protected by a password. Save it without one")
    raise WrongKindError(
        "is an old Word or Excel file or an Outlook message", save_as=(DOCX, XLSX, "pdf")
    )
