"""lmc_reached: every LMC whose area overlaps the footprint."""

import pytest

from readiness.rules.facts import ATTEMPTED, INFORMED
from tests.readiness.rules.builders import (
    AS_AT,
    contact,
    days_before,
    facts,
    heard,
    judge,
    lmc,
    newsletter,
    proxy,
)


@pytest.mark.parametrize(
    ("silent", "reached", "percent", "state", "figure"),
    [
        (0, 0, 100, "no_data", "No LMC recorded for this footprint"),
        (3, 0, 100, "not_met", "0 of 3 LMCs"),
        (1, 2, 100, "not_met", "2 of 3 LMCs"),
        (0, 1, 100, "met", "1 of 1 LMC"),
        (0, 3, 100, "met", "3 of 3 LMCs"),
        (1, 1, 51, "not_met", "1 of 2 LMCs"),
        (1, 1, 50, "met", "1 of 2 LMCs"),
    ],
    ids=["none recorded", "nobody", "below", "one of one", "all", "below half", "at half"],
)
def test_lmc_reached_counts_lmcs_heard(silent, reached, percent, state, figure):
    members = [lmc(n) for n in range(silent)] + [heard(lmc(50 + n)) for n in range(reached)]
    result = judge("lmc_reached", facts(members=tuple(members)), minimum_percent=percent)
    assert (result.state, result.figure) == (state, figure)


@pytest.mark.parametrize("rung", [INFORMED, ATTEMPTED])
def test_lmc_reached_needs_more_than_telling_or_trying(rung):
    assert judge("lmc_reached", facts(members=(lmc(1, rung=rung),))).state == "not_met"


def test_lmc_reached_ignores_what_lies_ahead():
    tomorrow = days_before(-1)
    assert judge("lmc_reached", facts(members=(heard(lmc(1), tomorrow),))).state == "not_met"


def test_lmc_reached_names_those_to_hear_and_stops_at_three():
    result = judge("lmc_reached", facts(members=tuple(lmc(n) for n in range(6))))
    assert result.would_clear == "Hear LMC 0, LMC 1, LMC 2 and 3 more."
    assert result.missing == result.fewest == (0, 1, 2, 3, 4, 5)


def test_lmc_reached_names_as_few_as_the_share_needs():
    members = (heard(lmc(0)), *(lmc(n) for n in range(1, 5)))
    result = judge("lmc_reached", facts(members=members), minimum_percent=60)
    assert (result.missing, result.fewest) == ((1, 2, 3, 4), (1, 2))
    assert result.would_clear == "Hear 2 more of: LMC 1, LMC 2, LMC 3 and LMC 4."


def test_lmc_reached_counts_only_meetings_with_an_lmc_and_says_what_it_left_out():
    given = facts(
        members=(heard(lmc(1)),),
        contacts=(
            contact(1, AS_AT),
            contact(2, AS_AT, lmcs=1),
            newsletter(3, AS_AT),
            proxy(4, AS_AT),
        ),
    )
    result = judge("lmc_reached", given)
    assert result.events == (2,)
    assert result.not_counted == {"inform_only": 1, "commissioner_capacity": 1}
