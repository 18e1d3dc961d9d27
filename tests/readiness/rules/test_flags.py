"""Urgency by the days to the milestone."""

import datetime as dt

import pytest

from readiness.rules.flags import urgency

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
