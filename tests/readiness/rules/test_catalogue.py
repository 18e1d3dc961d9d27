"""A whole assessment by a policy, and the checking of its thresholds."""

import pytest

from readiness.models.decisions import Subject
from readiness.rules.catalogue import CRITERIA, FIGURE_LENGTH, Terms, assess, thresholds
from readiness.rules.judging import BOX_NAMES
from readiness.rules.states import State, worst
from readiness.rules.wording import GROUP_NAMES
from stakeholders.models import Category
from tests.readiness.rules.builders import AS_AT, contact, facts, heard, judge, lmc, practice

NOTHING_ASKED = {"royal_colleges", "cross_boundary", "feedback_published", "commitments"}
"""Criteria that ask for nothing until something is recorded that calls for it."""

EVERY_CRITERION = tuple(Terms(key=key) for key in CRITERIA)


@pytest.mark.parametrize("key", CRITERIA)
def test_a_plan_with_nothing_recorded_is_never_met(key):
    result = judge(key, facts())
    assert result.key == key
    assert result.figure
    if key in NOTHING_ASKED:
        assert (result.state, result.would_clear) == (State.NOT_APPLICABLE, "")
    else:
        assert result.state in {State.NOT_MET, State.NO_DATA}
        assert result.would_clear


def test_assess_keeps_the_order_of_the_policy():
    policy = (Terms(key="recent"), Terms(key="channels"), Terms(key="gp_depth"))
    results = assess(facts(), policy, AS_AT).results
    assert [result.key for result in results] == ["recent", "channels", "gp_depth"]


def test_assess_is_as_good_as_its_worst_must_and_ignores_shoulds():
    given = facts(contacts=(contact(1, AS_AT),))
    policy = (Terms(key="recent"), Terms(key="channels", strength="should"))
    found = assess(given, policy, AS_AT)
    assert (found.overall, found.musts, found.musts_met) == ("met", 1, 1)
    found = assess(given, (Terms(key="recent"), Terms(key="channels")), AS_AT)
    assert (found.overall, found.musts, found.musts_met) == ("not_met", 2, 1)


def test_assess_lists_thin_engagement_in_the_order_of_the_policy():
    given = facts(members=(lmc(1), practice(2)))
    found = assess(
        given, (Terms(key="gp_breadth"), Terms(key="channels"), Terms(key="lmc_reached")), AS_AT
    )
    assert found.thin == ("gp_breadth", "lmc_reached")


def test_assess_uses_the_thresholds_of_the_policy():
    given = facts(members=(heard(practice(1)), practice(2), practice(3)))
    policy = (Terms(key="gp_breadth", parameters={"amber_below": 30}),)
    assert assess(given, policy, AS_AT).overall == State.MET


def test_assess_keeps_figures_within_what_is_stored():
    members = tuple(practice(n, locality=f"L{n}") for n in range(3))
    for result in assess(facts(members=members), EVERY_CRITERION, AS_AT).results:
        assert len(result.figure) <= FIGURE_LENGTH


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"amber": 3}, "gp_breadth has no parameter amber; it has amber_below, red_below."),
        ({"amber_below": "forty"}, "gp_breadth: amber_below cannot be 'forty'."),
        ({"amber_below": True}, "gp_breadth: amber_below cannot be True."),
        ({"amber_below": -1}, "gp_breadth: amber_below cannot be -1."),
        ({"red_below": 101}, "gp_breadth: red_below cannot be 101."),
    ],
)
def test_thresholds_refuses_what_the_rule_cannot_use(parameters, message):
    with pytest.raises(ValueError, match=message):
        thresholds("gp_breadth", parameters)


@pytest.mark.parametrize(
    ("key", "parameters"),
    [
        ("system_partners", {"groups": [1]}),
        ("required_groups", {"groups": "lmc"}),
        ("required_groups", {"groups": []}),
        ("required_groups", {"groups": ["lmcs"]}),
        ("required_groups", {"groups": ["lmc", "lmc"]}),
        ("omission", {"categories": ["general practice"]}),
        ("gpfv_delivery", {"boxes": ["workload"]}),
        ("hwb", {"must_lead": 2}),
        ("engagement_plan", {"minimum_percent": 101}),
    ],
)
def test_thresholds_refuses_words_and_numbers_that_would_never_be_met(key, parameters):
    (name,) = parameters
    with pytest.raises(ValueError, match=f"{key}: {name} cannot be"):
        thresholds(key, parameters)


@pytest.mark.parametrize("key", CRITERIA)
def test_every_default_is_one_that_a_policy_may_set(key):
    defaults = CRITERIA[key].defaults
    assert thresholds(key, dict(defaults)) == defaults


def test_every_category_and_every_subject_of_a_judgement_has_words():
    assert set(GROUP_NAMES) == set(Category.values)
    assert set(BOX_NAMES) == set(Subject.values)


@pytest.mark.parametrize(
    ("states", "overall"),
    [
        ((), "not_applicable"),
        (("met", "not_applicable"), "met"),
        (("met", "no_data"), "no_data"),
        (("no_data", "not_met", "met"), "not_met"),
    ],
)
def test_worst(states, overall):
    assert worst([State(state) for state in states]) == overall
