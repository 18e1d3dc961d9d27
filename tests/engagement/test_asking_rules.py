"""Whom a record is put to, and what a link is good for: tables of cases, no database."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.models import Status
from engagement.rules.asking import ASKED_WHEN, Facts, whom_to_ask
from engagement.rules.links import (
    SENDS,
    LinkFacts,
    LinkState,
    link_state,
    may_be_sent_again,
)

NOW = dt.datetime(2016, 5, 12, 14, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
LMC, PRACTICE, CCG = 1, 2, 3
CAME = frozenset({(None, "provider", "attended")})
APOLOGISED = frozenset({(None, "provider", "apologised")})
FACTS = Facts(
    held_on=dt.date(2016, 5, 10),
    channel="meeting",
    level="consult",
    status="happened",
    parts={LMC: CAME, PRACTICE: CAME},
    points={LMC: ("No money",)},
)
BOTH_OPEN = {LMC: True, PRACTICE: True}


def changed(**differs):
    return replace(FACTS, **differs)


def test_the_statuses_are_those_of_the_model():
    assert set(Status.values) > ASKED_WHEN


@pytest.mark.parametrize(
    ("facts", "before", "asked", "disputing", "expected"),
    [
        pytest.param(FACTS, None, {}, (), ({LMC, PRACTICE}, set(), set()), id="new"),
        pytest.param(changed(status="tried"), None, {}, (), ({LMC, PRACTICE}, set(), set()), id="tried"),
        pytest.param(changed(status="planned"), None, {}, (), (set(), set(), set()), id="planned"),
        pytest.param(changed(status="cancelled"), None, {}, (), (set(), set(), set()), id="cancelled"),
        pytest.param(FACTS, None, BOTH_OPEN, (), (set(), set(), set()), id="nothing new"),
        pytest.param(FACTS, FACTS, BOTH_OPEN, (), (set(), set(), set()), id="title changed"),
        pytest.param(FACTS, FACTS, BOTH_OPEN, {LMC}, (set(), {LMC}, set()), id="disputed, title changed"),
        pytest.param(
            FACTS, changed(status="planned"), {}, (), ({LMC, PRACTICE}, set(), set()), id="it happened"
        ),
        *[
            pytest.param(FACTS, changed(**was), BOTH_OPEN, (), (set(), {LMC, PRACTICE}, set()), id=name)
            for name, was in {
                "day": {"held_on": dt.date(2016, 5, 9)},
                "channel": {"channel": "email"},
                "level": {"level": "inform"},
                "status": {"status": "tried"},
            }.items()
        ],
        pytest.param(
            FACTS,
            changed(parts={LMC: APOLOGISED, PRACTICE: CAME}),
            BOTH_OPEN, (), (set(), {LMC}, set()), id="one's part",
        ),
        pytest.param(
            FACTS, changed(points={}), BOTH_OPEN, (), (set(), {LMC}, set()), id="one's points"
        ),
        pytest.param(
            changed(parts={LMC: CAME, CCG: CAME}),
            FACTS, BOTH_OPEN, (), ({CCG}, set(), {PRACTICE}), id="one for another",
        ),
        pytest.param(
            FACTS,
            changed(parts={LMC: CAME}),
            {LMC: True, PRACTICE: False}, (), (set(), {PRACTICE}, set()), id="named anew",
        ),
        pytest.param(
            changed(status="cancelled"), FACTS, BOTH_OPEN, (), (set(), set(), {LMC, PRACTICE}), id="called off after all",
        ),
        pytest.param(
            changed(status="cancelled"), FACTS, BOTH_OPEN, {LMC}, (set(), {LMC}, {PRACTICE}), id="called off after a dispute",
        ),
        pytest.param(
            changed(withdrawn=True), FACTS, {LMC: True, PRACTICE: False}, {LMC}, (set(), set(), {LMC}), id="withdrawn",
        ),
    ],
)  # fmt: skip
def test_whom_to_ask(facts, before, asked, disputing, expected):
    asking = whom_to_ask(facts, before=before, asked=asked, disputing=disputing)

    assert (asking.first, asking.again, asking.over) == expected


OPEN = LinkFacts(expires_at=NOW + HOUR)


@pytest.mark.parametrize(
    ("differs", "state"),
    [
        ({}, "open"),
        ({"sends": SENDS}, "open"),
        ({"expires_at": NOW}, "expired"),
        ({"expires_at": NOW - HOUR}, "expired"),
        ({"is_answered": True}, "answered"),
        ({"is_revoked": True}, "revoked"),
        ({"is_of_this_round": False, "is_revoked": True}, "superseded"),
        ({"is_closed": True, "is_revoked": True}, "closed"),
        ({"is_used": True, "is_answered": True}, "used"),
        ({"is_used": True, "expires_at": NOW - HOUR, "is_of_this_round": False}, "used"),
        ({"is_newest": False}, "replaced"),
        ({"is_entitled": False}, "ended"),
        ({"is_entitled": False, "is_used": True}, "ended"),
    ],
)
def test_what_a_link_is_good_for(differs, state):
    assert link_state(replace(OPEN, **differs), now=NOW) == state


@given(
    st.builds(
        LinkFacts,
        expires_at=st.sampled_from([NOW - HOUR, NOW, NOW + HOUR]),
        sends=st.integers(1, SENDS),
        is_newest=st.booleans(),
        is_used=st.booleans(),
        is_answered=st.booleans(),
        is_revoked=st.booleans(),
        is_of_this_round=st.booleans(),
        is_closed=st.booleans(),
        is_entitled=st.booleans(),
    )
)
def test_a_link_is_open_only_where_nothing_speaks_against_it(facts):
    nothing = facts == replace(OPEN, sends=facts.sends)

    assert (link_state(facts, now=NOW) == LinkState.OPEN) is nothing


@pytest.mark.parametrize("state", LinkState)
@pytest.mark.parametrize("sends", range(1, SENDS + 2))
def test_three_times_more_and_only_what_waits_for_an_answer(state, sends):
    allowed = state in {"open", "expired"} and sends <= 3

    assert may_be_sent_again(state, sends) is allowed
