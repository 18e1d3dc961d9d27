"""As at which day a file speaks, when nobody says so. Pure."""

import calendar
import datetime as dt
import re

from stakeholders.register.facts import Parsed
from stakeholders.register.problems import FileRefusedError
from ui.words import nhs_date


def as_at_of(parsed: Parsed, file_name: str) -> tuple[dt.date, str]:
    """The day, and a sentence that says where it comes from.

    In this order: the day that the file's shape implies, a date in its name ("2016-02" is the
    last day of that month, "2016q1" the first of that quarter), the newest day in the file.
    Raises ``FileRefusedError`` when there is none.
    """
    if parsed.default_as_at is not None:
        return parsed.default_as_at, f"As at {nhs_date(parsed.default_as_at)}, said by the file."
    named = day_in_name(file_name)
    if named is not None:
        return named, f"As at {nhs_date(named)}, read from the name of the file."
    year = re.search(r"(?<!\d)(20\d\d)(?!\d)", file_name)
    newest = parsed.newest
    if newest is not None and (year is None or newest.year == int(year.group())):
        return newest, f"As at {nhs_date(newest)}, the newest date in the file."
    if year is not None:
        first = dt.date(int(year.group()), 1, 1)
        return first, f"As at {nhs_date(first)}, from the year in the name of the file."
    raise FileRefusedError("The file does not say as at which day it speaks: give the day.")


def day_in_name(name: str) -> dt.date | None:
    """The day that a file's name tells; None when it has no more than a year."""
    full = re.search(r"(?<!\d)(20\d\d)[-_]?([01]\d)[-_]?([0-3]\d)(?!\d)", name)
    if full:
        try:
            return dt.date(*map(int, full.groups()))
        except ValueError:
            return None
    quarter = re.search(r"(?<!\d)(20\d\d)[-_ ]?q([1-4])(?!\d)", name, re.IGNORECASE)
    if quarter:
        year, number = map(int, quarter.groups())
        return dt.date(year, 3 * number - 2, 1)
    month = re.search(r"(?<!\d)(20\d\d)[-_](0[1-9]|1[0-2])(?!\d)", name)
    if month:
        year, number = map(int, month.groups())
        return dt.date(year, number, calendar.monthrange(year, number)[1])
    return None
