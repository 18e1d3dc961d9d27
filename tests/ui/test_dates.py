"""Days as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui import words
from ui.dates import NotADayError, read_day


@pytest.mark.parametrize(
    "typed",
    [
        "03/04/2016",
        "3/4/2016",
        "3/4/16",
        "03-04-2016",
        "3.4.2016",
        "3 4 2016",
        "3 April 2016",
        "3 Apr 2016",
        "3rd april 2016",
        "  3   APRIL, 2016 ",
        "3-apr-16",
        "2016-04-03",
    ],
)
def test_the_third_of_april_in_every_form(typed: str) -> None:
    assert read_day(typed) == date(2016, 4, 3)


def test_september_has_two_short_names() -> None:
    assert read_day("1 sept 2016") == read_day("1 Sep 2016") == date(2016, 9, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "yesterday",
        "31/02/2016",
        "2016/04/03",
        "13/13/2016",
        "3 Foo 2016",
        "3 ma 2016",
        "3 apri 2016",
        "0/1/2016",
        "03/04",
        "٣/٤/٢٠١٦",
        "9" * 50,
    ],
)
def test_what_is_no_day(typed: str) -> None:
    with pytest.raises(NotADayError):
        read_day(typed)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_back_from_its_own_words(day: date) -> None:
    assert read_day(words.nhs_date(day)) == day
    assert read_day(day.isoformat()) == day
    assert read_day(f"{day.day}/{day.month}/{day:%y}") == day


@given(st.text(max_size=40))
def test_any_other_text_is_refused_in_one_way(typed: str) -> None:
    try:
        read_day(typed)
    except NotADayError:
        return
    assert any(letter.isdigit() for letter in typed)
