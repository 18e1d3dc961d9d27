"""hwb: every Health and Wellbeing Board leads the plan or gave an opinion."""

import pytest

from tests.readiness.rules.builders import days_before, judge
from tests.readiness.rules.papers import member, on_paper, opinion

BOARDS = (member(1, "hwb", name="Bolton board"), member(2, "hwb", name="Bury board"))
EITHER = "of 2 Health and Wellbeing Boards lead the plan or gave an opinion"
LEAD = "of 2 Health and Wellbeing Boards lead the plan"
TOMORROW = days_before(-1)


@pytest.mark.parametrize(
    ("opinions", "must_lead", "state", "figure"),
    [
        ((), 0, "not_met", f"0 {EITHER}"),
        ((opinion(1),), 0, "not_met", f"1 {EITHER}"),
        ((opinion(1), opinion(2)), 0, "met", f"2 {EITHER}"),
        ((opinion(1), opinion(2, leads=True)), 0, "met", f"2 {EITHER}"),
        ((opinion(1), opinion(1), opinion(9)), 0, "not_met", f"1 {EITHER}"),
        ((opinion(1), opinion(2, on=TOMORROW)), 0, "not_met", f"1 {EITHER}"),
        ((opinion(1, leads=True), opinion(2)), 1, "not_met", f"1 {LEAD}"),
        ((opinion(1, leads=True), opinion(2, leads=True)), 1, "met", f"2 {LEAD}"),
        (
            (opinion(1, leads=True), opinion(2, leads=True, on=TOMORROW)),
            1,
            "not_met",
            f"1 {LEAD}",
        ),
    ],
    ids=[
        "none",
        "one",
        "both",
        "one leads",
        "one twice and a stranger",
        "tomorrow",
        "only an opinion",
        "both lead",
        "leads tomorrow",
    ],
)
def test_hwb(opinions, must_lead, state, figure):
    result = judge("hwb", on_paper(members=BOARDS, opinions=opinions), must_lead=must_lead)
    assert (result.state, result.figure) == (state, figure)


def test_hwb_is_no_data_where_the_register_knows_none():
    result = judge("hwb", on_paper(opinions=(opinion(1),)))
    assert result.state == "no_data"
    assert result.figure == "No Health and Wellbeing Board recorded for this footprint"


@pytest.mark.parametrize(
    ("must_lead", "would_clear"),
    [
        (0, "Ask Bury board for a written opinion, and record it."),
        (1, "Have the plan led by Bury board, and record it."),
    ],
)
def test_hwb_names_the_boards_that_are_lacking(must_lead, would_clear):
    given = on_paper(members=BOARDS, opinions=(opinion(1, leads=True),))
    result = judge("hwb", given, must_lead=must_lead)
    assert (result.would_clear, result.missing, result.fewest) == (would_clear, (2,), (2,))
