"""The job log and a run's page in a browser, in each of their states."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.roles import Role
from jobs import actions
from jobs.models import JobRun
from tests.factories import accounts
from tests.system.base import Journey


def begun() -> JobRun:
    """A run that has come a quarter of its way and found one row wrong."""
    now = timezone.now()
    run = actions.queue(kind="count", title="Importing practices", by=None, now=now)
    actions.start(run_id=run.pk, now=now)
    actions.advance(run_id=run.pk, done=250, total=1000, now=now)
    problem = actions.RowProblem(row=7, column="Code", value="Y0", message="Unknown code.")
    actions.record_row_errors(run_id=run.pk, problems=[problem])
    return run


class TestJobLog(Journey):
    """An administrator looks at what the service did."""

    @pytest.fixture(autouse=True)
    def _administrator(self, _browser: None) -> None:
        self.sign_in_as(accounts.user(Role.ADMINISTRATOR))

    def test_the_empty_log_says_what_will_be_here(self) -> None:
        self.visit("/jobs/")
        self.sees("No job has run yet")
        self.is_sound("jobs-empty")

    def test_a_run_is_watched_to_its_end_without_touching_the_page(self) -> None:
        run = begun()
        self.visit(f"/jobs/{run.pk}/")
        self.sees("250 of 1,000")
        self.is_sound("jobs-running")
        actions.finish(run_id=run.pk, now=timezone.now(), counts={"added": 999})
        expect(self.page.get_by_text("999 added")).to_be_visible()
        expect(self.page.get_by_role("progressbar")).to_have_count(0)
        self.is_sound("jobs-done")

    def test_the_log_shows_good_and_failed_runs(self) -> None:
        actions.finish(run_id=begun().pk, now=timezone.now(), counts={"added": 3})
        actions.fail(
            run_id=begun().pk, reason="Row 3 has no code.", now=timezone.now(), again=False
        )
        self.visit("/jobs/")
        self.sees("Row 3 has no code.")
        self.is_sound("jobs-log")


class TestJobLogWithoutScripts(Journey):
    """The same page with JavaScript switched off."""

    @pytest.fixture
    def browser_context_args(self, browser_context_args: dict[str, object]) -> dict[str, object]:
        return browser_context_args | {"java_script_enabled": False}

    def test_a_run_is_refreshed_by_its_link(self) -> None:
        self.sign_in_as(accounts.user(Role.ADMINISTRATOR))
        run = begun()
        self.visit(f"/jobs/{run.pk}/")
        actions.finish(run_id=run.pk, now=timezone.now(), counts={"added": 999})
        self.page.get_by_role("link", name="Refresh").click()
        self.sees("999 added")
