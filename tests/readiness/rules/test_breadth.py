"""gp_breadth: the share of practices heard, by count and by patients."""

import pytest

from tests.readiness.rules.builders import (
    AS_AT,
    contact,
    days_before,
    facts,
    heard,
    judge,
    practice,
)


def breadth(practices, **parameters):
    return judge("gp_breadth", facts(members=tuple(practices)), **parameters)


def some(number_heard, number_silent, patients=1000):
    return [heard(practice(n, patients=patients)) for n in range(number_heard)] + [
        practice(1000 + n, patients=patients) for n in range(number_silent)
    ]


@pytest.mark.parametrize(
    ("practices", "state", "band", "figure"),
    [
        (some(0, 10), "not_met", "red", "0 of 10 practices; 0% of patients"),
        (some(21, 79), "not_met", "red", "21 of 100 practices; 21% of patients"),
        (some(22, 78), "not_met", "amber", "22 of 100 practices; 22% of patients"),
        (some(39, 61), "not_met", "amber", "39 of 100 practices; 39% of patients"),
        (some(40, 60), "met", "green", "40 of 100 practices; 40% of patients"),
        (some(1, 0), "met", "green", "1 of 1 practice; 100% of patients"),
        (some(2, 998), "not_met", "red", "2 of 1,000 practices; under 1% of patients"),
    ],
    ids=["none", "below red", "at red", "below amber", "at amber", "all", "a few of many"],
)
def test_gp_breadth_by_equal_lists(practices, state, band, figure):
    result = breadth(practices)
    assert (result.state, result.evidence["band"], result.figure) == (state, band, figure)


def test_gp_breadth_rounds_down_so_that_39_9_per_cent_is_not_called_40():
    result = breadth(some(399, 601))
    assert result.state == "not_met"
    assert result.figure == "399 of 1,000 practices; 39% of patients"


def test_gp_breadth_needs_both_shares():
    few_large = [heard(practice(1, patients=9000)), *(practice(n) for n in range(2, 5))]
    many_small = [practice(1, patients=9000), *(heard(practice(n)) for n in range(2, 5))]
    assert breadth(few_large).state == breadth(many_small).state == "not_met"


def test_gp_breadth_without_practices_is_no_data_and_names_the_cause():
    result = breadth([])
    assert result.state == "no_data"
    assert result.figure == "No practices recorded for this footprint on this day"


def test_gp_breadth_says_for_how_many_the_list_size_is_unknown():
    result = breadth([heard(practice(1)), practice(2), practice(3, patients=None)])
    assert result.figure == "1 of 3 practices; 50% of patients (list size unknown for 1)"


@pytest.mark.parametrize(("reached", "state"), [(1, "not_met"), (2, "no_data")])
def test_gp_breadth_without_any_list_size_never_claims_met(reached, state):
    result = breadth(some(reached, 5 - reached, patients=None))
    assert result.state == state
    assert result.figure == f"{reached} of 5 practices; no list sizes recorded"
    assert result.would_clear.endswith("without them the share of patients cannot be tested.")


def test_gp_breadth_ignores_what_lies_ahead():
    assert breadth([heard(practice(1), days_before(-1))]).evidence["heard"] == 0
    assert breadth([heard(practice(1), AS_AT)]).evidence["heard"] == 1


def test_gp_breadth_fewest_when_patients_need_more_than_the_count():
    practices = [heard(practice(n, patients=10)) for n in range(4)]
    practices += [practice(10 + n, patients=1000) for n in range(5)]
    result = breadth(practices)
    assert result.fewest == (10, 11)
    assert result.would_clear == (
        "Hear 2 more practices. The fewest that reach 40% of patients are these 2."
    )


def test_gp_breadth_fewest_when_both_shares_need_as_many():
    result = breadth(some(0, 5))
    assert result.would_clear == (
        "Hear 2 more practices. The fewest that reach 40% of patients are these 2."
    )


def test_gp_breadth_fewest_when_one_is_enough():
    result = breadth([heard(practice(1)), *(practice(n) for n in range(2, 6))])
    assert result.would_clear == (
        "Hear 1 more practice. The longest list alone is enough for 40% of patients."
    )


def test_gp_breadth_fewest_when_the_count_needs_more_than_patients():
    practices = [practice(1, patients=5000), *(practice(n, patients=100) for n in range(2, 11))]
    result = breadth(practices)
    assert result.fewest == (1, 2, 3, 4)
    assert result.would_clear == (
        "Hear 4 more practices. The longest list alone is enough for 40% of patients."
    )


def test_gp_breadth_says_how_many_long_lists_are_enough_for_the_patients():
    practices = [practice(n, patients=3000) for n in (1, 2)]
    practices += [practice(n, patients=100) for n in range(3, 21)]
    assert breadth(practices).would_clear == (
        "Hear 8 more practices. The 2 longest lists among them are enough for 40% of patients."
    )


def test_gp_breadth_fewest_when_patients_are_reached_already():
    practices = [heard(practice(1, patients=9000)), *(practice(n) for n in range(2, 6))]
    result = breadth(practices)
    assert result.fewest == (2,)
    assert result.would_clear == ("Hear 1 more practice. Those heard already hold 40% of patients.")


def test_gp_breadth_met_asks_for_nothing():
    result = breadth(some(4, 6))
    assert (result.would_clear, result.fewest) == ("", ())
    assert len(result.missing) == 6


def test_gp_breadth_counts_the_two_way_events_with_practices():
    given = facts(
        members=(practice(1),),
        contacts=(contact(2, AS_AT), contact(1, AS_AT, practices=0, lmcs=1)),
    )
    assert judge("gp_breadth", given).events == (2,)
