"""What was seen and left out: the same reasons for every criterion that counts contacts."""

import pytest

from readiness.rules.catalogue import CRITERIA
from readiness.rules.counting import not_counted
from readiness.rules.papers import Papers
from tests.readiness.rules.builders import (
    AS_AT,
    DRAFTING,
    MAY,
    OPTIONS,
    SET_UP,
    START,
    contact,
    days_before,
    facts,
    heard,
    judge,
    lmc,
    newsletter,
    part,
    practice,
    proxy,
)

COUNTING_CONTACTS = (
    *("lmc_reached", "no_proxy", "gp_breadth", "locality_spread", "gp_depth"),
    *("early_throughout", "recent", "channels"),
)


@pytest.mark.parametrize(
    ("contacts", "reasons"),
    [
        ((), {}),
        ((contact(1, MAY),), {}),
        ((newsletter(1, MAY), newsletter(2, MAY)), {"inform_only": 2}),
        ((contact(1, MAY, level="inform"),), {"inform_only": 1}),
        ((proxy(1, MAY),), {"commissioner_capacity": 1}),
        ((contact(1, MAY, proxy=1),), {}),
        ((contact(1, MAY, own=0, proxy=1, told=1),), {"inform_only": 1}),
        ((newsletter(1, days_before(-1)), proxy(2, days_before(-1))), {}),
    ],
    ids=["nobody", "heard", "told", "met and told", "proxy", "both", "proxy and told", "tomorrow"],
)
def test_contacts_that_never_count(contacts, reasons):
    assert not_counted(facts(contacts=contacts), AS_AT) == reasons


@pytest.mark.parametrize(
    ("day", "reasons"),
    [
        (days_before(1, START), {"outside_period": 1}),
        (SET_UP.starts_on, {}),
        (days_before(-1, SET_UP.ends_on), {"outside_phases": 1}),
    ],
)
def test_contacts_outside_the_phases_are_named_where_phases_matter(day, reasons):
    given = facts(contacts=(contact(1, day), newsletter(2, SET_UP.ends_on)), phases=(SET_UP,))
    assert not_counted(given, AS_AT, in_phases=True) == {**reasons, "inform_only": 1}
    assert not_counted(given, AS_AT) == {"inform_only": 1}


def test_without_a_start_nothing_lies_before_it():
    given = facts(contacts=(contact(1, MAY),), starts_on=None)
    assert not_counted(given, AS_AT, in_phases=True) == {"outside_phases": 1}


@pytest.mark.parametrize(
    ("disputed", "number"),
    [
        ((), 0),
        ((part(),), 1),
        ((part(), part(organisation_id=2)), 1),
        ((part(), part(2)), 2),
        ((part(category="lmc"),), 0),
        ((part(capacity="commissioner"),), 0),
        ((part(level="inform"),), 0),
        ((part(outcome="no_show"),), 0),
        ((part(held_on=days_before(-1)),), 0),
    ],
    ids=[
        *("none", "one", "two in one event", "two events", "another category", "not its voice"),
        *("only told", "not there", "tomorrow"),
    ],
)
def test_disputed_events_are_those_that_would_have_heard_somebody(disputed, number):
    found = not_counted(facts(disputed=disputed), AS_AT, of={"gp_practice"})
    assert found == ({"disputed": number} if number else {})


@pytest.mark.parametrize("key", COUNTING_CONTACTS)
def test_every_criterion_that_counts_contacts_names_everything_it_left_out(key):
    given = facts(
        members=(heard(practice(1), MAY), heard(lmc(2), MAY)),
        contacts=(contact(1, MAY, lmcs=1), newsletter(2, MAY), proxy(3, MAY)),
        phases=(SET_UP, OPTIONS, DRAFTING),
        disputed=(part(4), part(5, organisation_id=2, category="lmc")),
        papers=Papers(withdrawn=3),
    )
    reasons = {
        "inform_only": 1,
        "commissioner_capacity": 1,
        "disputed": 1 if key in {"lmc_reached", "gp_breadth", "locality_spread"} else 2,
        "withdrawn": 3,
    }
    if key == "gp_depth":  # it counts what only informed, on the other side of its share
        del reasons["inform_only"]
    assert judge(key, given).not_counted == reasons


@pytest.mark.parametrize("key", CRITERIA)
def test_no_criterion_invents_a_reason(key):
    assert judge(key, facts()).not_counted == {}
