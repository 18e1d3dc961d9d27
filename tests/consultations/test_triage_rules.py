"""Pure rules of working through responses: when to learn again, what is a quotation, what a word is."""

import pytest

from consultations.rules.quotes import is_quoted_from
from consultations.rules.triage import learns_at
from consultations.rules.words import bare, root, roots, words

ANSWER = "We can\u2019t recruit. Our nurse left in  May,\nand Dr Jones has had enough."


@pytest.mark.parametrize(
    ("quote", "is_theirs"),
    [
        ("We can't recruit.", True),
        ("we CAN\u2019T recruit", True),
        ("Our nurse left in May, and", True),
        ("We can't recruit. \u2026 had enough.", True),
        ("Our nurse ... had enough", True),
        ("and [a GP] has had enough", True),
        ("[a GP] has had enough", True),
        ("had enough \u2026 We can't recruit", False),
        ("We cannot recruit", False),
        ("Our nurse left", True),
        ("Our nurse has left", False),
        ("\u2026", False),
        ("[a GP]", False),
        ("", False),
        ("., .", False),
        ("We can", False),
        ("can't recruit. Our nur", False),
        ("ones has had enough", False),
        ("\u2026 left in May, \u2026", True),
    ],
)
def test_a_quotation_is_what_they_wrote_with_what_is_left_out_shown(quote, is_theirs):
    assert is_quoted_from(ANSWER, quote) == is_theirs


def test_the_machine_reads_again_when_it_knows_noticeably_more():
    when = [done for done in range(1, 2_001) if learns_at(done) == done]

    assert when[:6] == [20, 40, 60, 80, 100, 200]
    assert when[-5:] == [1_000, 1_250, 1_500, 1_750, 2_000]
    assert [learns_at(done) for done in (0, 19, 21, 99, 101, 999, 1_251)] == [
        0, 0, 20, 80, 100, 900, 1_250,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("appointments", "appointment"), ("waiting", "waits"), ("caf\u00e9s", "cafe"),
        ("Recruiting", "recruited"), ("nurses", "nurse"),
    ],
)  # fmt: skip
def test_forms_of_a_word_have_one_root(one, other):
    assert root(one) == root(other)


def test_short_words_keep_their_endings():
    assert [root(word) for word in ("bus", "red", "king", "GPs")] == ["bus", "red", "king", "gps"]


def test_words_are_those_of_two_letters_or_more_as_they_are_written():
    assert list(words("A GP, 3 nurses\u2019 rooms: we can\u2019t!")) == [
        "gp", "nurses", "rooms", "we", "can't",
    ]  # fmt: skip
    assert roots("Nurses nursing") == ["nurs", "nurs"]
    assert bare("More NURSES!") == bare("more nurse")
