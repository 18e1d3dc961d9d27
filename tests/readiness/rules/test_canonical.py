"""One text for one set of facts, and the facts again out of the text."""

import datetime as dt
import json
import random
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.rules.canonical import canonical, digest, made, plain
from readiness.rules.facts import Facts
from readiness.rules.papers import Consultation, Excepted, Papers, Version
from readiness.rules.states import State
from tests.readiness.rules.builders import AS_AT, DRAFTING, contact, facts, heard, lmc, practice

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.dates(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(values)
def test_the_text_says_the_value_and_nothing_of_its_making(value):
    text = canonical(value)
    assert json.loads(text) == plain(value)
    assert canonical(json.loads(text)) == text


@given(st.dictionaries(st.text(), st.integers(), min_size=2), st.randoms())
def test_the_order_in_which_keys_came_leaves_no_trace(value, dice: random.Random):
    keys = list(value)
    dice.shuffle(keys)
    assert canonical({key: value[key] for key in keys}) == canonical(value)


def test_the_form_is_fixed():
    text = canonical(
        {"ü": (State.MET, dt.date(2016, 4, 3)), "b": {"x": None}, "a": frozenset("zy")}
    )
    assert text == '{"a":["y","z"],"b":{"x":null},"ü":["met","2016-04-03"]}'
    assert digest(text) == "6ed262fc9ea54688c3c4fe2a5457c5df6f544cce3f74a243968f15ef5ee446ac"


@pytest.mark.parametrize("value", [object(), b"bytes", 1j])
def test_what_has_no_form_is_refused(value):
    with pytest.raises(TypeError):
        canonical({"here": value})


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_json_does_not_know_is_refused(value):
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical(value)


def test_facts_come_back_as_they_were():
    known = facts(
        members=(heard(practice(1)), lmc(9)),
        contacts=(contact(4, AS_AT),),
        phases=(DRAFTING,),
        papers=Papers(
            versions=(Version(id=1, title="Draft", dated_on=AS_AT, mentions={"lmc": 2}),),
            consultations=(
                Consultation(
                    title="Beds", is_formal=True, opens_on=AS_AT, closes_on=AS_AT,
                    working_days=1, pack_lacking=("costs",),
                ),
            ),
            exceptions=(
                Excepted(
                    id=3, key="recent", reason="Rural", approver="A", starts_on=AS_AT,
                    expires_on=AS_AT,
                ),
            ),
            withdrawn=2,
        ),
    )  # fmt: skip
    assert made(Facts, json.loads(canonical(known))) == known


@dataclass(frozen=True)
class Older:
    """What a former release froze: it had a field that is gone and lacked one that came."""

    plan_id: int
    code: str
    plan_type: str
    mood: str = "fair"
    members: tuple = field(default_factory=tuple)


def test_a_snapshot_of_another_release_can_be_read():
    frozen = plain(Older(plan_id=1, code="gm", plan_type="stp_2016"))
    assert made(Facts, frozen) == Facts(plan_id=1, code="gm", plan_type="stp_2016")
