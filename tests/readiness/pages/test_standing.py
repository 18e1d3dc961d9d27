"""Where a plan stands, and the sentence that says it."""

from dataclasses import dataclass

import pytest

from readiness.presenters.standing import met_words, standing, verdict


@dataclass(frozen=True)
class Line:
    key: str
    is_must: bool = True


MUSTS = [Line(f"must{number}") for number in range(8)]
SHOULDS = [Line("channels", is_must=False), Line("system_partners", is_must=False)]


def states(**numbers: int) -> dict[str, str]:
    """So many musts in each state, the rest met."""
    given = [state for state, number in numbers.items() for _ in range(number)]
    given += ["met"] * (len(MUSTS) - len(given))
    return {line.key: state for line, state in zip(MUSTS, given, strict=True)}


@pytest.mark.parametrize(
    ("numbers", "sentence", "kind"),
    [
        ({}, "Ready to sign off: every must is met.", "good"),
        ({"not_met": 1}, "Not ready to sign off: 1 of 8 musts is not met.", "bad"),
        (
            {"not_met": 4, "no_data": 1},
            "Not ready to sign off: 4 of 8 musts are not met and 1 has no data.",
            "bad",
        ),
        ({"no_data": 2}, "Not ready to sign off: 2 of 8 musts have no data.", "bad"),
        (
            {"not_met": 6, "disputed": 1, "no_data": 1},
            "Not ready to sign off: 6 of 8 musts are not met, 1 is disputed and 1 has no data.",
            "bad",
        ),
        ({"disputed": 2}, "Not ready to sign off: 2 of 8 musts are disputed.", "disputed"),
        (
            {"disputed": 1, "no_data": 2},
            "Not ready to sign off: 1 of 8 musts is disputed and 2 have no data.",
            "bad",
        ),
        (
            {"exception": 1},
            "Ready to sign off: 7 of 8 musts are met and 1 is let pass by exception.",
            "good",
        ),
        (
            {"exception": 2, "not_met": 1},
            "Not ready to sign off: 1 of 8 musts is not met.",
            "bad",
        ),
        (
            {"exception": 8},
            "Ready to sign off: each of 8 musts is let pass by exception.",
            "good",
        ),
        ({"not_applicable": 3}, "Ready to sign off: every must is met.", "good"),
        (
            {"not_applicable": 7, "not_met": 1},
            "Not ready to sign off: 1 of 1 must is not met.",
            "bad",
        ),
        (
            {"not_applicable": 8},
            "Nothing can be tested yet: no must applies today.",
            "neutral",
        ),
    ],
)
def test_verdict_says_what_is_missing(numbers, sentence, kind):
    stands = standing(states(**numbers), MUSTS)

    assert verdict(stands) == sentence
    assert stands.kind == kind


def test_standing_a_criterion_without_a_result_has_no_data():
    stands = standing({}, MUSTS)

    assert (stands.no_data, stands.musts, stands.is_ready) == (8, 8, False)


def test_standing_counts_shoulds_apart():
    stands = standing({"channels": "met", "system_partners": "not_met"}, SHOULDS)

    assert (stands.shoulds_met, stands.shoulds, stands.musts) == (1, 2, 0)


@pytest.mark.parametrize(
    ("key", "state", "thin"),
    [
        ("lmc_reached", "not_met", True),
        ("locality_spread", "not_met", True),
        ("lmc_reached", "disputed", True),
        ("lmc_reached", "exception", False),
        ("recent", "no_data", False),
        ("gp_seat", "not_met", False),
    ],
)
def test_thin_engagement_is_the_failing_of_one_of_its_criteria(key, state, thin):
    assert standing({key: state}, [Line(key)]).is_thin is thin


@pytest.mark.parametrize(
    ("numbers", "words"),
    [({}, "8 of 8 met"), ({"not_met": 3, "exception": 1}, "4 of 8 met, 1 by exception")],
)
def test_what_is_let_pass_is_counted_beside_what_is_met(numbers, words):
    assert met_words(standing(states(**numbers), MUSTS)) == words


def test_worst_first_puts_disputes_between_not_met_and_no_data():
    order = [{"not_met": 1}, {"disputed": 3}, {"disputed": 1}, {"no_data": 8}, {"exception": 2}, {}]

    keys = [standing(states(**numbers), MUSTS).worst_first for numbers in order]

    assert keys == sorted(keys)


def test_worst_first_puts_not_met_before_no_data():
    worse = standing(states(not_met=2), MUSTS)
    better = standing(states(not_met=1, no_data=5), MUSTS)

    assert worse.worst_first < better.worst_first
