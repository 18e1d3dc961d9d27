"""Single values: codes, days, numbers."""

import datetime as dt

import pytest

from stakeholders.register import fields
from stakeholders.register.problems import RowError


@pytest.mark.parametrize("text", ["A81001", " a81001 ", "a 81001"])
def test_codes_are_capitals_without_blanks(text: str) -> None:
    assert fields.code(text, "code") == "A81001"


@pytest.mark.parametrize("text", ["", "  ", "A81/001", "Ä81001", "A" * 13, "-1"])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(RowError):
        fields.code(text, "code")


@pytest.mark.parametrize(
    ("text", "found"), [("07L00", "07L"), ("07l", "07L"), ("D2P2L", "D2P2L"), ("00L", "00L")]
)
def test_padding_of_commissioners_is_taken_off(text: str, found: str) -> None:
    assert fields.commissioner_code(text, "code") == found


@pytest.mark.parametrize("text", ["20160229", "2016-02-29", "29FEB2016", "29Feb2016", "20160229.0"])
def test_days_are_read(text: str) -> None:
    assert fields.day(text, "date") == dt.date(2016, 2, 29)


def test_no_day_is_none() -> None:
    assert fields.day(" ", "date") is None


@pytest.mark.parametrize(
    "text", ["20160230", "20161301", "00000101", "99990101", "soon", "٢٠١٦٠٢٢٩"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(RowError, match="no date"):
        fields.day(text, "date")


@pytest.mark.parametrize(("text", "found"), [("306", 306), ("306.0", 306), ("1,306", 1306)])
def test_numbers_are_read(text: str, found: int) -> None:
    assert fields.number(text, "patients") == found


@pytest.mark.parametrize("text", ["", "1_000", "-3", "1e3", "٣", "NaN", "9999999999"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(RowError):
        fields.number(text, "patients")
