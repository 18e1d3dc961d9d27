"""Words that recur, as a person is offered them."""

import pytest

from consultations.rules.theme_words import MOST_OFFERED, recurring

SMALL = ["Our premises are small.", "The premises leak", "Premises!", "premises premises"]


@pytest.mark.parametrize(
    ("texts", "names", "offered"),
    [
        pytest.param(SMALL, (), [("Premises", 4)], id="each text once"),
        pytest.param(SMALL[:2], (), [], id="too few"),
        pytest.param(SMALL, ("Premises and estates",), [], id="a theme holds it"),
        pytest.param(["The plan should be good"] * 9, (), [], id="words that say nothing"),
        pytest.param(["GP to be at 24"] * 9, (), [], id="short words and numbers"),
        pytest.param(
            ["Continuity of care matters: rural transport"] * 3 + ["Rural transport again"] * 2,
            (),
            [("Rural transport", 5), ("Continuity", 3), ("Care matters", 3)],
            id="words that stand together are one",
        ),
        pytest.param([], (), [], id="nothing"),
    ],
)
def test_words_that_recur_are_offered(texts, names, offered):
    found = [(one.words, one.texts) for one in recurring(texts, names=names)]

    assert sorted(found) == sorted(offered)


def test_no_more_are_offered_than_anybody_reads():
    words = [f"{letter * 5} comma" for letter in "abcdefghijklmnopqrst"]

    assert len(recurring(words * 3)) == MOST_OFFERED
