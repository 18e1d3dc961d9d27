"""Where a plan stands, and the sentence that says it."""

from dataclasses import dataclass

import pytest

from readiness.presenters.standing import standing, verdict


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
        ("recent", "no_data", False),
        ("gp_seat", "not_met", False),
    ],
)
def test_thin_engagement_is_the_failing_of_one_of_its_criteria(key, state, thin):
    assert standing({key: state}, [Line(key)]).is_thin is thin


def test_worst_first_puts_not_met_before_no_data():
    worse = standing(states(not_met=2), MUSTS)
    better = standing(states(not_met=1, no_data=5), MUSTS)

    assert worse.worst_first < better.worst_first
