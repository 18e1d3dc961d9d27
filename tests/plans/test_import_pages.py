"""Register files in the browser: preview, confirmation, result; wrong files and wrong people."""

import csv
import gzip
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.roles import Role
from jobs.models import JobRun, RunState
from plans import tasks
from plans.register import uploads
from stakeholders.models import Category, Organisation, RegisterFile
from tests.factories import accounts
from tests.factories.register import commissioner_row, csv_bytes, loaded, ods_row

pytestmark = pytest.mark.django_db
NEW = "/imports/new/"


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def admin(client):
    client.force_login(accounts.user(Role.ADMINISTRATOR, name="Ada Adams"))
    return client


def send(client, content: bytes, name: str = "epraccur_2016-02.csv", **answers):
    facts = {"kind": "practices", "as_at": "", "on_errors": "refuse"} | answers
    return client.post(NEW, facts | {"file": SimpleUploadedFile(name, content)})


def previewed(client, content: bytes, **answers) -> JobRun:
    """Sent, and previewed by the worker."""
    response = send(client, content, **answers)
    assert response.status_code == 302, response.context["form"].errors
    run = JobRun.objects.latest("pk")
    assert response.url == f"/imports/{run.pk}/"
    tasks.preview_register_file(run.pk)
    run.refresh_from_db()
    return run


def confirmed(client, run: JobRun, **answers) -> JobRun:
    response = client.post(f"/imports/{run.pk}/", answers)
    load = JobRun.objects.get(kind="register-load")
    assert response.url == f"/imports/{load.pk}/"
    tasks.load_register_file(load.pk)
    load.refresh_from_db()
    return load


def text(response) -> str:
    return " ".join(response.content.decode().split())


GOOD = csv_bytes(ods_row("A81001"), ods_row("A81002"))
ONE_WRONG = csv_bytes(ods_row("A81001"), ods_row("A81002", "=HYPERLINK(1)", status="X"))


@pytest.fixture
def commissioners() -> None:
    loaded("commissioners", csv_bytes(commissioner_row("00K")))


def practices() -> int:
    return Organisation.objects.filter(category=Category.GP_PRACTICE).count()


@pytest.mark.parametrize("role", [Role.MANAGER, Role.REVIEWER, Role.REPRESENTATIVE])
@pytest.mark.parametrize("path", ["/imports/", NEW, "/imports/1/", "/imports/1/errors.csv"])
def test_only_administrators_may_import(client, role, path) -> None:
    client.force_login(accounts.user(role))
    assert client.get(path).status_code == 403


def test_nobody_imports_without_signing_in(client) -> None:
    assert client.get("/imports/").url.startswith("/sign-in/")


def test_an_empty_register_says_where_to_begin(admin) -> None:
    page = text(admin.get("/imports/"))
    assert "No file is loaded yet" in page
    assert "Begin with the commissioners" in page


def test_the_list_shows_what_is_loaded(admin, commissioners) -> None:
    page = text(admin.get("/imports/"))
    assert "29 February 2016" in page
    assert "1 added" in page


@pytest.mark.parametrize("number", [1, 20])
def test_the_list_takes_the_same_number_of_queries(
    admin, number, django_assert_max_num_queries
) -> None:
    for n in range(number):
        loaded("commissioners", csv_bytes(commissioner_row(f"{n:02d}K")))
    with django_assert_max_num_queries(9):
        admin.get("/imports/")


@pytest.mark.usefixtures("commissioners")
class TestAFile:
    def test_a_preview_writes_nothing_and_a_confirmation_loads(self, admin) -> None:
        run = previewed(admin, gzip.compress(GOOD), name="epraccur_2016-02.csv.gz")
        assert practices() == 0
        page = text(admin.get(f"/imports/{run.pk}/"))
        assert "What loading it would change" in page
        assert "Load the file" in page
        load = confirmed(admin, run)
        assert practices() == 2
        assert "The file is loaded" in text(admin.get(f"/imports/{load.pk}/"))
        file = RegisterFile.objects.get(kind="practices")
        assert (file.loaded_by.name, file.sha256) == ("Ada Adams", run.arguments["sha256"])
        assert "confirmed" in text(admin.get(f"/imports/{run.pk}/"))

    def test_confirmed_twice_is_loaded_once(self, admin) -> None:
        run = previewed(admin, GOOD)
        first = confirmed(admin, run)
        again = admin.post(f"/imports/{run.pk}/")
        assert again.url == f"/imports/{first.pk}/"
        tasks.load_register_file(first.pk)
        assert RegisterFile.objects.filter(kind="practices").count() == 1

    def test_a_task_that_comes_twice_finds_nothing_to_do(self, admin) -> None:
        run = previewed(admin, ONE_WRONG)
        tasks.preview_register_file(run.pk)
        assert run.row_errors.count() == 1

    def test_while_it_waits_the_page_refreshes_with_and_without_scripts(self, admin) -> None:
        send(admin, GOOD)
        run = JobRun.objects.latest("pk")
        page = text(admin.get(f"/imports/{run.pk}/"))
        assert 'hx-trigger="every 2s"' in page
        assert ">Refresh</a>" in page
        assert "is not finished yet" in text(admin.get("/imports/"))
        part = admin.get(f"/imports/{run.pk}/", headers={"HX-Request": "true"})
        assert "<html" not in part.content.decode()
        tasks.preview_register_file(run.pk)
        done = admin.get(f"/imports/{run.pk}/", headers={"HX-Request": "true"})
        assert "<html" not in done.content.decode()
        assert "every 2s" not in done.content.decode()

    def test_a_preview_that_is_not_done_cannot_be_confirmed(self, admin) -> None:
        send(admin, GOOD)
        run = JobRun.objects.latest("pk")
        assert admin.post(f"/imports/{run.pk}/").status_code == 200
        assert not JobRun.objects.filter(kind="register-load").exists()

    def test_wrong_rows_are_listed_and_can_be_left_out(self, admin) -> None:
        run = previewed(admin, ONE_WRONG)
        page = text(admin.get(f"/imports/{run.pk}/"))
        assert "1 row is wrong" in page
        assert "The status must be A, C, D or P" in page
        refused = admin.post(f"/imports/{run.pk}/")
        assert "There is a problem" in text(refused)
        load = confirmed(admin, run, keep_good_rows="on")
        assert load.state == RunState.DONE
        assert practices() == 1

    def test_wrong_rows_can_be_accepted_beforehand(self, admin) -> None:
        run = previewed(admin, ONE_WRONG, on_errors="keep")
        assert "Load the good rows" not in text(admin.get(f"/imports/{run.pk}/"))
        confirmed(admin, run)
        assert practices() == 1

    def test_the_error_file_opens_safely_in_a_spreadsheet(self, admin) -> None:
        run = previewed(admin, csv_bytes(ods_row("A81001"), ods_row("=1+1")))
        response = admin.get(f"/imports/{run.pk}/errors.csv")
        content = b"".join(response.streaming_content).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(content)))
        assert rows[0] == ["Sheet", "Row", "Column", "Value", "What is wrong"]
        assert rows[1][1:4] == ["2", "code", "'=1+1"]

    def test_a_large_change_must_be_accepted(self, admin) -> None:
        many = [ods_row(f"A8{n:04d}") for n in range(60)]
        loaded("practices", csv_bytes(*many))
        run = previewed(admin, csv_bytes(*many[:40], ods_row("Y00001")))
        page = text(admin.get(f"/imports/{run.pk}/"))
        assert "20 of 60 open organisations are missing from the file" in page
        assert "Tick" in text(admin.post(f"/imports/{run.pk}/"))
        loaded_run = confirmed(admin, run, accept_large_change="on")
        assert loaded_run.state == RunState.DONE

    def test_the_same_file_again_has_nothing_to_load(self, admin) -> None:
        confirmed(admin, previewed(admin, GOOD))
        again = previewed(admin, GOOD)
        page = text(admin.get(f"/imports/{again.pk}/"))
        assert "There is nothing to load" in page
        assert "Load the file</button>" not in page

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"one,two\n1,2\n", "expected “epraccur”"),
            (b"a,b\nc\x00,d\n", "no text has (NUL)"),
            (b"PK\x03\x04junk", "damaged"),
            (gzip.compress(GOOD)[:-9], "ends too early"),
            (b'"A81001","x\n', "never closed"),
        ],
    )
    def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(
        self, admin, content, said
    ) -> None:
        run = previewed(admin, content)
        assert run.state == RunState.FAILED
        page = text(admin.get(f"/imports/{run.pk}/"))
        assert "Nothing was loaded" in page
        assert said in page

    def test_an_upload_that_is_gone_says_so(self, admin, settings, tmp_path) -> None:
        send(admin, GOOD)
        run = JobRun.objects.latest("pk")
        settings.MEDIA_ROOT = tmp_path / "elsewhere"
        tasks.preview_register_file(run.pk)
        assert "upload it again" in text(admin.get(f"/imports/{run.pk}/"))


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"kind": ""}, "Choose what the file holds"),
        ({"kind": "nonsense"}, "must be one of the choices"),
        ({"as_at": "30/02/2016"}, "real date"),
        ({"as_at": "soon\x00"}, "real date"),
    ],
)
def test_what_is_missing_or_wrong_in_the_form_is_said(admin, answers, said) -> None:
    response = send(admin, GOOD, **answers)
    assert response.status_code == 200
    assert said in text(response)
    assert not JobRun.objects.exists()


def test_a_form_without_a_file_or_with_an_empty_one(admin) -> None:
    assert "Choose a file" in text(admin.post(NEW, {"kind": "practices", "on_errors": "keep"}))
    assert "is empty. Choose another one" in text(send(admin, b""))


def test_a_file_beyond_the_limit_is_refused(admin, monkeypatch) -> None:
    monkeypatch.setattr("plans.forms.imports.LARGEST", 100)
    assert "is larger than 25 MB" in text(send(admin, GOOD))


@pytest.mark.parametrize("pk", [0, 999999, 2**63])
def test_an_unknown_import_is_not_found(admin, pk) -> None:
    assert admin.get(f"/imports/{pk}/").status_code == 404
    assert admin.get(f"/imports/{pk}/errors.csv").status_code == 404


def test_runs_of_another_kind_are_not_imports(admin, settings) -> None:
    run = JobRun.objects.create(kind="sweep", title="Sweep", queued_at="2026-01-01T00:00Z")
    assert admin.get(reverse("plans:import", args=[run.pk])).status_code == 404


def test_uploads_lie_under_their_own_digest_and_nothing_else_is_read() -> None:
    digest = uploads.keep(b"abc")
    assert uploads.content(digest) == b"abc"
    assert uploads.keep(b"abc") == digest
    for name in ("../../etc/passwd", "", "x" * 64):
        with pytest.raises(FileNotFoundError):
            uploads.content(name)


@pytest.mark.usefixtures("commissioners")
def test_a_file_whose_only_news_is_wrong_says_so(admin) -> None:
    run = previewed(admin, csv_bytes(ods_row("A81001", commissioner="ZZZ")))
    page = text(admin.get(f"/imports/{run.pk}/"))
    assert "The good rows say nothing new" in page
    assert "already says all" not in page
