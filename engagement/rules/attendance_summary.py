"""What the mapping page shows of each sheet of a file: its first rows and the words in its columns. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from engagement.rules.attendance_columns import LOOKED_AT, header_row
from engagement.rules.attendance_words import month_first_examples, word

MOST_WORDS = 30
"""Different words of a column that can be asked about one by one; a column with more holds names."""

SHOWN = 60
LONGEST_WORD = 40


def summary(sheet: Mapping[str, Any]) -> dict[str, Any]:
    """The sheet as it is kept until its rows are matched. ``words``: column -> plain word -> as typed."""
    rows: list[list[str]] = sheet["rows"]
    header = header_row(rows)
    below = rows[header + 1 :]
    width = max((len(row) for row in rows[: LOOKED_AT + 1]), default=0)
    # Each different cell once: a list has ten thousand rows and three words.
    columns = {
        str(at): list(dict.fromkeys(row[at] if at < len(row) else "" for row in below if row))
        for at in range(width)
    }
    return {
        "name": sheet["name"][:60],
        "rows": sum(1 for row in below if row),
        "header": header,
        "top": [[cell[:SHOWN] for cell in row] for row in rows[: LOOKED_AT + 5]],
        "words": {at: found for at, cells in columns.items() if (found := _words(cells))},
        "dates": {
            at: days for at, cells in columns.items() if (days := month_first_examples(cells))
        },
        "hidden_rows": sheet["hidden_rows"],
        "merged": merged_below(sheet, header),
        "notes": sheet["notes"],
    }


def merged_below(sheet: Mapping[str, Any], header: int) -> list[str]:
    """Merged cells that reach below the headings: all but the first of them would be read as empty."""
    return [one for one in sheet["merged"] if _last_row(one) > header + 1][:5]


def _words(cells: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for cell in cells:
        if len(cell) > LONGEST_WORD:
            return {}
        found.setdefault(word(cell), cell.strip())
        if len(found) > MOST_WORDS:
            return {}
    return found


def _last_row(merged: str) -> int:
    """The number of the last row of "A5:B7"."""
    return int("".join(letter for letter in merged.rpartition(":")[2] if letter.isdigit()) or 0)
