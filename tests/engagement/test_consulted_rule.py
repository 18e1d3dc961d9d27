"""Were we consulted? A table of cases, from the records to the word and the sentence."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.models import Channel
from engagement.rules.consulted import Claimed, Points, Record, Verdict, answer
from engagement.rules.consulted_words import NOUNS
from engagement.rules.ladder import Why

TODAY = date(2016, 9, 12)
DRAFT = date(2016, 6, 30)
LMC = "Salford and Trafford LMC"


def on(month, day, why=Why.HEARD, channel="meeting", *, stated=False):
    return Record(held_on=date(2016, month, day), channel=channel, why=why, stated=stated)


CASES = {
    "never": (
        [],
        Verdict.NO,
        "No record of consultation with Salford and Trafford LMC: nothing is logged in your name."
        " The board sees this too.",
    ),
    "withdrawn and cancelled records say nothing": (
        [on(3, 1, Why.WITHDRAWN), on(4, 1, Why.CANCELLED)],
        Verdict.NO,
        "No record of consultation with Salford and Trafford LMC: nothing is logged in your name."
        " The board sees this too.",
    ),
    "planned ahead": (
        [on(10, 4, Why.PLANNED)],
        Verdict.NO,
        "No record of consultation with Salford and Trafford LMC so far."
        " Planned: 1 meeting, on 4 October 2016.",
    ),
    "planned today": (
        [on(9, 12, Why.PLANNED)],
        Verdict.NO,
        "No record of consultation with Salford and Trafford LMC so far."
        " Planned: 1 meeting, on 12 September 2016.",
    ),
    "planned for a day gone by": (
        [on(8, 4, Why.PLANNED)],
        Verdict.NO,
        "No record of consultation with Salford and Trafford LMC so far."
        " Planned for 4 August 2016, with no word on what came of it.",
    ),
    "told only": (
        [on(3, 3, Why.TOLD, "newsletter"), on(5, 5, Why.TOLD, "newsletter")],
        Verdict.NO,
        "You were told twice, last on 5 May 2016, and not asked for your view.",
    ),
    "by proxy only": (
        [on(3, 3, Why.BY_PROXY, "board")],
        Verdict.NO,
        "You were met by proxy only: your people were there as commissioner once, on 3 March 2016."
        " That does not count as consulting you.",
    ),
    "as an expert only": (
        [on(3, 3, Why.NOT_OWN_VOICE)],
        Verdict.NO,
        "Your people are named once, on 3 March 2016, without speaking for you."
        " That does not count as consulting you.",
    ),
    "asked only": (
        [on(3, 3, Why.NOT_HEARD), on(4, 4, Why.TRIED), on(5, 5, Why.NOT_HEARD)],
        Verdict.PARTLY,
        "You were asked 3 times, last on 5 May 2016, and not heard.",
    ),
    "asked, by proxy and told, more planned": (
        [
            on(3, 3, Why.NOT_HEARD),
            on(4, 4, Why.BY_PROXY),
            on(5, 5, Why.TOLD),
            on(10, 4, Why.PLANNED, "phone"),
        ],
        Verdict.PARTLY,
        "You were asked once, on 3 March 2016, and not heard."
        " You were met by proxy only: your people were there as commissioner once, on 4 April 2016."
        " That does not count as consulting you."
        " You were told once, on 5 May 2016, and not asked for your view."
        " Planned: 1 phone call, on 4 October 2016.",
    ),
    "met once before the draft": (
        [on(3, 30)],
        Verdict.YES,
        "Logged: 1 meeting, on 30 March 2016, before the first draft of 30 June 2016.",
    ),
    "met twice, the first before the draft": (
        [on(7, 6), on(3, 30)],
        Verdict.YES,
        "Logged: 2 meetings, on 30 March 2016 and 6 July 2016, the first before the first draft"
        " of 30 June 2016.",
    ),
    "met on the day of the draft": (
        [on(6, 30)],
        Verdict.PARTLY,
        "Logged: 1 meeting, on 30 June 2016, too late for the first draft of 30 June 2016.",
    ),
    "met three times after the draft, more planned": (
        [on(7, 6), on(7, 20, channel="survey"), on(8, 1), on(10, 4, Why.PLANNED)],
        Verdict.PARTLY,
        "Logged: 2 meetings and 1 survey, from 6 July 2016 to 1 August 2016, too late for the first"
        " draft of 30 June 2016. Planned: 1 meeting, on 4 October 2016.",
    ),
    "heard in more than two ways": (
        [on(3, 6), on(3, 7, channel="survey"), on(3, 8, channel="visit")],
        Verdict.YES,
        "Logged: 3 contacts, from 6 March 2016 to 8 March 2016, the first before the first draft"
        " of 30 June 2016.",
    ),
}


BEYOND = {
    "claimed and waiting": (
        [],
        {"claimed": [Claimed(on_day=date(2016, 8, 3))]},
        Verdict.NO,
        "No record of consultation with Salford and Trafford LMC: nothing is logged in your name."
        " The board sees this too. You added 1 contact, on 3 August 2016: waiting for the managers,"
        " and not counted.",
    ),
    "claimed that we heard nothing": (
        [],
        {"claimed": [Claimed(on_day=date(2016, 8, 3), unheard=True)]},
        Verdict.NO,
        "No record of consultation with Salford and Trafford LMC: nothing is logged in your name."
        " The board sees this too. You say that you asked to be involved, on 3 August 2016, and"
        " heard nothing: waiting for the managers.",
    ),
    "claim declined": (
        [on(5, 5, Why.TOLD)],
        {"claimed": [Claimed(on_day=date(2016, 8, 3), declined=True)]},
        Verdict.NO,
        "You were told once, on 5 May 2016, and not asked for your view. The managers declined what"
        " you added for 3 August 2016: their reason stands below.",
    ),
    "several claimed, some declined": (
        [on(3, 30)],
        {
            "claimed": [
                Claimed(on_day=date(2016, 8, 3)),
                Claimed(on_day=date(2016, 7, 2)),
                Claimed(on_day=date(2016, 6, 1)),
                Claimed(on_day=date(2016, 5, 1), declined=True, unheard=True),
                Claimed(on_day=date(2016, 4, 1), declined=True),
            ]
        },
        Verdict.YES,
        "Logged: 1 meeting, on 30 March 2016, before the first draft of 30 June 2016. You added 3"
        " contacts, from 1 June 2016 to 3 August 2016: waiting for the managers, and not counted."
        " The managers declined what you added for 1 April 2016 and 1 May 2016: their reason stands"
        " below.",
    ),
    "we asked and heard nothing, in the record": (
        [on(3, 3, Why.UNANSWERED)],
        {},
        Verdict.NO,
        "You asked to be involved once, on 3 March 2016, and heard nothing.",
    ),
    "met, but no point was answered": (
        [on(3, 30)],
        {"points": Points(made=4)},
        Verdict.YES,
        "Logged: 1 meeting, on 30 March 2016, before the first draft of 30 June 2016. No reply to"
        " your 4 points.",
    ),
    "met, and most points were answered": (
        [on(3, 30)],
        {"points": Points(made=4, answered=3)},
        Verdict.YES,
        "Logged: 1 meeting, on 30 March 2016, before the first draft of 30 June 2016. 3 of your 4"
        " points were answered.",
    ),
    "met, and one of the points was answered": (
        [on(3, 30)],
        {"points": Points(made=1_200, answered=1)},
        Verdict.YES,
        "Logged: 1 meeting, on 30 March 2016, before the first draft of 30 June 2016. 1 of your"
        " 1,200 points was answered.",
    ),
    "met, and every point was answered": (
        [on(3, 30)],
        {"points": Points(made=2, answered=2)},
        Verdict.YES,
        "Logged: 1 meeting, on 30 March 2016, before the first draft of 30 June 2016. All of your 2"
        " points were answered.",
    ),
    "met, and the one point was answered": (
        [on(3, 30)],
        {"points": Points(made=1, answered=1)},
        Verdict.YES,
        "Logged: 1 meeting, on 30 March 2016, before the first draft of 30 June 2016. Your point was"
        " answered.",
    ),
    "points in a record that is disputed": (
        [on(3, 30, Why.DISPUTED)],
        {"points": Points(made=2)},
        Verdict.NO,
        "You disagree with the record of 30 March 2016: nothing of it counts until it is put right.",
    ),
    "met, and the one point was not answered": (
        [on(3, 30)],
        {"points": Points(made=1)},
        Verdict.YES,
        "Logged: 1 meeting, on 30 March 2016, before the first draft of 30 June 2016. No reply to"
        " the point that you made.",
    ),
    "disputed only": (
        [on(3, 30, Why.DISPUTED)],
        {},
        Verdict.NO,
        "You disagree with the record of 30 March 2016: nothing of it counts until it is put right.",
    ),
    "disputed beside a meeting before the draft": (
        [on(3, 30), on(4, 4, Why.DISPUTED), on(5, 5, Why.DISPUTED)],
        {},
        Verdict.YES,
        "Logged: 1 meeting, on 30 March 2016, before the first draft of 30 June 2016. You disagree"
        " with 2 records of 4 April 2016 and 5 May 2016: nothing of it counts until it is put right.",
    ),
    "a stated disagreement about all that was heard": (
        [on(3, 30, stated=True)],
        {},
        Verdict.PARTLY,
        "Logged: 1 meeting, on 30 March 2016, before the first draft of 30 June 2016. You disagree"
        " with the record of 30 March 2016: the board lets it count, and your disagreement stands"
        " beside.",
    ),
    "a stated disagreement about the one before the draft": (
        [on(3, 30, stated=True), on(7, 6)],
        {},
        Verdict.PARTLY,
        "Logged: 2 meetings, on 30 March 2016 and 6 July 2016, the first before the first draft of"
        " 30 June 2016. You disagree with the record of 30 March 2016: the board lets it count, and"
        " your disagreement stands beside.",
    ),
    "two stated disagreements beside one that is agreed": (
        [on(3, 30), on(4, 4, stated=True), on(5, 5, Why.TOLD, stated=True)],
        {},
        Verdict.YES,
        "Logged: 2 meetings, on 30 March 2016 and 4 April 2016, the first before the first draft of"
        " 30 June 2016. You disagree with 2 records of 4 April 2016 and 5 May 2016: the board lets"
        " them count, and your disagreement stands beside.",
    ),
    "a stated disagreement about what was withdrawn since": (
        [on(3, 30, Why.WITHDRAWN, stated=True)],
        {},
        Verdict.NO,
        "No record of consultation with Salford and Trafford LMC: nothing is logged in your name."
        " The board sees this too.",
    ),
}
"""What the organisation says beside what is logged."""


@pytest.mark.parametrize("case", BEYOND)
def test_what_the_organisation_says_stands_in_the_sentence(case):
    records, beside, verdict, sentence = BEYOND[case]

    found = answer(records, name=LMC, first_draft_on=DRAFT, today=TODAY, **beside)

    assert (found.verdict, found.sentence) == (verdict, sentence)


@pytest.mark.parametrize("case", CASES)
def test_the_answer_in_a_word_and_a_sentence(case):
    records, verdict, sentence = CASES[case]

    found = answer(records, name=LMC, first_draft_on=DRAFT, today=TODAY)

    assert (found.verdict, found.sentence) == (verdict, sentence)


@pytest.mark.parametrize("first_draft_on", [None, date(2016, 12, 1)])
def test_without_a_draft_so_far_whoever_was_heard_was_heard_in_time(first_draft_on):
    found = answer([on(7, 6)], name=LMC, first_draft_on=first_draft_on, today=TODAY)

    assert found.verdict == Verdict.YES
    assert found.sentence == "Logged: 1 meeting, on 6 July 2016."


def test_the_order_of_the_records_makes_no_difference():
    records = CASES["met three times after the draft, more planned"][0]

    there = answer(records, name=LMC, first_draft_on=DRAFT, today=TODAY)
    back = answer(records[::-1], name=LMC, first_draft_on=DRAFT, today=TODAY)

    assert there.verdict == back.verdict
    assert there.sentence == back.sentence


@given(
    st.lists(st.builds(Claimed, on_day=st.dates(), declined=st.booleans(), unheard=st.booleans()))
)
def test_nothing_that_is_claimed_moves_the_word(claimed):
    for records, verdict, _ in CASES.values():
        found = answer(records, name=LMC, first_draft_on=DRAFT, today=TODAY, claimed=claimed)
        assert found.verdict == verdict


def test_every_channel_has_a_noun():
    assert set(NOUNS) == set(Channel)
