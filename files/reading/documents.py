"""What a document says, page by page: PDF, Word and plain text.

Runs in a child process with limits (``files.child``); nothing in a file is ever run. The notes say
what whoever reads the text should know: comments by named people, changes that are not accepted.
"""

from pathlib import Path
from typing import Any

from files.reading import pdf, word
from files.rules import kinds
from files.rules.text import decoded
from files.rules.wrong import WrongKindError

MOST_PAGES = 2000
MOST_CHARACTERS = 1_500_000
"""About 600 printed pages: a plan with its annexes. Each look at it counts anew."""

PAGE_BREAK = "\f"
UNREADABLE = "�"
MOSTLY = 0.2
"""Share of characters that mean nothing from which a text is said to be damaged."""

_CONTROLS = {number: None for number in range(32) if chr(number) not in "\t\n"} | {
    127: None,
    # How the library of PDF writes a hyphen at a line's end.
    0xFFFE: "\u00ad\n",
    2: "\u00ad\n",
    # Half a letter cannot be stored.
    **dict.fromkeys(range(0xD800, 0xE000), UNREADABLE),
}

Read = dict[str, Any]


def read(path: Path, **arguments: Any) -> Read:
    """``{"kind", "pages": [text], "notes": [sentence]}``. No page has any text in a scan.

    Raises ``WrongKindError`` for what is no such document, is harmful or is beyond the limits.
    """
    if not path.stat().st_size:
        raise WrongKindError("is empty. Choose another file")
    with path.open("rb") as file:
        kind = kinds.look(file, taken=(kinds.PDF, kinds.DOCX, kinds.TXT))
    if kind == kinds.PDF:
        pages, notes = pdf.pages_of(path, allow=_refuse_too_many)
    elif kind == kinds.DOCX:
        pages, notes = word.pages_of(path)
    elif kind == kinds.TXT:
        pages, notes = decoded(path.read_bytes()).split(PAGE_BREAK), []
    else:
        raise WrongKindError("is neither PDF, Word (.docx) nor plain text. Save it as one of them")
    clean = _within_limits(pages)
    return {"kind": kind, "pages": clean, "notes": [*notes, *_on_text(clean, kind)]}


def _within_limits(pages: list[str]) -> list[str]:
    """The pages without what cannot be stored; those at the end without text are kept."""
    _refuse_too_many(len(pages))
    if sum(map(len, pages)) > MOST_CHARACTERS:
        message = f"has more than {MOST_CHARACTERS:,} characters. Leave out the annexes"
        raise WrongKindError(message)
    return [page.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS) for page in pages]


def _refuse_too_many(pages: int) -> None:
    if pages > MOST_PAGES:
        message = f"has {pages:,} pages, and at most {MOST_PAGES:,} are read. Leave out the annexes"
        raise WrongKindError(message)


def _on_text(pages: list[str], kind: str) -> list[str]:
    """Which pages say nothing, and whether what there is can be read."""
    empty = [number for number, page in enumerate(pages, start=1) if not page.strip()]
    notes = []
    if kind == kinds.PDF and empty and len(empty) < len(pages):
        said = f"Page {empty[0]} has" if len(empty) == 1 else f"{len(empty):,} pages have"
        notes.append(f"{said} no text, perhaps a picture: what it shows is not counted.")
    letters = sum(not one.isspace() for page in pages for one in page)
    broken = sum(one == UNREADABLE or "\ue000" <= one <= "\uf8ff" for page in pages for one in page)
    if letters and broken > MOSTLY * letters:
        notes.append(
            "Much of its text is in letters that mean nothing: the count is not to be relied on."
        )
    return notes
