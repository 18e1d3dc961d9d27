"""Reading a day as people type it. Day before month, always: 03/04/2016 is 3 April. Pure."""

import re
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FULL_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
NUMBERS = re.compile(
    r"(?P<day>\d{1,2})[/.\- ](?P<month>\d{1,2})[/.\- ](?P<year>\d{4}|\d{2})", re.ASCII
)
WORDS = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[ \-]*(?P<month>[a-z]{3,9})\.?,?[ \-]*(?P<year>\d{4}|\d{2})",
    re.ASCII,
)
ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
CENTURY = 2000


class NotADayError(ValueError):
    """The text cannot be read as a day of the calendar."""


def read_day(text: str) -> date:
    """The day that `text` names, such as 3/4/16, 3 April 2016 or 2016-04-03; raises `NotADayError` otherwise."""
    tidy = " ".join(text.lower().split())
    match = NUMBERS.fullmatch(tidy) or WORDS.fullmatch(tidy) or ISO.fullmatch(tidy)
    if match is None:
        raise NotADayError(text)
    year = int(match["year"])
    try:
        return date(
            year + CENTURY if year < 100 else year, _month(match["month"]), int(match["day"])
        )
    except ValueError as error:
        raise NotADayError(text) from error


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    short = "sep" if text == "sept" else text
    names = MONTHS if len(short) == 3 else FULL_MONTHS
    return names.index(short) + 1
