"""Seats: their holders over time, their vacancies, and who speaks for general practice."""

import datetime as dt

import pytest

from plans.rules.seats import (
    Held,
    Sitting,
    Span,
    Voices,
    body_of,
    full_name,
    timeline,
    vacant_since,
    voices,
)

TODAY = dt.date(2016, 9, 1)


def day(number: int | None) -> dt.date | None:
    """So many days from today; None stays nothing."""
    return None if number is None else TODAY + dt.timedelta(number)


def held(*rows):
    """Rows of (holder, first, last) in days from today."""
    return [
        Held(id=number, holder=holder, first=day(first), last=day(last))
        for number, (holder, first, last) in enumerate(rows, start=1)
    ]


def told(spans: list[Span]):
    return [
        (
            one.holder,
            (one.first - TODAY).days,
            None if one.last is None else (one.last - TODAY).days,
        )
        for one in spans
    ]


@pytest.mark.parametrize(
    ("rows", "spans", "since"),
    [
        ([], [], None),
        ([("A", -9, None)], [("A", -9, None)], None),
        ([("A", -9, 0)], [("A", -9, 0)], None),
        ([("A", -9, -1)], [("A", -9, -1), (None, 0, None)], 0),
        ([("A", -9, -5), ("B", -4, None)], [("A", -9, -5), ("B", -4, None)], None),
        (
            [("B", -2, None), ("A", -9, -5)],
            [("A", -9, -5), (None, -4, -3), ("B", -2, None)],
            None,
        ),
        ([("A", -9, -1), ("B", -5, None)], [("A", -9, -1), ("B", -5, None)], None),
        ([("A", -9, None), ("B", -5, -2)], [("A", -9, None), ("B", -5, -2)], None),
        ([("A", -9, -5), (None, -4, None)], [("A", -9, -5), (None, -4, None)], -4),
        (
            [("A", -9, -8), (None, -6, None)],
            [("A", -9, -8), (None, -7, -7), (None, -6, None)],
            -7,
        ),
        ([("A", -9, -8), ("B", 2, None)], [("A", -9, -8), (None, -7, 1), ("B", 2, None)], -7),
        ([(None, -9, None), ("A", -3, None)], [(None, -9, None), ("A", -3, None)], None),
    ],
    ids=[
        "nobody ever",
        "held",
        "last day",
        "left",
        "followed",
        "a gap, out of order",
        "together",
        "one within another",
        "recorded as vacant",
        "vacant after a gap",
        "filled tomorrow week",
        "filled though recorded as vacant",
    ],
)
def test_timeline(rows, spans, since):
    found = timeline(held(*rows), TODAY)
    assert told(found) == spans
    assert vacant_since(found, TODAY) == day(since)


@pytest.mark.parametrize(
    ("span", "days"),
    [((-9, None), 10), ((-9, -5), 5), ((0, None), 1), ((3, None), 0), ((-1, 9), 2)],
)
def test_the_days_of_a_span_are_those_that_have_passed(span, days):
    first, last = span
    assert Span(holder=None, first=day(first), last=day(last)).days(TODAY) == days


def sits(seat, person=None, *, speaks=False, is_proxy=False):
    return Sitting(seat=seat, person=person, speaks=speaks, is_proxy=is_proxy)


@pytest.mark.parametrize(
    ("sitting", "found"),
    [
        ([], (0, 0, 0)),
        ([sits(1), sits(2), sits(3, speaks=True)], (1, 3, 0)),
        ([sits(1, 7, speaks=True), sits(2, 7), sits(3)], (1, 2, 0)),
        ([sits(1, 7, is_proxy=True), sits(2, speaks=True)], (1, 2, 1)),
        ([sits(1, 7, is_proxy=True), sits(2, 7, speaks=True)], (1, 1, 0)),
        ([sits(1, is_proxy=True), sits(2, is_proxy=True)], (0, 2, 2)),
    ],
    ids=[
        "nobody",
        "one of three",
        "two seats",
        "a proxy",
        "a proxy who speaks too",
        "only proxies",
    ],
)
def test_voices(sitting, found):
    speaking, people, proxies = found
    assert voices(sitting) == Voices(speaking=speaking, people=people, proxies=proxies)


BODIES = ("Programme board", "Bolton Health and Wellbeing Board", "Health and Wellbeing Board")


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("September meeting", "Programme board"),
        ("PROGRAMME BOARD, September", "Programme board"),
        ("Bolton health and wellbeing board", "Bolton Health and Wellbeing Board"),
        ("Bolton Health & Well-being Board, May", "Bolton Health and Wellbeing Board"),
        ("Health and Wellbeing Board of Wigan", "Health and Wellbeing Board"),
    ],
)
def test_a_meeting_is_that_of_the_body_its_title_names(title, body):
    assert body_of(title, BODIES) == body
    assert body_of(title, ()) == ""


@pytest.mark.parametrize(
    "typed",
    [
        "Bolton Health and Wellbeing Board",
        "Bolton Health & Wellbeing Board",
        "Bolton health and well-being board",
        "Bolton Health and Well Being Board",
        "Bolton HWB",
    ],
)
def test_a_health_and_wellbeing_board_has_one_name(typed):
    assert full_name(typed) == "Bolton Health and Wellbeing Board"


def test_other_boards_keep_their_names():
    assert (
        full_name("Wellbeing and Health Programme Board") == "Wellbeing and Health Programme Board"
    )
