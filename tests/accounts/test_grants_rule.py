"""When a grant may begin and end, and who is left: tables of cases and what holds of any period."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules.grants import (
    DAY,
    Fault,
    Period,
    clash,
    fault_of_end,
    fault_of_new,
    last_day_if_ended_now,
    leaves_somebody,
)

TODAY = dt.date(2016, 9, 12)


def day(offset: int) -> dt.date:
    return TODAY + dt.timedelta(days=offset)


def period(first: int, last: int | None = None) -> Period:
    return Period(first=day(first), last=None if last is None else day(last))


@pytest.mark.parametrize(
    ("new", "held", "fault"),
    [
        (period(0), [], None),
        (period(0, 0), [], None),
        (period(5, 9), [], None),
        (period(-1), [], Fault.BEGINS_IN_THE_PAST),
        (period(3, 2), [], Fault.ENDS_BEFORE_IT_BEGINS),
        (period(0), [period(-9)], Fault.HELD_ALREADY),
        (period(0), [period(-9, -1)], None),
        (period(0), [period(-9, 0)], Fault.HELD_ALREADY),
        (period(0, 4), [period(5)], None),
        (period(0, 5), [period(5)], Fault.HELD_ALREADY),
        (period(0), [period(5, 6)], Fault.HELD_ALREADY),
    ],
)
def test_what_can_be_given(new, held, fault) -> None:
    assert fault_of_new(new, held, today=TODAY) == fault


@pytest.mark.parametrize(
    ("held", "last", "others", "fault"),
    [
        (period(-9), 0, [], None),
        (period(-9), None, [], None),
        (period(-9, 3), None, [], None),
        (period(-9), -1, [], Fault.ENDS_IN_THE_PAST),
        (period(4), 3, [], Fault.ENDS_BEFORE_IT_BEGINS),
        (period(-9, -1), 5, [], Fault.ENDED_ALREADY),
        (period(-9, 3), 8, [period(8)], Fault.HELD_ALREADY),
        (period(-9, 3), 7, [period(8)], None),
    ],
)
def test_when_it_can_end(held, last, others, fault) -> None:
    end = None if last is None else day(last)
    assert fault_of_end(held, end, others, today=TODAY) == fault


@pytest.mark.parametrize(("first", "last"), [(-9, -1), (-1, -1), (0, None), (4, None)])
def test_ended_now_it_held_until_yesterday_or_on_no_day(first, last) -> None:
    expected = None if last is None else day(last)
    assert last_day_if_ended_now(period(first), today=TODAY) == expected


@pytest.mark.parametrize(
    ("others", "lost", "goes_on"),
    [
        ([], None, False),
        ([None], None, True),
        ([day(9)], None, False),
        ([day(9)], day(9), True),
        ([day(8)], day(9), False),
        ([day(8), None], day(9), True),
    ],
)
def test_whether_somebody_goes_on_as_long(others, lost, goes_on) -> None:
    assert leaves_somebody(others, lost=lost) is goes_on


days = st.integers(-40, 40).map(day)
periods = st.builds(
    lambda first, length: Period(
        first=first, last=None if length is None else first + length * DAY
    ),
    days,
    st.none() | st.integers(0, 30),
)


def holds(one: Period, on: dt.date) -> bool:
    return one.first <= on and (one.last is None or on <= one.last)


@given(periods, periods)
def test_two_periods_overlap_when_a_day_lies_in_both(one, other) -> None:
    window = [day(offset) for offset in range(-45, 75)]
    assert one.overlaps(other) == any(holds(one, on) and holds(other, on) for on in window)
    assert one.overlaps(other) == other.overlaps(one)


@given(periods, st.lists(periods, max_size=4))
def test_what_is_given_never_lies_twice_on_one_day(new, held) -> None:
    if fault_of_new(new, held, today=TODAY) is None:
        assert clash(new, held) is None
        assert new.first >= TODAY
