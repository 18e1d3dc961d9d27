"""What the words of an attendance list mean: came or not, for whom, and on which day. Pure."""

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache

from engagement.rules.attendance_columns import plain
from ui.clean import bare
from ui.dates import NotADayError, read_day

OUTCOMES: dict[str, str] = {
    **dict.fromkeys(
        (
            "present", "attended", "attending", "attendee", "yes", "y", "in attendance", "deputy",
            "deputising", "came", "true", "1", "x", "checked in", "in person", "online", "joined",
            "left early", "arrived late", "present for part", "observer", "guest",
        ),
        "attended",
    ),
    **dict.fromkeys(("responded", "replied", "answered", "submitted", "completed"), "responded"),
    **dict.fromkeys(
        (
            "apologies", "apology", "apologised", "apologies received", "sent apologies",
            "apologies deputy sent", "declined", "cancelled",
        ),
        "apologised",
    ),
    **dict.fromkeys(
        ("absent", "no", "n", "no show", "did not attend", "dna", "not present", "false", "0",
         "did not come", "not attended"),
        "no_show",
    ),
    **dict.fromkeys(("invited", "tentative", "no reply", "none", "not responded"), "invited"),
    **dict.fromkeys(("informed", "sent", "emailed", "was sent it"), "informed"),
}  # fmt: skip
"""What people write for each outcome; ``plain`` of it."""

CAPACITIES: dict[str, str] = {
    **dict.fromkeys(("provider", "practice", "gp", "gp provider"), "provider"),
    **dict.fromkeys(
        ("representative", "representative body", "lmc", "for the lmc"), "representative"
    ),
    **dict.fromkeys(("commissioner", "ccg", "icb", "clinical lead", "place lead"), "commissioner"),
    **dict.fromkeys(("expert", "adviser", "clinical expert"), "expert"),
    **dict.fromkeys(("public", "patient", "lay", "lay member", "carer", "public or patient"), "public"),
}  # fmt: skip

EMPTY = ""
"""The word of a cell in which nothing stands."""

STRENGTH = (
    "attended", "responded", "apologised", "no_show", "informed", "invited", "attempted", "asked_us",
)  # fmt: skip
"""Of several rows for one organisation without names, the first of these is what it did."""

TICKS = {"✓": "attended", "✔": "attended", "☑": "attended", "✗": "no_show", "✘": "no_show"}
DAY_FIRST, MONTH_FIRST = "dmy", "mdy"
EARLIEST_SERIAL, LATEST_SERIAL = 61, 80_000
"""Excel counts a 29 February 1900 that never was; days before March 1900 are no dates of meetings."""

SHIFT_1904 = 1462
_SLASHED = re.compile(r"\A(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})\b")
_ISO = re.compile(r"\A(\d{4}-\d{2}-\d{2})(?:[T ]\d.*)?\Z")
_SERIAL = re.compile(r"\A-?[0-9]{1,9}(?:\.[0-9]*)?\Z")


@lru_cache(maxsize=20_000)
def word(cell: str) -> str:
    """A cell of the outcome or capacity column as it is asked about: once for all ways to type it."""
    text = bare(cell)
    return text if text in TICKS else plain(text)


def usual_outcome(said: str) -> str:
    """The outcome that a word usually means; empty where somebody must say."""
    return TICKS.get(said) or OUTCOMES.get(said, "attended" if said == EMPTY else "")


def usual_meaning(said: str) -> str:
    """The capacity that a word usually means; empty where somebody must say."""
    return CAPACITIES.get(said, "")


class NotADateError(ValueError):
    """Its text is the end of a sentence about the cell."""


@lru_cache(maxsize=20_000)
def day_of(cell: str, *, order: str = DAY_FIRST, epoch: int = 1900) -> dt.date:
    """The day that a cell means. Raises ``NotADateError``.

    A number counts days as spreadsheets do, from ``epoch``. ``order`` says what 03/04/2016 is.
    """
    text = bare(cell)
    if _SERIAL.match(text) and not _SLASHED.match(text):
        return _of_serial(float(text), epoch)
    iso = _ISO.match(text)
    if iso:
        text = iso[1]
    slashed = _SLASHED.match(text)
    if slashed and order == MONTH_FIRST:
        text = f"{slashed[2]}/{slashed[1]}/{slashed[3]}"
    elif slashed:
        text = slashed[0]
    try:
        return read_day(text)
    except NotADayError:
        raise NotADateError("is not a real date, like 3 April 2016 or 3/4/2016") from None


def _of_serial(number: float, epoch: int) -> dt.date:
    serial = int(number) + (SHIFT_1904 if epoch == 1904 else 0)
    if not EARLIEST_SERIAL <= serial <= LATEST_SERIAL:
        raise NotADateError("is no date. Format the column as a date in your spreadsheet")
    return dt.date(1899, 12, 30) + dt.timedelta(serial)


def month_first_examples(cells: Iterable[str], *, most: int = 5) -> list[str]:
    """Dates of a column that can only be read with the month first, such as 04/13/2016."""
    found: list[str] = []
    for cell in cells:
        slashed = _SLASHED.match(bare(cell))
        if slashed and int(slashed[2]) > 12 >= int(slashed[1]) and cell not in found:
            found.append(cell)
        if len(found) == most:
            break
    return found
