"""Working days in England."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.working_days import working_days, working_days_after

DAYS = st.dates(dt.date(2013, 4, 1), dt.date(2030, 12, 31))


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2019-12-23", "2020-01-15", 15),
        ("2016-05-02", "2016-05-02", 0),
        ("2016-05-03", "2016-05-03", 1),
        ("2016-05-07", "2016-05-08", 0),
        ("2016-03-24", "2016-03-29", 2),
        ("2016-12-24", "2016-12-28", 1),
        ("2020-05-04", "2020-05-08", 4),
        ("2022-05-30", "2022-06-05", 3),
        ("2022-09-19", "2022-09-19", 0),
        ("2016-05-04", "2016-05-03", 0),
    ],
    ids=[
        "Christmas of 2019",
        "a bank holiday",
        "a working day",
        "a weekend",
        "Easter",
        "a Christmas Day put off",
        "the early May holiday moved for VE Day",
        "the Jubilee",
        "a State funeral",
        "the wrong way round",
    ],
)
def test_working_days_from_one_day_to_another(first, last, days):
    assert working_days(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) == days


@pytest.mark.parametrize(
    ("shown", "submitted", "days"),
    [
        ("2016-10-07", "2016-10-21", 10),
        ("2016-10-21", "2016-10-21", 0),
        ("2016-10-22", "2016-10-21", 0),
    ],
)
def test_the_day_itself_does_not_count_among_those_after_it(shown, submitted, days):
    found = working_days_after(dt.date.fromisoformat(shown), dt.date.fromisoformat(submitted))
    assert found == days


@given(st.tuples(DAYS, DAYS, DAYS))
def test_two_stretches_make_one(three):
    first, middle, last = sorted(three)
    parts = working_days(first, middle) + working_days_after(middle, last)
    assert parts == working_days(first, last) <= (last - first).days + 1


def test_a_day_typed_thousands_of_years_off_is_counted_at_once():
    assert working_days(dt.date(2016, 1, 1), dt.date.max) > 0
