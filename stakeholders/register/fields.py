"""Single values of register files: codes, days, numbers. Pure; each raises ``RowError``."""

import datetime as dt
import re

from stakeholders.register.problems import RowError

EARLIEST = dt.date(1800, 1, 1)
LATEST = dt.date(2100, 1, 1)
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def code(text: str, column: str, *, longest: int = 12) -> str:
    """An organisation's code in capitals without blanks; ``RowError`` when it cannot be one."""
    plain = re.sub(r"\s+", "", text).upper()
    if not plain:
        raise RowError(column, text, "The code is missing: give it and load the file again.")
    if not re.fullmatch(r"[A-Z0-9][A-Z0-9-]*", plain) or len(plain) > longest:
        message = "This is no organisation code: use capital letters and digits only."
        raise RowError(column, text, message)
    return plain


def commissioner_code(text: str, column: str) -> str:
    """A commissioner's code; list-size files pad it with "00" at its end (07L00)."""
    plain = code(text, column)
    return plain[:3] if len(plain) == 5 and plain.endswith("00") else plain


def day(text: str, column: str) -> dt.date | None:
    """A day written 20160229, 2016-02-29 or 01JAN2021; None for an empty field."""
    plain = text.strip()
    if not plain:
        return None
    found = _day(plain.upper())
    if found is None or not EARLIEST <= found <= LATEST:
        raise RowError(column, text, "This is no date: write it as year, month, day: 20160229.")
    return found


def needed_day(text: str, column: str) -> dt.date:
    """As ``day``, but it must be there."""
    found = day(text, column)
    if found is None:
        raise RowError(column, text, "The date is missing: write it as year, month, day: 20160229.")
    return found


def number(text: str, column: str) -> int:
    """A whole number; a workbook's "306.0" is one too."""
    plain = text.strip().removesuffix(".0").replace(",", "")
    if not plain.isascii() or not plain.isdigit() or len(plain) > 9:
        raise RowError(column, text, "This is no whole number: write digits only.")
    return int(plain)


def in_order(opened: dt.date, closed: dt.date | None, column: str) -> None:
    """Refuse a close before an open."""
    if closed is not None and closed < opened:
        message = f"It closed before it opened ({opened:%Y%m%d}): correct one of the two dates."
        raise RowError(column, f"{closed:%Y%m%d}", message)


def _day(text: str) -> dt.date | None:
    for pattern, order in (
        (r"(\d{4})-?(\d\d)-?(\d\d)(?:\.0|[ T]00:00:00)?", (1, 2, 3)),
        (r"(\d\d)([A-Z]{3})(\d{4})", (3, 2, 1)),
    ):
        found = re.fullmatch(pattern, text, re.ASCII)
        if found:
            year, month, of_month = (found[number] for number in order)
            return _real_day(year, month, of_month)
    return None


def _real_day(year: str, month: str, of_month: str) -> dt.date | None:
    try:
        number = int(month) if month.isdigit() else MONTHS.index(month) + 1
        return dt.date(int(year), number, int(of_month))
    except ValueError:
        return None
