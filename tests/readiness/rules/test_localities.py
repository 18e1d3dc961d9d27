"""locality_spread: nobody is left out by where they are."""

import pytest

from tests.readiness.rules.builders import days_before, facts, heard, judge, practice


def spread(*practices, **parameters):
    return judge("locality_spread", facts(members=practices), **parameters)


@pytest.mark.parametrize(
    ("practices", "state", "figure"),
    [
        ((practice(1),), "not_met", "0 of 1 locality; lowest 0%"),
        (
            (heard(practice(1)), practice(2, locality="B")),
            "not_met",
            "1 of 2 localities; lowest 0%",
        ),
        (
            (heard(practice(1)), heard(practice(2, locality="B")), practice(3, locality="B")),
            "met",
            "2 of 2 localities; lowest 50%",
        ),
        (
            (heard(practice(1)), practice(2, locality=None)),
            "met",
            "1 of 1 locality; lowest 100% (1 practice in no locality)",
        ),
    ],
    ids=["nobody", "one silent", "each heard", "one unplaced"],
)
def test_locality_spread(practices, state, figure):
    result = spread(*practices)
    assert (result.state, result.figure) == (state, figure)


def test_locality_spread_without_practices_is_no_data():
    assert spread().state == "no_data"


def test_locality_spread_without_localities_is_no_data_and_says_so():
    result = spread(heard(practice(1, locality=None)), practice(2, locality=None))
    assert result.state == "no_data"
    assert result.figure == "None of 2 practices is placed in a locality"


def test_locality_spread_names_the_silent_localities_and_their_practices():
    result = spread(heard(practice(1)), practice(2, locality="B"), practice(3, locality="C"))
    assert result.would_clear == "Hear any practice in each of Locality B and Locality C."
    assert result.missing == (2, 3)


def test_locality_spread_names_the_fewest_that_clear_it_the_longest_lists_first():
    result = spread(
        heard(practice(1, locality="B")),
        practice(2, locality="B", patients=10),
        practice(3, locality="B", patients=30),
        practice(4, locality="C", patients=None),
        practice(5, locality="C", patients=20),
        practice(6, locality="C", patients=20),
        minimum_heard=2,
    )
    assert result.fewest == (3, 5, 6)
    assert result.missing == (2, 3, 4, 5, 6)
    assert spread(heard(practice(1)), practice(2)).fewest == ()


def test_locality_spread_asks_no_more_of_a_locality_than_it_has():
    assert spread(heard(practice(1)), minimum_heard=2).state == "met"
    result = spread(heard(practice(1)), practice(2), minimum_heard=2)
    assert (result.state, result.would_clear) == ("not_met", "Hear 2 practices in Locality A.")


def test_locality_spread_ignores_what_lies_ahead():
    assert spread(heard(practice(1), days_before(-1))).state == "not_met"
