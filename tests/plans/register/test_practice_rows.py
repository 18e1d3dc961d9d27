"""Rows of the GP practices file that are wrong, and files that are none."""

import pytest

from stakeholders.models import Category, OpenPeriod, Organisation
from stakeholders.register.problems import FileRefusedError
from tests.factories import stakeholders as make
from tests.factories.register import (
    FEBRUARY_2016,
    commissioner_row,
    csv_bytes,
    loaded,
    ods_row,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def commissioners() -> None:
    loaded("commissioners", csv_bytes(commissioner_row("00K")))


def practices(*rows, **choices):
    return loaded("practices", csv_bytes(*rows), **choices)


def open_then() -> set[str]:
    rows = Organisation.objects.open_on(FEBRUARY_2016).filter(category=Category.GP_PRACTICE)
    return set(rows.values_list("code", flat=True))


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        (
            ods_row("A81002", opened="19740401", closed="19730401", status="C"),
            "close date",
            "before",
        ),
        (ods_row("A81002", opened=""), "open date", "missing"),
        (ods_row("A81002", opened="1974-13-01"), "open date", "no date"),
        (ods_row("A81002", status="C"), "close date", "without a closing day"),
        (ods_row("A81002", status="X"), "status", "A, C, D or P"),
        (ods_row("A81002", ""), "name", "missing"),
        (ods_row(""), "code", "missing"),
        (ods_row("A81001"), "code", "earlier row"),
        (ods_row("A81002", commissioner="ZZZ"), "commissioner", "load the file that has it first"),
        (ods_row("A81002")[:20], "", "20 columns instead of 27"),
    ],
)
def test_a_wrong_row_is_named_and_the_operator_chooses(row, column, said) -> None:
    rows = ods_row("A81001"), row, ods_row("A81003")
    refused = practices(*rows)
    problem = refused.changes.problems[0]
    assert (problem.row, problem.column) == (2, column)
    assert said in problem.message
    assert "1 row is wrong" in refused.why_not
    assert open_then() == set()
    kept = practices(*rows, keep_good_rows=True)
    assert kept.loaded
    assert open_then() == {"A81001", "A81003"}


def test_a_code_that_belongs_to_another_kind_is_wrong() -> None:
    make.lmc(code="A81001")
    outcome = practices(ods_row("A81001"))
    assert "Codes are never used twice" in outcome.changes.problems[0].message
    assert not outcome.loaded


def test_a_row_mended_later_keeps_its_own_opening_day() -> None:
    practices(ods_row("A81001"), ods_row("A81002", commissioner="ZZZ"), keep_good_rows=True)
    practices(ods_row("A81001"), ods_row("A81002"))
    period = OpenPeriod.objects.get(organisation__code="A81002")
    assert (str(period.valid_from), period.valid_to) == ("1974-04-01", None)


def test_a_heading_that_somebody_added_is_left_out() -> None:
    heading = ["Organisation Code", "Name", *[""] * 2, *[f"Address {n}" for n in range(1, 6)]]
    heading += ["Postcode", "Open Date", "Close Date", "Status", *[""] * 12, "Setting", ""]
    outcome = practices(heading, ods_row("A81001"))
    assert outcome.loaded
    assert outcome.skipped == {"heading": 1}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (csv_bytes(*[ods_row(f"A8100{n}")[:26] for n in range(5)]), "Expected 27 columns"),
        (csv_bytes(commissioner_row("00L")), "expected “epraccur”"),
        (b"code,name\nA81001,X\n", "expected “epraccur”"),
    ],
)
def test_another_kind_of_file_is_refused(content, said) -> None:
    with pytest.raises(FileRefusedError, match=said):
        loaded("practices", content)
