"""Working days in England: no Saturday, no Sunday, no bank holiday.

The bank holidays are those of the library ``holidays``: the yearly ones, those put off to a weekday,
and those proclaimed for one year (such as 3 June 2022).
"""

import datetime as dt
from functools import lru_cache

import holidays

_ENGLAND = "ENG"
_WORKING_WEEKDAYS = 5
_KNOWN_UNTIL = holidays.country_holidays("GB").end_year
"""The last year whose bank holidays the library tells; whoever types the year 9999 need not wait."""


def working_days(first: dt.date, last: dt.date) -> int:
    """How many working days there are from ``first`` to ``last``, both inclusive.

    None of them, and no error, where ``last`` lies before ``first``.
    """
    if last < first:
        return 0
    off = sum(
        first <= day <= last
        for year in range(first.year, min(last.year, _KNOWN_UNTIL) + 1)
        for day in _weekdays_off(year)
    )
    return _weekdays_until(last) - _weekdays_until(first - dt.timedelta(1)) - off


def working_days_after(day: dt.date, until: dt.date) -> int:
    """How many working days follow ``day``, that of ``until`` counted; 0 where none does."""
    return working_days(day + dt.timedelta(1), until) if day < until else 0


def _weekdays_until(day: dt.date) -> int:
    """Mondays to Fridays from the first day of all, a Monday, to this day inclusive."""
    weeks, more = divmod(day.toordinal(), 7)
    return weeks * _WORKING_WEEKDAYS + min(more, _WORKING_WEEKDAYS)


@lru_cache(maxsize=256)
def _weekdays_off(year: int) -> tuple[dt.date, ...]:
    """The bank holidays of a year that do not fall on a Saturday or Sunday."""
    found = holidays.country_holidays("GB", subdiv=_ENGLAND, years=year)
    return tuple(day for day in found if day.weekday() < _WORKING_WEEKDAYS)
