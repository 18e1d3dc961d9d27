"""A label inside a sentence."""

import pytest

from ui import labels


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Capacity", "Enter the capacity"),
        ("LMC answer", "Enter the LMC answer"),
        ("Your name", "Enter your name"),
        ("the date of the meeting", "Enter the date of the meeting"),
        ("How was it held?", "Answer “How was it held?”"),
        ("Paste practice codes", "Paste practice codes"),
        ("Note (optional)", "Enter the note"),
    ],
)
def test_what_is_asked_for(label: str, said: str) -> None:
    assert labels.demand(label, "Enter") == said


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Capacity", "Capacity"),
        ("the date", "The date"),
        ("What was said?", "“What was said?”"),
        ("Paste codes (optional)", "“Paste codes”"),
    ],
)
def test_what_a_sentence_is_about(label: str, said: str) -> None:
    assert labels.subject(label) == said
