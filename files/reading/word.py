"""The text of a Word document, with its footnotes; pages as Word last broke them.

Text that somebody put in and nobody has accepted yet is part of it, text taken out is not; what was
moved stands where it was moved to, once.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from files.rules.wrong import WrongKindError

_BROKEN = "cannot be opened: it is damaged or not whole. Save it as .docx again"
_PAGE = "\f"
_TWICE = re.compile(rf"{_PAGE}\s*{_PAGE}")
"""Word notes a break that somebody made once more where the page then ended."""

_TEXTS = {
    qn("w:tab"): "\t",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
    qn("w:softHyphen"): "\xad",
}
_BREAKS = (qn("w:lastRenderedPageBreak"), qn("w:br"))
_NOTES = ("/word/footnotes.xml", "/word/endnotes.xml")
_COMMENTS = "/word/comments.xml"
_EMBEDDED = re.compile(r"^word/embeddings/[^/]+\.\w+$")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""What older programs show in the place of a drawing: the same text once more."""
_SAID_ELSEWHERE = frozenset({_FALLBACK, qn("w:moveFrom")})


def pages_of(path: Path) -> tuple[list[str], list[str]]:
    """Text of each page and what is to be known of the file."""
    try:
        document = docx.Document(str(path))
    except (
        PackageNotFoundError,
        KeyError,
        ValueError,
        etree.LxmlError,
        zipfile.BadZipFile,
    ) as gone:
        raise WrongKindError(_BROKEN) from gone
    _refuse_entities(document.element)
    parts = {str(part.partname): part for part in document.part.package.iter_parts()}
    text = "".join(_said(document.element.body))
    further = ["".join(_said(_tree(parts[name].blob))) for name in _NOTES if name in parts]
    pages = _TWICE.sub(_PAGE, text).split(_PAGE)
    pages[-1] += "\n".join(["", *further]) if any(map(str.strip, further)) else ""
    return pages, _notes(path, document, parts)


def _tree(blob: bytes) -> Any:
    """Without entities, and nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        top = etree.fromstring(blob, parser)
    except etree.LxmlError as problem:
        raise WrongKindError(_BROKEN) from problem
    _refuse_entities(top)
    return top


def _refuse_entities(top: Any) -> None:
    """Word never writes entities of its own; whoever does means harm, and what they say is lost."""
    if top.getroottree().docinfo.doctype:
        raise WrongKindError(_BROKEN)


def _said(top: Any) -> Iterator[str]:
    """The text in its order, a line for each paragraph; a page ends where it is said to end."""
    walk = etree.iterwalk(top, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            if element.tag == qn("w:p"):
                yield "\n\n"
        elif element.tag in _SAID_ELSEWHERE:
            walk.skip_subtree()
        elif element.tag == qn("w:t"):
            yield element.text or ""
        elif element.tag in _BREAKS:
            is_page = element.tag == _BREAKS[0] or element.get(qn("w:type")) == "page"
            yield _PAGE if is_page else "\n"
        else:
            yield _TEXTS.get(element.tag, "")


def _notes(path: Path, document: Any, parts: dict[str, Any]) -> list[str]:
    body, notes = document.element.body, []
    if _COMMENTS in parts:
        comments = _tree(parts[_COMMENTS].blob).findall(qn("w:comment"))
        people = {one.get(qn("w:author")) for one in comments} - {None, ""}
        if comments:
            by = f" by named people ({len(people)})" if people else ""
            notes.append(f"It contains {_number(len(comments), 'comment')}{by}.")
    put_in, taken_out = (sum(1 for _ in body.iter(qn(tag))) for tag in ("w:ins", "w:del"))
    if put_in or taken_out:
        notes.append(
            f"It contains changes that are not accepted: {put_in:,} put in, which count,"
            f" and {taken_out:,} taken out, which do not."
        )
    with zipfile.ZipFile(path) as packed:
        embedded = sum(bool(_EMBEDDED.match(name)) for name in packed.namelist())
    if embedded:
        notes.append(f"It contains {_number(embedded, 'other file')}, not read here.")
    if _names_its_author(document):
        notes.append("It names its author, or who saved it last, in its properties.")
    return notes


def _names_its_author(document: Any) -> bool:
    """Asked only of properties that the file has: the library makes up those that are missing."""
    if not any(
        link.reltype == RELATIONSHIP_TYPE.CORE_PROPERTIES
        for link in document.part.package.rels.values()
    ):
        return False
    facts = document.core_properties
    return bool((facts.author or "").strip() or (facts.last_modified_by or "").strip())


def _number(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"
