"""The job log and a run's page, for administrators."""

import csv
import datetime as dt
import io

import pytest
from django.test import Client

from accounts.roles import Role
from jobs import actions, presenters
from jobs.models import JobRun
from tests.factories import accounts

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(accounts.user(Role.ADMINISTRATOR))
    return client


def finished(kind: str = "nightly", **more) -> JobRun:
    run = actions.queue(kind=kind, title=f"Run of {kind}", by=None, now=NOW)
    actions.start(run_id=run.pk, now=NOW)
    actions.finish(run_id=run.pk, now=NOW, **more)
    return run


def running() -> JobRun:
    run = actions.queue(kind="import", title="Importing practices", by=None, now=NOW)
    actions.start(run_id=run.pk, now=NOW)
    actions.advance(run_id=run.pk, done=250, total=1000, now=NOW)
    return run


@pytest.mark.parametrize("role", [Role.MANAGER, Role.REVIEWER, Role.REPRESENTATIVE])
def test_the_log_is_for_administrators(client: Client, role: Role) -> None:
    client.force_login(accounts.user(role))
    assert client.get("/jobs/").status_code == 403
    assert client.get(f"/jobs/{finished().pk}/").status_code == 403


def test_an_empty_log_says_what_will_be_here(administrator: Client) -> None:
    assert "No job has run yet" in administrator.get("/jobs/").content.decode()


def test_the_log_leaves_out_what_is_nought(administrator: Client) -> None:
    finished("nightly", counts={"stored": 0, "unchanged": 44}, skipped={"overtaken": 0})
    finished("sweep", counts={"stored": 0})
    page = administrator.get("/jobs/").content.decode()
    assert "44 unchanged" in page
    assert "Nothing to do" in page
    assert "0 stored" not in page
    assert "overtaken" not in page


def test_the_log_tells_the_last_good_run_what_was_left_out_and_why_one_failed(
    administrator: Client,
) -> None:
    finished(counts={"plans": 44}, skipped={"closed plans": 3})
    failed = actions.queue(kind="import", title="Importing practices", by=None, now=NOW)
    actions.start(run_id=failed.pk, now=NOW)
    actions.fail(run_id=failed.pk, reason="Row 3 has no code.", now=NOW, again=False)
    page = administrator.get("/jobs/").content.decode()
    for words in ("Last good run", "44 plans", "3 closed plans", "Row 3 has no code.", "Failed"):
        assert words in page


def test_the_log_costs_the_same_however_long_it_is(
    administrator: Client, django_assert_num_queries
) -> None:
    finished()
    administrator.get("/jobs/")
    with django_assert_num_queries(6):
        administrator.get("/jobs/")
    for number in range(24):
        finished(kind=f"kind {number}")
    with django_assert_num_queries(6):
        administrator.get("/jobs/")


def test_an_unfinished_run_shows_its_way_in_words_and_refreshes(administrator: Client) -> None:
    page = administrator.get(f"/jobs/{running().pk}/").content.decode()
    assert "250 of 1,000" in page
    assert "<progress" in page
    assert "hx-get" in page
    assert "Refresh" in page


def test_a_script_gets_only_the_part_that_changes_and_stops_asking_at_the_end(
    administrator: Client,
) -> None:
    run = finished(counts={"added": 3})
    part = administrator.get(f"/jobs/{run.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "hx-get" not in part
    assert "3 added" in part


def test_an_unknown_run_is_not_found(administrator: Client) -> None:
    assert administrator.get("/jobs/999/").status_code == 404
    assert administrator.get("/jobs/999/errors.csv").status_code == 404


@pytest.mark.parametrize("number", ["junk", "-1", "%00", "9" * 50])
def test_a_junk_page_number_is_the_first_page(administrator: Client, number: str) -> None:
    assert administrator.get(f"/jobs/?page={number}").status_code == 200


def test_wrong_rows_can_be_read_and_downloaded_without_running_as_formulas(
    administrator: Client,
) -> None:
    run = finished()
    problem = actions.RowProblem(
        row=7, column="Code", value="=1+1", message="Unknown code. Check it."
    )
    actions.record_row_errors(run_id=run.pk, problems=[problem])
    assert "Unknown code. Check it." in administrator.get(f"/jobs/{run.pk}/").content.decode()
    answer = administrator.get(f"/jobs/{run.pk}/errors.csv")
    assert answer["Content-Disposition"] == f'attachment; filename="errors-{run.pk}.csv"'
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert rows == [
        list(presenters.ERROR_COLUMNS),
        ["", "7", "Code", "'=1+1", "Unknown code. Check it."],
    ]


def test_progress_of_an_unknown_total_is_not_a_number() -> None:
    run = JobRun(state="running", progress_done=0, progress_total=0)
    assert presenters.progress(run).words == "Running"
