"""Urgency by the days to the milestone."""

import datetime as dt

import pytest

from readiness.rules.flags import flag_days_problem, urgency

MILESTONE = dt.date(2016, 10, 21)


@pytest.mark.parametrize(
    ("days_left", "expected"),
    [
        (200, "notice"),
        (61, "notice"),
        (60, "raised"),
        (31, "raised"),
        (30, "high"),
        (15, "high"),
        (14, "urgent"),
        (0, "urgent"),
        (-9, "urgent"),
    ],
)
def test_urgency(days_left, expected):
    assert urgency(MILESTONE, MILESTONE - dt.timedelta(days=days_left)) == expected


def test_urgency_by_other_limits():
    assert urgency(MILESTONE, MILESTONE - dt.timedelta(days=90), (120, 90, 30)) == "high"


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ((60, 30, 14), ""),
        ((365, 2, 1), ""),
        ((60, 30), "Enter 3 numbers of days between 1 and 365."),
        ((60, 30, 0), "Enter 3 numbers of days between 1 and 365."),
        ((366, 30, 14), "Enter 3 numbers of days between 1 and 365."),
        ((30, 60, 14), "Each number of days must be smaller than the one before."),
        ((60, 60, 14), "Each number of days must be smaller than the one before."),
    ],
)
def test_days_that_a_policy_may_name(days, says):
    assert flag_days_problem(days) == says
