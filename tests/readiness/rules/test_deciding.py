"""What a decision must hold, and until when an exception may last."""

import datetime as dt

import pytest

from readiness.rules.deciding import (
    ConditionFacts,
    Verdict,
    exception_ends_by,
    refusals,
    unmet_musts,
)

TODAY = dt.date(2016, 7, 1)
DUE = ConditionFacts(text="Hear Wigan", owner="Director", due_on=TODAY)
LATE = ConditionFacts(text="Hear Wigan", owner="Director", due_on=TODAY - dt.timedelta(1))
WHY = {"gp_breadth": "Visits are planned"}


@pytest.mark.parametrize(
    ("outcome", "reasons", "conditions", "lacking"),
    [
        ("agree", WHY, (), set()),
        ("agree", {}, (), {"reason_gp_breadth"}),
        ("agree", {"gp_breadth": "  "}, (), {"reason_gp_breadth"}),
        ("agree", {"recent": "For another must"}, (), {"reason_gp_breadth"}),
        ("agree", WHY, (DUE,), {"conditions"}),
        ("conditions", WHY, (DUE,), set()),
        ("conditions", WHY, (), {"conditions"}),
        ("conditions", WHY, (DUE, LATE), {"conditions"}),
        ("conditions", {}, (DUE,), {"reason_gp_breadth"}),
        ("return", {}, (), set()),
        ("refuse", {}, (), set()),
        ("refuse", {}, (DUE,), {"conditions"}),
        ("", WHY, (), {"outcome"}),
        ("perhaps", WHY, (), {"outcome"}),
    ],
)
def test_what_a_decision_lacks(outcome, reasons, conditions, lacking):
    verdict = Verdict(outcome=outcome, summary="Read.", reasons=reasons, conditions=conditions)
    assert set(refusals(verdict, ["gp_breadth"], today=TODAY)) == lacking


@pytest.mark.parametrize("summary", ["", "   ", "\n"])
def test_a_decision_needs_a_summary(summary):
    verdict = Verdict(outcome="refuse", summary=summary)
    assert set(refusals(verdict, [], today=TODAY)) == {"summary"}


@pytest.mark.parametrize(
    ("strength", "state", "asked"),
    [
        ("must", "not_met", True),
        ("must", "disputed", True),
        ("must", "no_data", True),
        ("must", "exception", False),
        ("must", "met", False),
        ("must", "not_applicable", False),
        ("should", "not_met", False),
    ],
)
def test_which_results_need_a_reason(strength, state, asked):
    assert unmet_musts([("recent", strength, state)]) == (["recent"] if asked else [])


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (dt.date(2016, 7, 1), dt.date(2017, 7, 1)),
        (dt.date(2016, 2, 29), dt.date(2017, 2, 28)),
        (dt.date(2016, 12, 31), dt.date(2017, 12, 31)),
    ],
)
def test_an_exception_lasts_twelve_months_at_most(today, last):
    assert exception_ends_by(today) == last
