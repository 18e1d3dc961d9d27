"""attestation: the LMCs have answered, and no open dispute waits for a reply."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readiness.rules.builders import AS_AT, days_before, heard, judge, lmc
from tests.readiness.rules.papers import answered, disputed, on_paper

ONE, TWO = lmc(1), lmc(2)
TOMORROW = days_before(-1)
NOBODY = "No LMC was heard yet, so that nobody could be asked"


@pytest.mark.parametrize(
    ("members", "answers", "state", "figure"),
    [
        ((), (), "no_data", "No LMC recorded for this footprint"),
        ((ONE, TWO), (), "no_data", NOBODY),
        ((heard(ONE, TOMORROW),), (), "no_data", NOBODY),
        ((heard(ONE), TWO), (), "not_met", "0 of 1 LMC heard answered"),
        ((heard(ONE), TWO), (answered(1),), "met", "1 of 1 LMC heard answered"),
        ((heard(ONE), TWO), (answered(1, on=TOMORROW),), "not_met", "0 of 1 LMC heard answered"),
        ((heard(ONE), heard(TWO)), (answered(1),), "not_met", "1 of 2 LMCs heard answered"),
        (
            (heard(ONE), heard(TWO)),
            (answered(1), answered(2, 5)),
            "met",
            "2 of 2 LMCs heard answered",
        ),
        (
            (heard(ONE),),
            (answered(1), disputed(1, 4)),
            "not_met",
            "1 of 1 LMC heard answered; 1 open dispute, 1 without a reply: LMC 1",
        ),
        (
            (heard(ONE),),
            (disputed(1, 4, is_replied=True),),
            "met",
            "1 of 1 LMC heard answered; 1 open dispute: LMC 1",
        ),
        (
            (heard(ONE),),
            (disputed(1, 4, is_open=False),),
            "met",
            "1 of 1 LMC heard answered",
        ),
        (
            (heard(ONE),),
            (disputed(1, 4, is_open=False, is_stated=True),),
            "met",
            "1 of 1 LMC heard answered; 1 stated disagreement: LMC 1",
        ),
        (
            (ONE,),
            (disputed(1, 4),),
            "not_met",
            "1 of 1 LMC heard answered; 1 open dispute, 1 without a reply: LMC 1",
        ),
        (
            (ONE,),
            (disputed(7, 4, organisation_name="A surgery", category="gp_practice"),),
            "not_met",
            f"{NOBODY}; 1 open dispute, 1 without a reply: A surgery",
        ),
        (
            (heard(ONE),),
            (answered(1), disputed(1, 4, is_replied=True), disputed(7, 5)),
            "not_met",
            "1 of 1 LMC heard answered; 2 open disputes, 1 without a reply: LMC 1 and LMC 7",
        ),
    ],
    ids=[
        "no LMC",
        "nobody heard",
        "heard tomorrow",
        "heard, silent",
        "answered",
        "answers tomorrow",
        "one of two",
        "both",
        "disputes",
        "dispute replied to",
        "dispute over",
        "stands beside the record",
        "its dispute took it out",
        "a practice disputes, no LMC heard",
        "two disputes",
    ],
)
def test_attestation(members, answers, state, figure):
    result = judge("attestation", on_paper(members=members, answers=answers))
    assert (result.state, result.figure) == (state, figure)
    assert bool(result.would_clear) == (state != "met")


def test_attestation_names_whom_to_ask_and_what_to_reply_to():
    answers = (disputed(7, 5, organisation_name="A surgery"), answered(9))
    given_facts = on_paper(members=(heard(ONE), heard(TWO)), answers=answers)
    result = judge("attestation", given_facts)
    assert result.would_clear == (
        "Ask LMC 1 and LMC 2 to answer the records that name them. Reply to A surgery."
    )
    assert (result.missing, result.fewest, result.events) == ((1, 2), (1, 2), ())
    assert result.evidence == {
        "answered": 0,
        "asked": 2,
        "lmcs": 2,
        "open_disputes": 1,
        "unanswered_disputes": 1,
    }


def test_attestation_counts_stated_disagreements_where_there_are_any():
    answers = (disputed(1, 4, is_open=False, is_stated=True), answered(2))
    result = judge("attestation", on_paper(members=(heard(ONE), heard(TWO)), answers=answers))
    assert result.evidence["stated_disagreements"] == 1


def test_attestation_asks_for_an_lmc_to_be_heard_first():
    result = judge("attestation", on_paper(members=(ONE,)))
    assert result.would_clear == "Hear an LMC, then ask it whether the record is right."


def test_attestation_shows_the_events_answered_once_in_the_order_of_the_answers():
    answers = (
        answered(1, 3),
        answered(2, 3, on=days_before(1)),
        answered(1, 8, on=days_before(9)),
        answered(7, 6),
    )
    members = (heard(ONE), heard(TWO))
    assert judge("attestation", on_paper(members=members, answers=answers)).events == (8, 3)


answers_given = st.lists(
    st.builds(
        answered,
        st.integers(1, 4),
        st.integers(1, 5),
        on=st.dates(days_before(30), days_before(-3)),
        disputed=st.booleans(),
        is_open=st.booleans(),
        is_replied=st.booleans(),
    ),
    max_size=6,
)
GOODNESS = {"not_met": 0, "no_data": 1, "met": 2}


@given(answers_given, st.lists(st.booleans(), min_size=3, max_size=3), st.data())
def test_a_confirmation_or_a_reply_never_makes_it_worse_and_order_never_matters(
    found, reached, data
):
    members = [heard(lmc(n + 1)) if flag else lmc(n + 1) for n, flag in enumerate(reached)]

    def of(answers):
        return judge("attestation", on_paper(members=members, answers=tuple(answers)))

    before = of(found)
    assert of(data.draw(st.permutations(found))) == before
    confirmed = of([*found, answered(data.draw(st.integers(1, 3)), 9, on=AS_AT)])
    replied = of([replace(answer, is_replied=True) for answer in found])
    for after in (confirmed, replied):
        assert GOODNESS[after.state] >= GOODNESS[before.state]
