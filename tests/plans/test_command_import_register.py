"""manage.py import_register and check_register: what they print and how they exit."""

import io

import pytest
from django.core.management import CommandError, call_command

from stakeholders.models import Category, Organisation, RegisterFile
from tests.factories import plans as make_plans
from tests.factories import stakeholders as make
from tests.factories.register import commissioner_row, csv_bytes, loaded, ods_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(tmp_path):
    """A register with one commissioner, and a folder for files."""
    loaded("commissioners", csv_bytes(commissioner_row("00K")))
    return tmp_path


def run(kind: str, path, *options: str) -> tuple[int, str]:
    """Exit code and everything printed."""
    out = io.StringIO()
    try:
        call_command("import_register", kind, str(path), *options, stdout=out)
    except CommandError as error:
        return error.returncode, f"{out.getvalue()}\n{error}"
    except SystemExit as stopped:
        return int(stopped.code or 0), out.getvalue()
    return 0, out.getvalue()


def practices() -> int:
    return Organisation.objects.filter(category=Category.GP_PRACTICE).count()


def test_a_good_file_is_loaded(register) -> None:
    path = register / "epraccur_2016-02.csv"
    path.write_bytes(csv_bytes(ods_row("A81001"), ods_row("Y00001", setting="9")))
    code, said = run("practices", path)
    assert code == 0
    assert "As at 29 February 2016, read from the name of the file." in said
    assert "1  added" in said
    assert "Left out:" in said
    assert "Loaded: 2 rows read." in said
    assert run("practices", path) == (0, said_twice(said))


def said_twice(first: str) -> str:
    """What the same file says the second time."""
    head, rest = first.split("\n", 1)
    rest = rest[rest.index("Left out:") :].replace("Loaded: 2 rows read.\n", "")
    return f"{head}\nThe register already says all of this: nothing to write.\n{rest}"


def test_a_dry_run_writes_nothing(register) -> None:
    path = register / "file.csv"
    path.write_bytes(csv_bytes(ods_row("A81001")))
    code, said = run("practices", path, "--dry-run", "--as-at", "2016-02-29")
    assert (code, practices()) == (0, 0)
    assert "Nothing was written: this was a dry run." in said
    assert RegisterFile.objects.filter(kind="practices").count() == 0


def test_wrong_rows_refuse_the_file_or_are_left_out(register) -> None:
    path = register / "file_2016-02.csv"
    path.write_bytes(csv_bytes(ods_row("A81001"), ods_row("A81002", status="X")))
    code, said = run("practices", path)
    assert (code, practices()) == (2, 0)
    assert "Row 2, status “X”: The status must be A, C, D or P" in said
    assert "1 row is wrong, so nothing is written" in said
    code, said = run("practices", path, "--on-errors", "keep")
    assert (code, practices()) == (1, 1)


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "empty"), (b"a,b\n1,2\n", "expected “epraccur”")]
)
def test_a_file_that_cannot_be_read_is_refused(register, content, said) -> None:
    path = register / "file.csv"
    path.write_bytes(content)
    code, printed = run("practices", path)
    assert code == 2
    assert said in printed


def test_a_missing_file_and_a_wrong_day_are_refused(register) -> None:
    code, said = run("practices", register / "none.csv")
    assert (code, "cannot be read" in said) == (2, True)
    with pytest.raises(CommandError, match="31/02/2016 is not a date"):
        call_command("import_register", "practices", "x", "--as-at", "31/02/2016")


def test_long_lists_are_cut_and_counted(register) -> None:
    path = register / "file_2016-02.csv"
    path.write_bytes(
        csv_bytes(ods_row("A81001"), *(ods_row(f"A8{n:04d}", status="X") for n in range(25)))
    )
    assert "… and 5 more" in run("practices", path)[1]


def check(*options: str) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("check_register", *options, stdout=out)
    except SystemExit as stopped:
        return int(stopped.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_check_register_counts_and_lists_what_does_not_fit() -> None:
    commissioner = make.commissioner()
    footprint = make_plans.footprint(commissioner, name="Bolton")
    make.practice(commissioner, represented_by=make.lmc(), patients=6000)
    code, said = check("--as-at", "2016-02-29", "--footprints")
    assert code == 0
    assert "The register as at 29 February 2016:" in said
    assert f"{footprint.code}              1          1      6,000     1  Bolton" in said
    make.practice(name="Lost Surgery", code="A81001", patients=None)
    code, said = check("--as-at", "2016-02-29")
    assert code == 1
    assert "1 practice in no footprint\n  Lost Surgery (A81001)" in said
    assert "1 practice without a list size\n  Lost Surgery (A81001)" in said
