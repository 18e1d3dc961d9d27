"""The official files themselves: what they say is what the register counts."""

import csv
import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from plans.actions.register import load
from plans.membership import members
from plans.queries.register_check import register_check
from plans.register.looking import Order
from stakeholders.models import Category, Organisation
from tests.factories.register import FEBRUARY_2016, NOW, TODAY
from tests.plans import slow_membership

pytestmark = [pytest.mark.register, pytest.mark.django_db]

FILES_OF_2016 = (
    ("commissioners", "ods-commissioners/eccg_2016-02.csv"),
    ("footprints", "stp-footprints/stp_footprints_2016.csv"),
    ("footprints", "stp-footprints/ccg_to_stp_2016.csv"),
    ("practices", "ods-gp-practices/epraccur_2016-02.csv.gz"),
    ("footprints", "stp-footprints/practice_footprint_overrides_2016.csv"),
    ("list-sizes", "gp-list-size/list_size_2016q1.csv.gz"),
    ("lmcs", "lmc/lmc.csv"),
    ("lmcs", "lmc/ccg_to_lmc_2016.csv"),
    ("lmcs", "lmc/practice_lmc_overrides_2016.csv"),
    ("councils", "local-authorities/health_and_wellbeing_board_areas.csv"),
)
LATER_FILES = (
    ("commissioners", "ods-commissioners/eccg_2018-11.csv"),
    ("footprints", "stp-footprints/stp_change_log_2018-19.csv"),
    ("footprints", "ics-lookups/ccg_to_stp_to_region_2018.csv"),
    ("partners", "stp-footprints/stp_partner_mapping_2019-04_redacted.xlsx"),
    ("footprints", "ics-lookups/sub_icb_to_icb_to_region_2022.csv"),
    ("practices", "ods-gp-practices/epraccur_2022-12.csv.gz"),
    ("pcns", "pcn/ePCN_2023-01.xlsx"),
    ("memberships", "ods-gp-practices/epcmem_2019-10.csv.gz"),
    ("list-sizes", "gp-list-size/gp-reg-pat-prac-all_2021-01.csv.gz"),
)


def load_file(folder: Path, kind: str, name: str):
    path = folder / name
    order = Order(
        kind=kind,
        file_name=path.name,
        data=path.read_bytes(),
        keep_good_rows=True,
        accept_large_change=True,
    )
    return load(order, by=None, now=NOW, today=TODAY)


@pytest.fixture(scope="module")
def register_of_2016(django_db_setup, django_db_blocker, register_data):
    """Loaded once for this module, and rolled back at its end."""
    from django.db import connection, transaction

    with django_db_blocker.unblock(), transaction.atomic():
        for kind, name in FILES_OF_2016:
            outcome = load_file(register_data, kind, name)
            assert not outcome.changes.problems, (name, outcome.changes.problems[:3])
        connection.check_constraints()  # once, or PostgreSQL does so after every test
        yield register_data
        transaction.set_rollback(True)


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_2016_counts(register_of_2016) -> None:
    check = register_check(day=FEBRUARY_2016)
    counts = check.open_by_category
    assert len(check.footprints) == 44
    assert counts[Category.COMMISSIONER] == 209
    assert counts[Category.GP_PRACTICE] == 7756
    assert counts[Category.LMC] == 104
    assert counts[Category.COUNCIL] == counts[Category.HEALTH_AND_WELLBEING_BOARD] == 152
    assert check.fits
    assert len(check.without_list_size) == 88


def test_2016_footprints_have_the_practices_and_patients_of_the_source(register_of_2016) -> None:
    lines = {line.code: line for line in register_check(day=FEBRUARY_2016).footprints}
    for row in table(register_of_2016 / "stp-footprints/stp_footprints_2016.csv"):
        line = lines[row["ods_code"]]
        assert line.practices == int(row["practices_active_2016-02"]), line.name
        assert line.patients == int(row["registered_patients_2016q1"]), line.name


def test_2016_lmcs_have_the_practices_of_the_source(register_of_2016) -> None:
    from plans.register.codes import lmc_by_slug

    names = dict(Organisation.objects.values_list("pk", "code"))
    counted: dict[str, set[int]] = {}
    for member in members(day=FEBRUARY_2016):
        if member.lmc_id:
            counted.setdefault(names[member.lmc_id], set()).add(member.organisation_id)
    for row in table(register_of_2016 / "lmc/lmc.csv"):
        code = lmc_by_slug()[row["lmc_id"]]
        assert len(counted[code]) == int(row["practices_2016-02"]), row["name"]


def test_the_one_statement_says_what_the_slow_rules_say(register_of_2016) -> None:
    found = {dataclasses.astuple(member) for member in members(day=FEBRUARY_2016)}
    assert found == slow_membership.members(FEBRUARY_2016)


def test_the_hospital_is_counted_and_pointed_out(register_of_2016) -> None:
    outcome = load_file(register_of_2016, *FILES_OF_2016[3])
    assert len([n for n in outcome.changes.notes if "THE RIVERS HOSPITAL" in n.message]) == 8
    assert outcome.changes.rows_written == 0


@pytest.mark.parametrize(("kind", "name"), FILES_OF_2016)
def test_every_file_twice_writes_nothing(register_of_2016, kind, name) -> None:
    assert load_file(register_of_2016, kind, name).changes.rows_written == 0


def test_later_files_change_the_present_and_leave_2016_as_it_was(register_of_2016) -> None:
    before = members(day=FEBRUARY_2016)
    wrong = {}
    for kind, name in LATER_FILES:
        wrong[name] = len(load_file(register_of_2016, kind, name).changes.problems)
    assert members(day=FEBRUARY_2016) == before
    assert wrong.pop("stp-footprints/stp_partner_mapping_2019-04_redacted.xlsx") == 2
    assert set(wrong.values()) == {0}

    merged = register_check(day=dt.date(2018, 7, 1))
    codes = {line.code for line in merged.footprints}
    assert len(codes) == 42
    assert "QHM" in codes
    assert not {"QVP", "QT8", "QMK"} & codes

    check = register_check(day=dt.date(2022, 12, 31))
    assert check.open_by_category[Category.GP_PRACTICE] == 6455
    assert not check.in_no_footprint
    assert not check.in_several_footprints
    practices = {line.code: line.practices for line in check.footprints}
    assert (practices["QOP"], practices["QHM"], practices["QOC"]) == (417, 353, 52)
    january = register_check(day=dt.date(2023, 1, 31))
    assert january.open_by_category[Category.PCN] == 1264
    for kind, name in LATER_FILES:
        if kind != "partners":  # two of its CCGs became known by a later file
            assert load_file(register_of_2016, kind, name).changes.rows_written == 0, name
