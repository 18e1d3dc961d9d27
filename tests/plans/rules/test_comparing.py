"""What counts as a paragraph, and what became of each from one version to the next."""

import pytest

from plans.rules.comparing import MOST_WORDS, Change, Part, compared, paragraphs, parts

LONG = "This line of a PDF is so long that the sentence must go on in the"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("One.\n\nTwo", ["One.", "Two"]),
        (f"{LONG}\nnext  line.\nAnother one.", [f"{LONG} next line.", "Another one."]),
        ("A heading\nand a short line", ["A heading", "and a short line"]),
        (f"{LONG}\n• an item\n2. an item", [LONG, "• an item", "2. an item"]),
        (f"{LONG}:\nnext", [f"{LONG}:", "next"]),
        ("w " * (MOST_WORDS + 1), [" ".join(["w"] * MOST_WORDS), "w"]),
    ],
)
def test_paragraphs(text, expected):
    assert paragraphs(text) == expected


def test_what_was_put_in_taken_out_and_worded_anew():
    found = compared(
        ["Same", "GPs lead here now", "Gone", "End"],
        ["New", "Same", "GPs follow here now", "End", "Last"],
    )

    assert found.changes == (
        Change("", "New"),
        Change("GPs lead here now", "GPs follow here now", 1),
        Change("Gone", ""),
        Change("", "Last", 1),
    )
    assert (found.same, found.unchanged_after) == (2, 0)
    assert compared(["a", "b"], ["x", "b"]).unchanged_after == 1


def test_the_parts_of_a_change():
    was, now = parts(Change("GPs lead here now", "GPs follow here now"))

    assert was == [Part("GPs"), Part("lead", is_other=True), Part("here now")]
    assert now == [Part("GPs"), Part("follow", is_other=True), Part("here now")]
    assert parts(Change("One thing", "Something else")) == (
        [Part("One thing", is_other=True)],
        [Part("Something else", is_other=True)],
    )
    assert parts(Change("", "New")) == ([], [Part("New", is_other=True)])


def test_a_paragraph_stands_beside_the_one_that_it_became():
    found = compared(["a b c d", "x y", "e f g h"], ["n n", "e f g H", "m m"])

    assert [(one.was, one.now) for one in found.changes] == [
        ("a b c d", ""),
        ("x y", ""),
        ("", "n n"),
        ("e f g h", "e f g H"),
        ("", "m m"),
    ]
