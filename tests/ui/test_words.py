"""Dates, numbers and lists in words: one table per function, and the filters that pass them on."""

from datetime import UTC, date, datetime

import pytest

from tests.ui.conftest import Draw
from ui import words

TODAY = date(2016, 9, 12)


@pytest.mark.parametrize(
    ("value", "said", "short"),
    [
        (date(2016, 4, 3), "3 April 2016", "3 Apr 2016"),
        (
            datetime(2016, 6, 30, 23, 30, tzinfo=UTC),
            "1 July 2016",
            "1 Jul 2016",
        ),  # London is an hour ahead
        (None, "", ""),
    ],
)
def test_a_date(value: date | None, said: str, short: str) -> None:
    assert words.nhs_date(value) == said
    assert words.nhs_date_short(value) == short


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [
        (14, 14, "2:14pm"),
        (9, 0, "9am"),
        (12, 0, "midday"),
        (0, 0, "midnight"),
        (0, 5, "12:05am"),
        (12, 30, "12:30pm"),
    ],
)
def test_a_time(hour: int, minute: int, said: str) -> None:
    winter = datetime(2016, 1, 3, hour, minute, tzinfo=UTC)
    assert words.nhs_datetime(winter) == f"3 January 2016, {said}"


def test_no_time_is_no_words() -> None:
    assert words.nhs_datetime(None) == ""


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (date(2016, 10, 21), "in 39 days"),
        (date(2016, 9, 13), "tomorrow"),
        (TODAY, "today"),
        (date(2016, 9, 11), "1 day late"),
        (date(2016, 8, 16), "27 days late"),
        (None, ""),
    ],
)
def test_how_far_a_due_date_is_away(due: date | None, said: str) -> None:
    assert words.day_span(due, TODAY) == said


@pytest.mark.parametrize(
    ("last", "said"),
    [
        (date(2016, 7, 6), "68 days ago"),
        (date(2016, 9, 11), "yesterday"),
        (TODAY, "today"),
        (date(2016, 9, 20), "in 8 days"),
        (None, "never"),
    ],
)
def test_how_long_ago(last: date | None, said: str) -> None:
    assert words.days_ago(last, TODAY) == said


@pytest.mark.parametrize(
    ("number", "forms", "said"),
    [
        (1, ("flag",), "1 flag"),
        (0, ("flag",), "0 flags"),
        (1234, ("flag",), "1,234 flags"),
        (1, ("LMC has", "LMCs have"), "1 LMC has"),
        (2, ("LMC has", "LMCs have"), "2 LMCs have"),
    ],
)
def test_plural(number: int, forms: tuple[str, ...], said: str) -> None:
    assert words.plural(number, *forms) == said


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (0.0912, "9%"),
        (0.099, "9%"),
        (0.29, "29%"),
        (0.0, "0%"),
        (1.0, "100%"),
        (0.0099, "under 1%"),
        (0.9951, "99%"),
        (None, "no data"),
    ],
)
def test_a_share_is_rounded_down_and_never_to_nothing(part: float | None, said: str) -> None:
    assert words.share(part) == said


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([], ""),
        (["Bolton"], "Bolton"),
        (["Bolton", "Wigan"], "Bolton and Wigan"),
        ("abc", "a, b and c"),
    ],
)
def test_a_list(items: list[str], said: str) -> None:
    assert words.and_list(items) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [("capacity", "Capacity"), ("", ""), ("GP breadth", "GP breadth"), ("éclair", "Éclair")],
)
def test_sentence_case_keeps_names(text: str, said: str) -> None:
    assert words.sentence_case(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [("Capacity", "capacity"), ("LMC answer", "LMC answer"), ("GPs heard", "GPs heard"), ("", "")],
)
def test_lower_first_keeps_abbreviations(text: str, said: str) -> None:
    assert words.lower_first(text) == said


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ due|nhs_date }}", "21 October 2016"),
        ("{{ due|nhs_date_short }}", "21 Oct 2016"),
        ("{{ due|day_span:today }}", "in 39 days"),
        ("{{ today|days_ago:due }}", "39 days ago"),
        ("{{ 3|plural:'flag' }}", "3 flags"),
        ("{{ 2|plural:'LMC has,LMCs have' }}", "2 LMCs have"),
        ("{{ 2693420|patients }}", "2,693,420"),
        ("{{ 0.091|share }}", "9%"),
        ("{{ 'capacity'|sentence_case }}", "Capacity"),
        ("{{ names|and_list }}", "Bolton and Wigan"),
        ("{{ none|nhs_datetime }}", ""),
    ],
)
def test_each_filter(draw: Draw, source: str, said: str) -> None:
    assert (
        draw(source, due=date(2016, 10, 21), today=TODAY, names=["Bolton", "Wigan"], none=None)
        == said
    )


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 times"), (1, "once"), (2, "2 times"), (1200, "1,200 times")]
)
def test_how_often(number: int, said: str) -> None:
    assert words.times(number) == said
