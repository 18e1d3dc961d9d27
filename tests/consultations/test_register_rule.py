"""Where a consultation stands: a table of cases, and the list that is asked for the same."""

import datetime as dt

import pytest

from consultations.rules.register import Course, Status, status

TODAY = dt.date(2020, 2, 20)


def day(days: int) -> dt.date:
    """So many days after today."""
    return TODAY + dt.timedelta(days)


P, O, A = Status.PLANNED, Status.OPEN, Status.ANALYSING  # noqa: E741 - a table
R, N, D = Status.REPORT_OUT, Status.NO_REPORT, Status.DROPPED

CASES = [
    # opens, closes, report out, expected, dropped, status
    (1, 20, None, True, None, P),
    (1, 20, None, False, None, P),
    (0, 20, None, True, None, O),
    (-20, 0, None, True, None, O),
    (0, 0, None, True, None, O),
    (-20, 5, -1, True, None, O),
    (-20, -1, None, True, None, A),
    (-20, -1, 1, True, None, A),
    (-20, -1, 0, True, None, R),
    (-20, -1, 0, False, None, R),
    (-20, -1, 1, False, None, N),
    (-20, -1, None, False, None, N),
    (1, 20, None, True, 0, D),
    (-5, 20, None, True, -2, D),
    (-20, -1, 0, True, 0, D),
    (-20, -1, None, False, 0, D),
    (1, 20, None, True, 1, P),
    (-5, 20, None, True, 1, O),
    (-20, -1, 0, True, 1, R),
]


@pytest.mark.parametrize(("opens", "closes", "out", "expected", "dropped", "stands"), CASES)
def test_status(opens, closes, out, expected, dropped, stands):
    course = Course(
        opens_on=day(opens),
        closes_on=day(closes),
        report_out_on=None if out is None else day(out),
        report_expected=expected,
        dropped_on=None if dropped is None else day(dropped),
    )
    assert status(course, TODAY) is stands


def test_every_status_has_words_and_a_case():
    assert [one.label for one in Status] == [
        "Planned",
        "Open",
        "Closed, analysing",
        "Closed, report out",
        "Closed, no report expected",
        "Not going forward",
    ]
    assert {case[-1] for case in CASES} == set(Status)
