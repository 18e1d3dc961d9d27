"""The GP practices file and the traps in it."""

import datetime as dt

import pytest

from accounts.models import AuditEntry
from plans.models import Plan
from stakeholders.models import Category, OpenPeriod, Organisation, RegisterFile, Relationship
from stakeholders.register.problems import FileRefusedError
from tests.factories import plans as make_plans
from tests.factories import stakeholders as make
from tests.factories.register import (
    FEBRUARY_2016,
    commissioner_row,
    csv_bytes,
    loaded,
    ods_row,
)

pytestmark = pytest.mark.django_db
LATER = dt.date(2022, 12, 31)


@pytest.fixture(autouse=True)
def commissioners() -> None:
    loaded("commissioners", csv_bytes(commissioner_row("00K"), commissioner_row("16C", "NHS TEES")))


def practices(*rows, as_at=FEBRUARY_2016, **choices):
    return loaded("practices", csv_bytes(*rows), as_at=as_at, **choices)


def periods(code: str) -> list[tuple[dt.date, dt.date | None]]:
    rows = OpenPeriod.objects.filter(organisation__code=code).order_by("valid_from")
    return list(rows.values_list("valid_from", "valid_to"))


def open_on(day: dt.date) -> set[str]:
    rows = Organisation.objects.open_on(day).filter(category=Category.GP_PRACTICE)
    return set(rows.values_list("code", flat=True))


def commissioners_of(code: str) -> list[tuple[str, dt.date, dt.date | None]]:
    rows = Relationship.objects.filter(source__code=code).order_by("valid_from")
    return list(rows.values_list("target__code", "valid_from", "valid_to"))


def test_a_practice_is_stored_with_its_days_name_and_commissioner() -> None:
    outcome = practices(ods_row("A81001", "THE DENSHAM SURGERY"))
    practice = Organisation.objects.get(code="A81001")
    assert (practice.name, practice.postcode) == ("The Densham Surgery", "TS18 1HU")
    assert " densham" in practice.search_text
    assert periods("A81001") == [(dt.date(1974, 4, 1), None)]
    assert commissioners_of("A81001") == [("00K", dt.date(2013, 4, 1), None)]
    assert outcome.loaded
    assert outcome.counts == {"added": 1, "ties begun": 1}


def test_status_and_setting_both_count() -> None:
    outcome = practices(
        ods_row("A81001"),
        ods_row("A81002", status="C", closed="20150331"),
        ods_row("A81003", status="D"),
        ods_row("A81004", status="P"),
        ods_row("Y00001", "DERMATOLOGY CLINIC", setting="9"),
    )
    assert open_on(FEBRUARY_2016) == {"A81001"}
    assert periods("A81002") == [(dt.date(1974, 4, 1), dt.date(2015, 3, 31))]
    assert outcome.skipped == {
        "dormant, and not known as open": 1,
        "proposed, and not known as open": 1,
        "no GP practice, and not known as open": 1,
    }


def test_only_england() -> None:
    outcome = practices(
        ods_row("W91001", region="W00", geography="Q99"), ods_row("A81001", geography="Q99")
    )
    assert not Organisation.objects.filter(category=Category.GP_PRACTICE).exists()
    assert outcome.skipped == {"outside England": 2}


def test_names_and_postcodes_may_repeat() -> None:
    practices(ods_row("A81001"), ods_row("A81002"), ods_row("A81003"))
    assert Organisation.objects.filter(name="The Surgery").count() == 3


def test_codes_are_normalised_and_padding_is_taken_off() -> None:
    practices(ods_row(" a81001 ", commissioner="00k00"))
    assert commissioners_of("A81001")[0][0] == "00K"


def test_a_hospital_among_the_practices_is_kept_and_pointed_out() -> None:
    outcome = practices(ods_row("Y03376", "THE RIVERS HOSPITAL"))
    assert open_on(FEBRUARY_2016) == {"Y03376"}
    assert "named as a hospital" in outcome.changes.notes[0].message


def test_the_same_file_twice_writes_nothing() -> None:
    rows = ods_row("A81001"), ods_row("A81002", status="C", closed="20150331")
    practices(*rows)
    again = practices(*rows)
    assert not again.loaded
    assert again.changes.rows_written == 0
    assert "nothing to write" in again.sentences[-1]
    assert RegisterFile.objects.filter(kind="practices").count() == 1


def test_a_newer_file_closes_and_opens() -> None:
    practices(ods_row("A81001"), ods_row("A81002"))
    practices(
        ods_row("A81001", status="C", closed="20190331"),
        ods_row("A81002"),
        ods_row("Y07000", opened="20200401", joined="20200401", commissioner="16C"),
        as_at=LATER,
    )
    assert open_on(FEBRUARY_2016) == {"A81001", "A81002"}
    assert open_on(LATER) == {"A81002", "Y07000"}
    assert periods("A81001") == [(dt.date(1974, 4, 1), dt.date(2019, 3, 31))]


def test_closed_and_reopened_is_a_second_period() -> None:
    practices(ods_row("A81001", status="C", closed="20150331"))
    practices(ods_row("A81001", opened="20180401"), as_at=LATER)
    assert periods("A81001") == [
        (dt.date(1974, 4, 1), dt.date(2015, 3, 31)),
        (dt.date(2018, 4, 1), None),
    ]


def test_a_dormant_practice_closes_the_day_before_the_file_and_may_come_back() -> None:
    practices(ods_row("A81001"))
    outcome = practices(ods_row("A81001", status="D"), as_at=dt.date(2019, 1, 31))
    assert periods("A81001") == [(dt.date(1974, 4, 1), dt.date(2019, 1, 30))]
    assert "has no closing day" in outcome.changes.notes[0].message
    practices(ods_row("A81001"), as_at=LATER)
    assert periods("A81001")[1] == (LATER, None)


def test_a_practice_that_becomes_something_else_closes() -> None:
    practices(ods_row("A81001"))
    practices(ods_row("A81001", setting="10"), as_at=LATER)
    assert open_on(LATER) == set()
    assert open_on(LATER - dt.timedelta(1)) == {"A81001"}


def test_a_practice_that_vanishes_is_reported_and_left_open() -> None:
    practices(ods_row("A81001"), ods_row("A81002"))
    outcome = practices(ods_row("A81001"), as_at=LATER)
    assert open_on(LATER) == {"A81001", "A81002"}
    assert outcome.counts["missing, not closed"] == 1
    assert outcome.changes.notes[0].value == "A81002"


def test_synthetic_practices_are_not_missing() -> None:
    made = make.practice(code="T00001")
    Organisation.objects.filter(pk=made.pk).update(is_synthetic=True)
    assert "missing, not closed" not in practices(ods_row("A81001")).counts


def test_a_change_of_name_is_audited() -> None:
    practices(ods_row("A81001", "OLD NAME"))
    practices(ods_row("A81001", "NEW NAME"), as_at=LATER)
    entry = AuditEntry.objects.get(verb="renamed")
    assert (entry.was, entry.became) == ({"name": "Old Name"}, {"name": "New Name"})
    assert " new" in Organisation.objects.get(code="A81001").search_text


def test_a_new_commissioner_ends_the_tie_before() -> None:
    practices(ods_row("A81001"))
    practices(ods_row("A81001", commissioner="16C", joined="20200401"), as_at=LATER)
    assert commissioners_of("A81001") == [
        ("00K", dt.date(2013, 4, 1), dt.date(2020, 3, 31)),
        ("16C", dt.date(2020, 4, 1), None),
    ]


def test_an_older_file_is_refused_unless_it_is_history() -> None:
    practices(ods_row("A81001", opened="20180401"), as_at=LATER)
    older = ods_row("A81001"), ods_row("A81002")
    with pytest.raises(FileRefusedError, match="as at 31 December 2022, is loaded already"):
        practices(*older)
    practices(*older, as_history=True)
    assert open_on(FEBRUARY_2016) == {"A81001", "A81002"}
    assert open_on(LATER) == {"A81001"}
    assert periods("A81001")[-1] == (dt.date(2018, 4, 1), None)


def test_history_renames_and_closes_nothing() -> None:
    practices(ods_row("A81001", "NEW NAME"), as_at=LATER)
    practices(ods_row("A81001", "OLD NAME", status="C", closed="20150331"), as_history=True)
    assert Organisation.objects.get(code="A81001").name == "New Name"
    assert periods("A81001") == [(dt.date(1974, 4, 1), None)]


def many(number: int, **facts: str) -> list[list[str]]:
    return [ods_row(f"A8{n:04d}", **facts) for n in range(number)]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([*many(40), *many(60, status="C", closed="20190331")[40:]], "20 of 60"),
        (many(40), "are missing from the file"),
    ],
)
def test_a_large_change_waits_for_a_person(rows, said) -> None:
    practices(*many(60))
    outcome = practices(*rows, as_at=LATER)
    assert said in outcome.why_not
    assert len(open_on(LATER)) == 60
    assert practices(*rows, as_at=LATER, accept_large_change=True).why_not == ""


def test_loading_marks_every_plan_and_leaves_an_audit_row() -> None:
    plan = make_plans.plan(make_plans.footprint())
    before = plan.change_no
    practices(ods_row("A81001"))
    assert Plan.objects.get(pk=plan.pk).change_no == before + 1
    file = RegisterFile.objects.get(kind="practices")
    assert AuditEntry.objects.filter(
        object_key=str(file.pk), verb="loaded a register file"
    ).exists()
    assert (file.as_at, file.rows, len(file.sha256)) == (FEBRUARY_2016, 1, 64)


def test_a_refused_file_leaves_no_trace() -> None:
    plan = make_plans.plan(make_plans.footprint())
    practices(ods_row("A81001"), ods_row("A81002", status="X"))
    assert Plan.objects.get(pk=plan.pk).change_no == plan.change_no
    assert not RegisterFile.objects.filter(kind="practices").exists()


@pytest.mark.parametrize("number", [3, 60])
def test_loading_takes_the_same_number_of_queries_whatever_the_size(
    number, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(26):
        practices(*many(number))


def test_the_day_must_not_lie_in_the_future() -> None:
    with pytest.raises(FileRefusedError, match="in the future"):
        practices(ods_row("A81001"), as_at=dt.date(2050, 1, 1))
