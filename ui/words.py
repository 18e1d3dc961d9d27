"""Dates, numbers and lists in the words of the service. Pure: pages, files and messages all speak through here."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

BINARY_DUST = 1e-9
"""What a share such as 0.29 lacks when it is multiplied by 100."""

DAYS_IN_WORDS = {-1: "1 day late", 0: "today", 1: "tomorrow"}


def nhs_date(value: date | datetime | None) -> str:
    """`3 April 2016`; nothing gives an empty text. Times are read in the service's own time zone."""
    if value is None:
        return ""
    day = _local(value)
    return f"{day.day} {day:%B %Y}"


def nhs_date_short(value: date | datetime | None) -> str:
    """`3 Apr 2016`, for narrow columns."""
    if value is None:
        return ""
    day = _local(value)
    return f"{day.day} {day:%b %Y}"


def nhs_datetime(value: datetime | None) -> str:
    """`3 April 2016, 2:14pm`; noon and midnight are written as words, as the NHS style asks."""
    if value is None:
        return ""
    moment = _local(value)
    return f"{nhs_date(value)}, {_clock(moment)}"


def day_span(due: date | None, today: date) -> str:
    """How far a due date is away: `in 39 days`, `tomorrow`, `today`, `27 days late`."""
    if due is None:
        return ""
    days = (due - today).days
    if days in DAYS_IN_WORDS:
        return DAYS_IN_WORDS[days]
    return f"in {days:,} days" if days > 0 else f"{-days:,} days late"


def days_ago(last: date | None, today: date) -> str:
    """How long ago something happened: `today`, `yesterday`, `68 days ago`; nothing gives `never`."""
    if last is None:
        return "never"
    days = (today - last).days
    if days < 0:
        return day_span(last, today)
    return {0: "today", 1: "yesterday"}.get(days, f"{days:,} days ago")


def plural(number: int, one: str, many: str = "") -> str:
    """`1 flag`, `3 flags`; give `many` where adding an s is not enough."""
    return f"{patients(number)} {one if number == 1 else many or one + 's'}"


def times(number: int) -> str:
    """`once`, `3 times`."""
    return "once" if number == 1 else plural(number, "time")


def patients(number: int | None) -> str:
    """A whole number with commas: `2,693,420`; nothing gives an empty text."""
    return "" if number is None else f"{number:,}"


def file_size(size: int) -> str:
    """`1 kB`, `120 kB`, `2.4 MB`: rounded up, as people count the size of files."""
    if size < 1000 * 1000:
        return f"{max(1, -(-size // 1000)):,} kB"
    return f"{-(-size // 100_000) / 10:,.1f} MB"


def share(part: float | None) -> str:
    """A share between 0 and 1 as a whole per cent, rounded down: no figure claims a threshold early."""
    if part is None:
        return "no data"
    if 0 < part < 0.01:
        return "under 1%"
    return f"{int(part * 100 + BINARY_DUST)}%"


def sentence_case(text: str) -> str:
    """First letter large, the rest as it is, so that names keep their capitals."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """First letter small, unless the first word is a name in capitals such as LMC or GP."""
    first_word = text.split(" ", 1)[0]
    is_name = len(first_word) > 1 and first_word[1:] != first_word[1:].lower()
    return text if is_name else text[:1].lower() + text[1:]


def and_list(items: Iterable[object]) -> str:
    """`Bolton, Stockport and Wigan`."""
    words = [str(item) for item in items]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _local(value: date | datetime) -> date | datetime:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def _clock(moment: date | datetime) -> str:
    minute = f"{moment:%H:%M}"
    if minute in ("00:00", "12:00"):
        return "midnight" if minute == "00:00" else "midday"
    hour = f"{moment:%I}".lstrip("0")
    minutes = f"{moment:%M}"
    half = f"{moment:%p}".lower()
    return f"{hour}{half}" if minutes == "00" else f"{hour}:{minutes}{half}"
