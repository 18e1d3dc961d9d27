"""The list of who took part, while it is being written."""

import pytest

from engagement.rules.attendees import (
    Row,
    after_status_change,
    key_of,
    read_key,
    settled,
    with_added,
    with_answers,
    with_outcome_where_open,
    without,
)


def row(organisation: int = 1, person: int | None = None, capacity=None, outcome=None) -> Row:
    return Row(organisation=organisation, person=person, capacity=capacity, outcome=outcome)


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("12-5", (12, 5)),
        ("12-0", (12, None)),
        ("0-5", None),
        ("12", None),
        ("", None),
        ("-", None),
        ("12-", None),
        ("a-b", None),
        ("12-5-6", None),
        ("١٢-5", None),
        ("1_2-5", None),
        (" 12-5", None),
        ("-1-5", None),
        (f"{2**63}-0", None),
        (f"{2**63 - 1}-0", (2**63 - 1, None)),
        ("9" * 10_000 + "-0", None),
        ("12-5\x00", None),
    ],
)
def test_read_key_takes_only_what_our_pages_send(text: str, pair) -> None:
    assert read_key(text) == pair


def test_key_of_is_read_back() -> None:
    assert read_key(key_of(7, None)) == (7, None)
    assert read_key(key_of(7, 9)) == (7, 9)


def test_with_added_keeps_rows_that_are_there_and_takes_each_once() -> None:
    there = [row(1, capacity="expert")]
    rows = with_added(there, [(1, None), (2, None), (2, None), (2, 5)], outcome="attended")
    assert rows == [
        row(1, capacity="expert"),
        row(2, outcome="attended"),
        row(2, 5, outcome="attended"),
    ]


def test_without_takes_off_one_row() -> None:
    assert without([row(1), row(1, 5)], "1-0") == [row(1, 5)]
    assert without([row(1)], "nonsense") == [row(1)]


def test_with_answers_keeps_what_was_not_sent() -> None:
    rows = with_answers(
        [row(1, outcome="attended"), row(2, outcome="apologised")],
        {"capacity-1-0": "provider", "outcome-1-0": ""},
    )
    assert rows == [row(1, capacity="provider", outcome=""), row(2, outcome="apologised")]


def test_with_outcome_where_open_leaves_answers_alone() -> None:
    rows = with_outcome_where_open(
        [row(1), row(2, outcome=""), row(3, outcome="no_show")], "attended"
    )
    assert [one["outcome"] for one in rows] == ["attended", "attended", "no_show"]


def test_settled_fills_in_only_what_was_not_asked() -> None:
    rows = settled(
        [row(1), row(2, capacity="", outcome="")],
        capacities={"1-0": "provider", "2-0": "provider"},
        outcome="attended",
    )
    assert rows == [
        row(1, capacity="provider", outcome="attended"),
        row(2, capacity="", outcome=""),
    ]


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("planned", "happened", "invited", ""),
        ("planned", "happened", None, ""),
        ("planned", "happened", "apologised", "apologised"),
        ("happened", "planned", "attended", None),
        ("happened", "cancelled", "attended", None),
        ("happened", "tried", "attempted", "attempted"),
        ("happened", "happened", "attended", "attended"),
        ("cancelled", "happened", "invited", "invited"),
    ],
)
def test_after_status_change_asks_again_what_cannot_be_true(old, new, before, after) -> None:
    assert after_status_change([row(outcome=before)], old=old, new=new)[0]["outcome"] == after
