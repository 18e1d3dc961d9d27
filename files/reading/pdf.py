"""The text of a PDF, page by page. Nothing in it is run: neither scripts nor forms are loaded."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

from files.rules.wrong import WrongKindError

ACTIVE = "holds a program, a form or another file. Print it to a new PDF"
"""As ``files.rules.kinds`` says it of what can be seen without unpacking."""

_BROKEN = "cannot be opened: it is damaged or not whole. Save it as PDF again"
_LOCKED = "is protected by a password. Save it without one"
_XFA = (raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND)


def pages_of(path: Path, *, allow: Callable[[int], None]) -> tuple[list[str], list[str]]:
    """Text of each page, "" where it has none, and what is to be known of the file.

    ``allow`` refuses a number of pages before any of them is read.
    """
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as problem:
        locked = problem.err_code == raw.FPDF_ERR_PASSWORD
        raise WrongKindError(_LOCKED if locked else _BROKEN) from problem
    number = len(document)
    if not number:
        raise WrongKindError(_BROKEN)
    allow(number)
    _refuse_active(document)
    return [_text_of(document, index) for index in range(number)], _notes(document)


def _refuse_active(document: pdfium.PdfDocument) -> None:
    """Also what is packed away in streams, which nobody sees from outside."""
    active = (
        raw.FPDFDoc_GetAttachmentCount(document) > 0
        or raw.FPDFDoc_GetJavaScriptActionCount(document) > 0
        or document.get_formtype() in _XFA
    )
    if active:
        raise WrongKindError(ACTIVE)


def _text_of(document: pdfium.PdfDocument, index: int) -> str:
    """A page that cannot be read is a page without text."""
    try:
        page = document[index]
        text = page.get_textpage()
        said = str(text.get_text_range())
    except pdfium.PdfiumError:
        return ""
    text.close()
    page.close()
    return said


def _notes(document: pdfium.PdfDocument) -> list[str]:
    author = document.get_metadata_value("Author").strip()
    return ["It names its author in its properties."] if author else []
