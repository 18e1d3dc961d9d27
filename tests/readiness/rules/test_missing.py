"""Who is missing, and who of them was asked for."""

from datetime import date

import pytest

from readiness.rules.facts import ATTEMPTED, HEARD, INFORMED, Member
from readiness.rules.missing import (
    NO_LOCALITY,
    MissingChoice,
    group_of,
    in_group,
    narrowed,
    not_heard,
    places,
)

DAY = date(2016, 7, 1)


def member(number: int, category: str = "gp_practice", **facts) -> Member:
    return Member(id=number, code=f"P{number}", name=f"Name {number}", category=category, **facts)


SMALL = member(1, patients=4_999, locality="00T", locality_name="NHS Bolton CCG", lmc="LMC1")
MIDDLE = member(2, patients=5_000, locality="00T", locality_name="NHS Bolton CCG", rung=INFORMED)
LARGE = member(3, patients=10_000, locality="00V", locality_name="NHS Bury CCG", rung=ATTEMPTED)
UNKNOWN = member(4, patients=None)
HEARD_ONE = member(5, patients=2_000, locality="00V", rung=HEARD, first_heard=date(2016, 6, 1))
EVERYBODY = [SMALL, MIDDLE, LARGE, UNKNOWN, HEARD_ONE]


def test_not_heard_is_everybody_less_those_heard_longest_list_first():
    assert not_heard(EVERYBODY, DAY) == [LARGE, MIDDLE, SMALL, UNKNOWN]


def test_not_heard_before_the_first_contact_holds_them_too():
    assert HEARD_ONE in not_heard(EVERYBODY, date(2016, 5, 31))


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({}, [LARGE, MIDDLE, SMALL, UNKNOWN]),
        ({"locality": "00T"}, [MIDDLE, SMALL]),
        ({"locality": NO_LOCALITY}, [UNKNOWN]),
        ({"lmc": "LMC1"}, [SMALL]),
        ({"size": "large"}, [LARGE]),
        ({"size": "middle"}, [MIDDLE]),
        ({"size": "small"}, [SMALL]),
        ({"size": "unknown"}, [UNKNOWN]),
        ({"attempt": "never"}, [SMALL, UNKNOWN]),
        ({"attempt": "informed"}, [MIDDLE]),
        ({"attempt": "tried"}, [LARGE]),
        ({"fewest": True}, [LARGE]),
        ({"locality": "00T", "attempt": "never"}, [SMALL]),
    ],
)
def test_narrowed_to_what_was_asked_for(choice, expected):
    missing = not_heard(EVERYBODY, DAY)

    assert narrowed(missing, MissingChoice(**choice), fewest={LARGE.id}) == expected


def test_places_least_heard_first_and_no_locality_last():
    found = places(EVERYBODY, DAY)

    assert [(place.code, place.heard, place.practices) for place in found] == [
        ("00T", 0, 2),
        ("00V", 1, 2),
        (NO_LOCALITY, 0, 1),
    ]
    assert found[1].share == pytest.approx(2_000 / 12_000)
    assert found[2].share is None


@pytest.mark.parametrize(
    ("category", "group"),
    [
        ("gp_practice", "practices"),
        ("lmc", "lmcs"),
        ("pcn", ""),
        ("trust", "others"),
        ("gp_federation", "others"),
    ],
)
def test_everybody_but_networks_stands_in_one_of_three_lists(category, group):
    one = member(9, category)

    assert group_of(one) == group
    assert in_group([one], group) == [one]


def test_choice_keeps_silent_about_what_was_not_asked():
    choice = MissingChoice(locality="00T")

    assert choice.query() == {"locality": "00T"}
    assert choice.query(locality="", fewest="1") == {"fewest": "1"}
    assert MissingChoice(category="lmcs").query() == {"category": "lmcs"}


@pytest.mark.parametrize("attempt", ["never", "tried", "informed"])
def test_no_filter_finds_how_far_somebody_was_reached_of_whom_that_is_not_told(attempt):
    missing, others = not_heard(EVERYBODY, DAY), {SMALL.id, MIDDLE.id, LARGE.id}
    choice = MissingChoice(attempt=attempt)

    assert not {one.id for one in narrowed(missing, choice, hidden=others)} & others
    assert narrowed(missing, MissingChoice(), hidden=others) == missing
