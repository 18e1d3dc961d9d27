"""consultation_triage and formal_consultation: whether to consult formally, and how it was done."""

import pytest

from readiness.rules.canonical import made, plain
from readiness.rules.papers import Consultation
from readiness.rules.wording import NEEDS_EXCEPTION
from tests.readiness.rules.builders import AS_AT, days_before, judge
from tests.readiness.rules.papers import consultation, on_paper, triage

TOMORROW, YESTERDAY = days_before(-1), days_before(1)
DECIDE = "Decide whether a formal consultation is needed; record when, why and who decided."


@pytest.mark.parametrize(
    ("triages", "state", "figure"),
    [
        ((), "not_met", "Nobody has decided whether a formal consultation is needed"),
        (
            (triage(TOMORROW),),
            "not_met",
            "Nobody has decided whether a formal consultation is needed",
        ),
        (
            (triage(AS_AT),),
            "met",
            "Formal consultation not needed: decided on 12 September 2016 by The board",
        ),
        (
            (triage(AS_AT, needed=True), triage(YESTERDAY), triage(TOMORROW)),
            "met",
            "Formal consultation needed: decided on 12 September 2016 by The board",
        ),
    ],
    ids=["none", "tomorrow", "today", "the newest by the day"],
)
def test_consultation_triage(triages, state, figure):
    result = judge("consultation_triage", on_paper(triages=triages))
    assert (result.state, result.figure) == (state, figure)
    assert result.would_clear == (DECIDE if state == "not_met" else "")
    assert result == judge("consultation_triage", on_paper(triages=triages[::-1]))


UNNEEDED = "No formal consultation is needed, as decided on 12 September 2016"
NONE_OPEN = "A formal consultation is needed and none has opened"
UNKNOWN = "Not known whether a formal consultation is needed"
INFORMAL = consultation(is_formal=False, options_open=False)
AHEAD = consultation(opens_on=TOMORROW, closes_on=days_before(-40))
FULL = "4 of 4 principles"


@pytest.mark.parametrize(
    ("triages", "held", "state", "figure"),
    [
        ((), (), "no_data", UNKNOWN),
        ((triage(TOMORROW),), (), "no_data", UNKNOWN),
        ((), (INFORMAL,), "no_data", UNKNOWN),
        ((triage(),), (), "not_applicable", UNNEEDED),
        ((triage(),), (INFORMAL,), "not_applicable", UNNEEDED),
        ((triage(needed=True),), (), "not_met", NONE_OPEN),
        ((triage(needed=True),), (INFORMAL, AHEAD), "not_met", NONE_OPEN),
        ((triage(needed=True), triage()), (), "not_met", NONE_OPEN),
        ((triage(YESTERDAY, needed=True), triage()), (), "not_applicable", UNNEEDED),
        ((triage(needed=True),), (consultation(),), "met", FULL),
        ((), (consultation(),), "met", FULL),
        ((triage(),), (consultation(),), "met", FULL),
    ],
    ids=[
        "nothing known",
        "decided tomorrow",
        "an informal one",
        "not needed",
        "not needed, an informal one",
        "needed",
        "needed, an informal one and one ahead",
        "both on one day",
        "no longer needed",
        "needed and held",
        "held without a triage",
        "held though not needed",
    ],
)
def test_formal_consultation_is_asked_for_by_the_triage(triages, held, state, figure):
    result = judge("formal_consultation", on_paper(triages=triages, consultations=held))
    assert (result.state, result.figure) == (state, figure)
    assert bool(result.would_clear) == (state in {"no_data", "not_met"})


DECIDED = {"report_on": days_before(3), "decision_on": days_before(2)}
STILL_OPEN = {"closes_on": AS_AT, "themes": 0, "themes_answered": 0}


@pytest.mark.parametrize(
    ("changes", "state", "figure"),
    [
        (STILL_OPEN, "met", "3 of 3 principles"),
        (STILL_OPEN | {"decision_on": TOMORROW}, "met", "3 of 3 principles"),
        ({"decision_on": TOMORROW}, "met", "4 of 4 principles"),
        (DECIDED, "met", "5 of 5 principles"),
        (DECIDED | {"report_on": days_before(2)}, "met", "5 of 5 principles"),
        (
            {"options_open": False},
            "not_met",
            "3 of 4 principles; options not recorded as open",
        ),
        (
            DECIDED | {"decision_on": days_before(4)},
            "not_met",
            "4 of 5 principles; reported on 9 September 2016, after the decision",
        ),
        (
            DECIDED | {"decision_on": days_before(5), "report_on": days_before(5)},
            "not_met",
            "4 of 5 principles; decided before it closed",
        ),
        (
            {"decision_on": AS_AT},
            "not_met",
            "4 of 5 principles; decided without a report",
        ),
        (
            {"pack_lacking": ("equality", "costs")},
            "not_met",
            "3 of 4 principles; pack lacks costs and equality",
        ),
        ({"working_days": 29}, "not_met", "3 of 4 principles; 29 working days and no reason"),
        (
            {"working_days": 15, "time_reason": "Purdah"},
            "met",
            "4 of 4 principles; 15 working days, reason given",
        ),
        ({"working_days": 30, "time_reason": "To be sure"}, "met", "4 of 4 principles"),
        (
            {"themes_answered": 3},
            "not_met",
            "3 of 4 principles; 1 of 4 themes not answered",
        ),
        (
            {"themes": 0, "themes_answered": 0},
            "no_data",
            "3 of 4 principles; no themes recorded",
        ),
        (
            {"themes": 0, "themes_answered": 0, "options_open": False},
            "not_met",
            "2 of 4 principles; options not recorded as open; no themes recorded",
        ),
    ],
    ids=[
        "on the last day",
        "a decision ahead",
        "closed, a decision ahead",
        "decided",
        "reported on the day",
        "options not open",
        "reported after",
        "decided on the last day",
        "decided today without a report",
        "pack",
        "time below",
        "short with a reason",
        "long enough, and a reason",
        "themes",
        "no themes",
        "no themes and a fault",
    ],
)
def test_formal_consultation_is_measured_by_the_stages_that_have_come(changes, state, figure):
    given = on_paper(consultations=(consultation(**changes),))
    result = judge("formal_consultation", given)
    assert (result.state, result.figure) == (state, figure)
    assert bool(result.would_clear) == (state != "met")


@pytest.mark.parametrize(
    ("changes", "would_clear"),
    [
        ({"options_open": False, "closes_on": AS_AT}, "Keep its options open, and record it."),
        (
            {"options_open": False},
            "Record whether its options were open; if they were not, it needs a named exception.",
        ),
        (DECIDED | {"closes_on": AS_AT}, NEEDS_EXCEPTION),
        ({"pack_lacking": ("costs",)}, "Add to its pack: costs."),
        (
            {"working_days": 29, "closes_on": AS_AT},
            "Keep it open for 30 working days, or record why it is shorter.",
        ),
        ({"working_days": 29}, "Record why it was open for 29 working days."),
        ({"themes": 0}, "Record the themes that were raised, and answer each."),
        ({"themes_answered": 2}, "Answer 2 more themes."),
        (
            {"decision_on": AS_AT},
            "Record when those who decided had its report; if they had none, "
            "it needs a named exception.",
        ),
        ({"decision_on": YESTERDAY, "report_on": AS_AT}, NEEDS_EXCEPTION),
    ],
)
def test_formal_consultation_says_what_each_fault_needs(changes, would_clear):
    given = on_paper(consultations=(consultation(**changes),))
    assert judge("formal_consultation", given).would_clear == f"Talk it over: {would_clear}"


def test_formal_consultation_measures_every_one_of_them():
    second = consultation(
        title="Again", opens_on=days_before(20), pack_lacking=("costs",), themes=5
    )
    short = consultation(title="At last", closes_on=AS_AT, working_days=5, time_reason="Urgent")
    given = on_paper(consultations=(second, consultation(), short))
    result = judge("formal_consultation", given)
    assert result.figure == (
        "9 of 11 principles in 3 consultations; At last: 5 working days, reason given; "
        "Again: pack lacks costs; 1 of 5 themes not answered"
    )
    assert result.would_clear == "Again: Add to its pack: costs. Answer 1 more theme."
    assert (result.evidence["held"], result.evidence["tested"]) == (9, 11)
    assert result.evidence["consultations"][2] == {
        "title": "Again",
        "held": 2,
        "tested": 4,
        "working_days": 30,
        "faults": {"reasons": "pack lacks costs", "themes": "1 of 5 themes not answered"},
    }


MAJOR = {"is_major_change": True}
OPEN = {"closes_on": AS_AT}


@pytest.mark.parametrize(
    ("changes", "parameters", "state", "figure"),
    [
        (MAJOR, {}, "met", "5 of 5 principles"),
        (MAJOR | OPEN, {}, "met", "4 of 4 principles"),
        (
            MAJOR | OPEN | {"tests_lacking": ("choice", "beds")},
            {},
            "not_met",
            "3 of 4 principles; 2 tests of a major change not shown: beds and choice",
        ),
        (MAJOR | {"tests_lacking": ("beds",)}, {"five_tests": 0}, "met", "4 of 4 principles"),
        ({"must_ask": 2}, {}, "met", "5 of 5 principles"),
        (
            {"must_ask": 2, "not_asked": ("Bolton LMC",)},
            {},
            "not_met",
            "4 of 5 principles; 1 of 2 who must be asked not on record as asked: Bolton LMC",
        ),
        ({"must_ask": 2, "not_asked": ("Bolton LMC",)} | OPEN, {}, "met", "3 of 3 principles"),
        (
            {"must_ask": 2, "not_asked": ("Bolton LMC",)},
            {"must_ask": 0},
            "met",
            "4 of 4 principles",
        ),
    ],
    ids=[
        "shown",
        "shown, open",
        "not shown, open",
        "not shown, not asked for",
        "asked",
        "not asked",
        "not asked yet",
        "not asked, not asked for",
    ],
)
def test_a_major_change_and_those_who_must_be_asked(changes, parameters, state, figure):
    given = on_paper(consultations=(consultation(**changes),))
    asks = {"five_tests": 1, "must_ask": 1} | parameters
    result = judge("formal_consultation", given, **asks)
    assert (result.state, result.figure) == (state, figure)
    assert bool(result.would_clear) == (state != "met")


def test_a_policy_that_was_released_before_and_is_silent_of_them_asks_for_neither():
    held = MAJOR | {"tests_lacking": ("beds",), "must_ask": 2, "not_asked": ("Bolton LMC",)}
    result = judge("formal_consultation", on_paper(consultations=(consultation(**held),)))
    assert (result.state, result.figure) == ("met", "4 of 4 principles")


DROPPED = consultation(title="Given up", dropped_on=AS_AT, options_open=False)


@pytest.mark.parametrize(
    ("triages", "held", "state", "figure"),
    [
        ((), (DROPPED,), "no_data", f"{UNKNOWN}; 1 not going forward"),
        ((triage(),), (DROPPED,), "not_applicable", f"{UNNEEDED}; 1 not going forward"),
        (
            (triage(needed=True),),
            (DROPPED,),
            "not_met",
            "A formal consultation is needed and none goes on; 1 not going forward",
        ),
        ((), (DROPPED, consultation()), "met", f"{FULL}; 1 not going forward"),
        (
            (),
            (consultation(dropped_on=TOMORROW, options_open=False),),
            "not_met",
            "3 of 4 principles; options not recorded as open",
        ),
    ],
    ids=["alone", "none needed", "needed", "beside another", "dropped tomorrow"],
)
def test_what_does_not_go_forward_is_tested_no_more_and_said(triages, held, state, figure):
    result = judge("formal_consultation", on_paper(triages=triages, consultations=held))
    assert (result.state, result.figure) == (state, figure)


def test_an_older_snapshot_says_what_it_said():
    """What was frozen before these principles were there has none of their facts."""
    then = plain(consultation())
    for name in ("is_major_change", "tests_lacking", "must_ask", "not_asked", "dropped_on"):
        del then[name]
    again = made(Consultation, then)
    assert again == consultation()
    assert judge("formal_consultation", on_paper(consultations=(again,))).figure == FULL
