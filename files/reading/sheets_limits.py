"""How large a list may be, and the sentences that say that it is larger."""

import re

from files.rules.wrong import WrongKindError

MOST_ROWS = 20_000
MOST_COLUMNS = 100
MOST_SHEETS = 20
LONGEST_CELL = 32_767
"""Characters; what Excel itself allows in a cell."""

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def letters(column: int) -> str:
    """What a spreadsheet calls the column, counted from 0: A, B, ... Z, AA."""
    called = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        called = chr(ord("A") + rest) + called
    return called


def tidy(rows: list[list[str]]) -> list[list[str]]:
    """The rows without what no keyboard makes, and without emptiness at the end of each and of all."""
    kept = []
    for row in rows:
        # Hardly any row has one, so a whole row is looked at before its cells are.
        has_some = _UNWRITABLE.search("".join(row))
        cells = [_UNWRITABLE.sub("", cell) for cell in row] if has_some else list(row)
        while cells and not cells[-1].strip():
            cells.pop()
        kept.append(cells)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def refuse_rows(most: int) -> WrongKindError:
    return WrongKindError(f"has more than {most:,} rows. Split it into several files")


def refuse_columns(where: str) -> WrongKindError:
    return WrongKindError(
        f"has more than {MOST_COLUMNS} columns ({where}). Delete what lies beside the list"
    )


def refuse_cell(where: str, longest: int) -> WrongKindError:
    return WrongKindError(
        f"has a cell of more than {longest:,} characters ({where}). Shorten it and send it again"
    )
