"""Figures as people read them."""

import datetime as dt

import pytest

from readiness.rules.wording import clip, count, day, listing, percent
from ui.words import share


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(0, 7, "0%"), (1, 1000, "under 1%"), (399, 1000, "39%"), (999, 1000, "99%"), (7, 7, "100%")],
)
def test_percent_is_rounded_down(part, whole, text):
    assert percent(part, whole) == text


@pytest.mark.parametrize("whole", [3, 7, 29, 100, 492, 7756])
def test_a_share_in_a_bar_is_rounded_as_the_figure_is(whole):
    for part in range(whole + 1):
        assert share(part / whole) == percent(part, whole)


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C", "D"], "A, B, C and D"),
        (["A", "B", "C", "D", "E"], "A, B, C and 2 more"),
    ],
)
def test_listing(names, text):
    assert listing(names) == text


def test_count_and_day():
    assert count(1, "practice") == "1 practice"
    assert count(1233, "locality", "localities") == "1,233 localities"
    assert day(dt.date(2016, 4, 3)) == "3 April 2016"


def test_clip_marks_what_it_cut():
    assert clip("abcdef", 6) == "abcdef"
    assert clip("abcdefg", 6) == "abcde…"
