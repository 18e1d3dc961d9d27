"""Disputes and named exceptions: what becomes of a rule's answer."""

import datetime as dt
from dataclasses import replace

import pytest

from readiness.rules.catalogue import Terms, assess
from readiness.rules.papers import Excepted, Papers
from readiness.rules.states import State
from tests.readiness.rules.builders import (
    AS_AT,
    MAY,
    contact,
    days_before,
    facts,
    heard,
    lmc,
    newsletter,
    part,
    practice,
)

BREADTH = Terms(key="gp_breadth")
PRACTICES = tuple(practice(number) for number in range(1, 6))


def exception(key="gp_breadth", **changes):
    return Excepted(
        **{
            "id": 7,
            "key": key,
            "reason": "Half of the practices merge in October.",
            "approver": "P. Nair",
            "starts_on": days_before(10),
            "expires_on": AS_AT,
            **changes,
        }
    )


def verdict(given, terms=BREADTH):
    (result,) = assess(given, (terms,), AS_AT).results
    return result


def contested(*organisations, members=PRACTICES, **changes):
    """Five practices of which some dispute having been heard."""
    disputed = tuple(part(number, organisation_id=number) for number in organisations)
    return facts(members=members, disputed=disputed, **changes)


@pytest.mark.parametrize(
    ("given", "state"),
    [
        (contested(), "not_met"),
        (contested(1), "not_met"),
        (contested(1, 2), "disputed"),
        (contested(3, members=(*map(heard, PRACTICES[:2]), *PRACTICES[2:])), "met"),
        (contested(9), "not_met"),
    ],
    ids=["none", "not enough", "enough", "met without", "of somebody else"],
)
def test_not_met_is_disputed_where_the_disputed_records_would_make_it_better(given, state):
    assert verdict(given).state == state


def test_a_disputed_result_keeps_its_figure_and_says_what_it_would_be():
    result = verdict(contested(1, 2))
    assert result.figure == "0 of 5 practices; 0% of patients"
    assert result.would_clear.endswith(
        "With the disputed records it would be: 2 of 5 practices; 40% of patients."
    )
    assert result.would_clear.startswith("Hear 2 more practices.")
    assert result.evidence["if_counted"] == {
        "state": "met",
        "figure": "2 of 5 practices; 40% of patients",
    }
    assert result.not_counted == {"disputed": 2}


def test_a_dispute_does_not_touch_what_is_without_data():
    given = facts(disputed=(part(),))
    assert verdict(given).state == State.NO_DATA


@pytest.mark.parametrize(
    ("given", "before"),
    [(facts(members=PRACTICES), "not_met"), (contested(1, 2), "disputed"), (facts(), "no_data")],
    ids=["not met", "disputed", "no data"],
)
def test_an_exception_lets_pass_what_did_not_and_says_what_it_was(given, before):
    unexcepted = verdict(given)
    result = verdict(replace(given, papers=Papers(exceptions=(exception(),))))
    assert (unexcepted.state, result.state) == (before, State.EXCEPTION)
    assert result.evidence == {
        **unexcepted.evidence,
        "without_exception": before,
        "exception": {
            "id": 7,
            "reason": "Half of the practices merge in October.",
            "approver": "P. Nair",
            "expires_on": "2016-09-12",
        },
    }
    assert (result.figure, result.would_clear) == (unexcepted.figure, unexcepted.would_clear)


def test_an_exception_leaves_what_is_met_or_not_applicable_alone():
    papers = Papers(exceptions=(exception(), exception("royal_colleges")))
    met = facts(members=tuple(map(heard, PRACTICES)), papers=papers)
    assert verdict(met).state == State.MET
    assert verdict(met, Terms(key="royal_colleges")).state == State.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("starts", "expires", "state"),
    [
        (AS_AT, AS_AT, "exception"),
        (days_before(-1), days_before(-9), "not_met"),
        (days_before(9), days_before(1), "not_met"),
    ],
    ids=["of this day", "from tomorrow", "until yesterday"],
)
def test_an_exception_holds_from_its_first_day_to_its_last(starts, expires, state):
    given = exception(starts_on=starts, expires_on=expires)
    papers = Papers(exceptions=(given,))
    assert verdict(facts(members=PRACTICES, papers=papers)).state == state


def test_an_exception_of_another_criterion_does_nothing():
    papers = Papers(exceptions=(exception("lmc_reached"),))
    assert verdict(facts(members=PRACTICES, papers=papers)).state == State.NOT_MET


def test_of_two_exceptions_the_one_that_lasts_longer_is_named():
    later = exception(id=3, expires_on=AS_AT + dt.timedelta(1))
    for both in ((exception(), later), (later, exception())):
        result = verdict(facts(members=PRACTICES, papers=Papers(exceptions=both)))
        assert result.evidence["exception"]["id"] == 3


def test_an_excepted_must_is_settled_and_not_met():
    policy = (BREADTH, Terms(key="lmc_reached"), Terms(key="channels", strength="should"))
    papers = Papers(exceptions=(exception(), exception("channels")))
    found = assess(facts(members=(*PRACTICES, heard(lmc(8))), papers=papers), policy, AS_AT)
    assert (found.musts, found.musts_met, found.musts_excepted) == (2, 1, 1)
    assert (found.overall, found.thin) == (State.EXCEPTION, ())


def test_what_is_disputed_is_thin_and_the_worst_but_what_is_not_met():
    policy = (BREADTH, Terms(key="lmc_reached"))
    found = assess(contested(1, 2), policy, AS_AT)
    assert [result.state for result in found.results] == [State.DISPUTED, State.NO_DATA]
    assert (found.overall, found.thin) == (State.DISPUTED, ("gp_breadth",))


def test_a_disputed_meeting_counts_for_nothing_until_it_is_resolved():
    given = facts(members=(lmc(1),), disputed=(part(category="lmc", held_on=MAY),))
    result = verdict(given, Terms(key="lmc_reached"))
    assert (result.state, result.figure) == (State.DISPUTED, "0 of 1 LMC")


def test_what_a_dispute_would_make_better_stays_as_it_was():
    """One newsletter of two is disputed: without it half of the contacts would be two-way."""
    sent = part(3, level="inform", outcome="informed", channel="newsletter")
    told = facts(contacts=(contact(1, MAY, level="involve"), newsletter(2, MAY)), disputed=(sent,))
    depth = Terms(key="gp_depth")
    assert verdict(replace(told, disputed=()), depth).state == State.MET
    result = verdict(told, depth)
    assert (result.state, result.figure) == (
        State.NOT_MET,
        "1 of 3 GP contacts two-way (33%); 1 at involve or above",
    )
