"""Whether those who must be asked were: one organisation, or everybody of a kind."""

import datetime as dt

import pytest

from plans.rules.asked import AskedOn, Wanted, asked_on

BY = dt.date(2016, 9, 1)
FIRST, SECOND, LATER = (dt.date(2016, 8, 1), dt.date(2016, 8, 2), dt.date(2016, 9, 2))


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(organisation=1), AskedOn(on=FIRST)),
        (Wanted(organisation=9), AskedOn(on=None)),
        (Wanted(organisation=9, by_hand=SECOND), AskedOn(on=SECOND)),
        (Wanted(organisation=1, by_hand=SECOND), AskedOn(on=SECOND)),
        (Wanted(organisation=9, by_hand=LATER), AskedOn(on=None)),
        (Wanted(category="lmc"), AskedOn(on=SECOND, number=2, reached=2)),
        (Wanted(category="pcn"), AskedOn(on=None, number=2, reached=1)),
        (Wanted(category="pcn", by_hand=BY), AskedOn(on=BY, number=2, reached=1)),
        (Wanted(category="trust"), AskedOn(on=None)),
    ],
    ids=[
        "on record",
        "not on record",
        "by hand",
        "by hand before the record",
        "by hand and not yet",
        "all of a kind, the last of them counts",
        "one of two",
        "one of two, and by hand",
        "a kind that nobody belongs to",
    ],
)
def test_who_was_asked(wanted, found):
    record, belonging = {1: FIRST, 2: SECOND}, {"lmc": [1, 2], "pcn": [2, 3]}

    assert asked_on(wanted, on_record=record, belonging=belonging, by=BY) == found
