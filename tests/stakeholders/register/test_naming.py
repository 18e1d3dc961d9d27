"""Official capitals as people write them."""

import pytest

from stakeholders.register.naming import presentable


@pytest.mark.parametrize(
    ("official", "shown"),
    [
        ("NHS BOLTON CCG", "NHS Bolton CCG"),
        ("ST MARY'S SURGERY", "St Mary's Surgery"),
        ("DR PATEL & PARTNERS", "Dr Patel & Partners"),
        ("DR A B O'BRIEN", "Dr A B O'Brien"),
        ("THE SURGERY", "The Surgery"),
        ("HEALTH CENTRE AT THE MANOR", "Health Centre at the Manor"),
        ("A SURGERY", "A Surgery"),
        ("STOCKTON-ON-TEES", "Stockton-on-Tees"),
        ("1ST CARE", "1st Care"),
        ("NHS SOUTH WEST LONDON ICB - 36L", "NHS South West London ICB - 36L"),
        ("BCH - THE HAVEN", "BCH - The Haven"),
        ("DR MCDONALD", "Dr McDonald"),
        ("GP PRACTICE (UNREGISTERED)", "GP Practice (Unregistered)"),
        ("PHC WOODLANDS LTD", "PHC Woodlands Ltd"),
        ("Already Written by Hand", "Already Written by Hand"),
        ("  TWO   BLANKS ", "Two Blanks"),
        ("", ""),
    ],
)
def test_names_are_shown_as_people_write_them(official: str, shown: str) -> None:
    assert presentable(official) == shown


def test_presenting_twice_changes_nothing() -> None:
    once = presentable("DR O'BRIEN & PARTNERS, ST JOHN'S")
    assert presentable(once) == once
