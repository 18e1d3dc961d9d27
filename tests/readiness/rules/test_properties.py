"""What holds for every footprint and every history, not only for those in the tables."""

import datetime as dt
from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from readiness.rules.catalogue import CRITERIA, Terms, assess
from readiness.rules.facts import HEARD, INFORMED, TWO_WAY_LEVELS, Contact
from readiness.rules.states import State
from tests.readiness.rules.builders import (
    AS_AT,
    DRAFTING,
    OPTIONS,
    SET_UP,
    START,
    facts,
    judge,
    lmc,
    practice,
)

POLICY = tuple(Terms(key=key) for key in CRITERIA)
GOODNESS = {State.NOT_MET: 0, State.NO_DATA: 1, State.MET: 2, State.NOT_APPLICABLE: 2}

ASKS_WHO_WAS_HEARD = "attestation"
"""An LMC that has only just been heard owes an answer, and owed none before."""


@dataclass(frozen=True)
class Meeting:
    """One organisation met once, in its own voice."""

    organisation: int
    held_on: dt.date
    level: str
    channel: str


days = st.dates(START - dt.timedelta(days=20), AS_AT + dt.timedelta(days=20))
practices = st.lists(
    st.tuples(st.sampled_from(["A", "B", "C", None]), st.none() | st.integers(0, 20_000)),
    max_size=12,
).map(lambda rows: [practice(n, locality=p, patients=s) for n, (p, s) in enumerate(rows)])
FIRST_LMC = 100
registers = st.tuples(practices, st.integers(0, 3)).map(
    lambda pair: pair[0] + [lmc(FIRST_LMC + n) for n in range(pair[1])]
)


def meetings_with(register, levels=("inform", "consult", "involve")):
    return st.builds(
        Meeting,
        organisation=st.sampled_from([member.id for member in register]),
        held_on=days,
        level=st.sampled_from(levels),
        channel=st.sampled_from(["meeting", "survey", "webinar", "phone"]),
    )


@st.composite
def histories(draw, *, least=0):
    register = draw(registers.filter(bool))
    held = draw(st.lists(meetings_with(register), min_size=least, max_size=8))
    return register, held


def told(register, held):
    """The facts of the footprint after these meetings, as the queries would find them."""
    categories = {member.id: member.category for member in register}
    contacts = tuple(_contact(number, row, categories) for number, row in enumerate(held))
    members = tuple(_reached(member, held) for member in register)
    phases = (SET_UP, OPTIONS, DRAFTING)
    return facts(members=members, contacts=contacts, phases=phases)


def _contact(number, row, categories):
    category = categories[row.organisation]
    return Contact(
        event_id=number,
        title="",
        held_on=row.held_on,
        channel=row.channel,
        level=row.level,
        own=1,
        practices=int(category == "gp_practice"),
        lmcs=int(category == "lmc"),
    )


def _reached(member, held):
    days_met = [row.held_on for row in held if row.organisation == member.id]
    heard = [
        row.held_on for row in held if row.organisation == member.id and row.level in TWO_WAY_LEVELS
    ]
    if heard:
        return replace(member, rung=HEARD, first_heard=min(heard), last_heard=max(heard))
    return replace(member, rung=INFORMED if days_met else 0)


@given(st.data())
def test_hearing_one_more_practice_never_makes_any_verdict_worse(data):
    register, held = data.draw(histories())
    one_more = data.draw(meetings_with(register, levels=("consult", "involve")))
    before = assess(told(register, held), POLICY, AS_AT)
    after = assess(told(register, [*held, one_more]), POLICY, AS_AT)
    heard_an_lmc = one_more.organisation >= FIRST_LMC
    for old, new in zip(before.results, after.results, strict=True):
        if heard_an_lmc and new.key == ASKS_WHO_WAS_HEARD:
            continue
        assert GOODNESS[new.state] >= GOODNESS[old.state], (old, new)
    assert after.musts_met >= before.musts_met


@given(st.data())
def test_order_never_matters(data):
    register, held = data.draw(histories())
    given_facts = told(register, held)
    shuffled = replace(
        given_facts,
        members=tuple(data.draw(st.permutations(given_facts.members))),
        contacts=tuple(data.draw(st.permutations(given_facts.contacts))),
        phases=tuple(data.draw(st.permutations(given_facts.phases))),
    )
    assert assess(shuffled, POLICY, AS_AT) == assess(given_facts, POLICY, AS_AT)


@given(st.data())
def test_what_lies_ahead_changes_nothing(data):
    register, held = data.draw(histories())
    past = [row for row in held if row.held_on <= AS_AT]
    ahead = assess(told(register, held), POLICY, AS_AT)
    behind = assess(told(register, past), POLICY, AS_AT)
    assert [(r.state, r.figure) for r in ahead.results] == [
        (r.state, r.figure) for r in behind.results
    ]


@given(histories(), histories())
def test_a_merged_footprint_counts_what_its_two_parts_count(one, other):
    first, second = told(*one).members, told(*other).members
    moved = tuple(replace(member, id=member.id + 1000, code=f"Z{member.code}") for member in second)
    counted = ("heard", "practices", "patients_heard", "patients", "list_unknown")

    def counts(members):
        evidence = judge("gp_breadth", facts(members=members)).evidence
        return [evidence.get(name, 0) for name in counted]

    parts = [a + b for a, b in zip(counts(first), counts(moved), strict=True)]
    assert counts(first + moved) == parts


@given(practices.filter(bool), st.integers(1, 100))
def test_the_fewest_reach_the_threshold_and_one_fewer_does_not(register, minimum):
    missing = judge("gp_breadth", facts(members=tuple(register)), amber_below=minimum)
    if not missing.evidence["patients"]:
        return

    def after(ids):
        members = tuple(
            replace(member, rung=HEARD) if member.id in ids else member for member in register
        )
        return judge("gp_breadth", facts(members=members), amber_below=minimum).state

    assert after(missing.fewest) == State.MET
    assert after(missing.fewest[:-1]) != State.MET
