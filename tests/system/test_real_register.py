"""The same job on the official register of February 2016.

The administrator loads the last file in the browser, a round is opened for the 44 footprints, a
manager logs a meeting, a real worker assesses, and the missing list says who is left.
"""

import csv
import io
import re
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from accounts.roles import Role
from plans.actions.grants import Scope, let_in
from plans.queries.register_check import register_check
from readiness.actions import ensure_policies
from stakeholders.models import Category
from tests.factories.register import FEBRUARY_2016
from tests.system.base import PASSWORD, Journey

BY_COMMAND = (
    ("commissioners", "ods-commissioners/eccg_2016-02.csv"),
    ("footprints", "stp-footprints/stp_footprints_2016.csv"),
    ("footprints", "stp-footprints/ccg_to_stp_2016.csv"),
    ("lmcs", "lmc/lmc.csv"),
    ("councils", "local-authorities/health_and_wellbeing_board_areas.csv"),
)
AFTER_THE_PRACTICES = (
    ("footprints", "stp-footprints/practice_footprint_overrides_2016.csv"),
    ("list-sizes", "gp-list-size/list_size_2016q1.csv.gz"),
    ("lmcs", "lmc/practice_lmc_overrides_2016.csv"),
)
PLAN = "/plans/qop-stp-2016/"
PRACTICES_OF_MANCHESTER = 492
SOON = 60.0


@pytest.mark.register
@pytest.mark.usefixtures("worker")
class TestRealRegister(Journey):
    """44 footprints, 209 CCGs, 7,756 practices."""

    @pytest.fixture(autouse=True)
    def _register(self, transactional_db: None, register_data: Path) -> None:
        self.folder = register_data
        ensure_policies()
        self.load_by_command(BY_COMMAND)

    def test_the_job_runs_on_the_official_register(self) -> None:
        self.the_administrator_loads_the_practices_in_the_browser()
        self.load_by_command(AFTER_THE_PRACTICES)
        self.the_register_counts_what_the_source_says()
        self.a_round_is_opened_for_every_footprint()
        self.the_reviewer_sees_44_plans_in_which_nobody_was_heard()
        self.the_manager_logs_a_meeting_with_an_lmc_and_five_practices()
        self.the_missing_list_is_five_shorter()

    def load_by_command(self, files: tuple[tuple[str, str], ...]) -> None:
        for kind, name in files:
            call_command("import_register", kind, str(self.folder / name), stdout=io.StringIO())

    def the_administrator_loads_the_practices_in_the_browser(self) -> None:
        self.sign_in_as(self.somebody(Role.ADMINISTRATOR, Scope()))
        self.visit("/imports/new/")
        self.page.get_by_label("What does the file hold?").select_option(label="GP practices")
        file = self.folder / "ods-gp-practices" / "epraccur_2016-02.csv.gz"
        self.page.locator("input[type=file]").set_input_files(file)
        self.is_sound("register-1-upload")
        self.page.get_by_role("button", name="See what it would change").click()
        confirm = self.page.get_by_role("button", name="Load the file")
        expect(confirm).to_be_visible(timeout=SOON * 1000)
        self.is_sound("register-2-preview")
        confirm.click()
        loaded = self.page.get_by_role("heading", name="The file is loaded")
        expect(loaded).to_be_visible(timeout=SOON * 1000)
        self.is_sound("register-3-loaded")

    def the_register_counts_what_the_source_says(self) -> None:
        check = register_check(day=FEBRUARY_2016)
        assert len(check.footprints) == 44
        assert check.open_by_category[Category.COMMISSIONER] == 209
        assert check.open_by_category[Category.GP_PRACTICE] == 7756
        assert not check.in_no_footprint
        assert not check.in_several_footprints

    def a_round_is_opened_for_every_footprint(self) -> None:
        today = timezone.localdate()
        call_command(
            "open_round",
            "stp_2016",
            starts=today - timedelta(100),
            submission=today + timedelta(39),
            stdout=io.StringIO(),
        )

    def the_reviewer_sees_44_plans_in_which_nobody_was_heard(self) -> None:
        self.sign_in_as(self.somebody(Role.REVIEWER, Scope()))
        until = time.monotonic() + SOON
        self.visit("/board/")
        counted = self.page.get_by_role("link", name=re.compile("^44 plans"))
        judged = self.page.locator(".wt-must")  # no column before the first plan is assessed
        while not (counted.count() and judged.count()):
            assert time.monotonic() < until, "44 plans were not assessed within a minute"
            self.page.wait_for_timeout(500)
            self.visit("/board/")
        self.is_sound("register-4-board")

    def the_manager_logs_a_meeting_with_an_lmc_and_five_practices(self) -> None:
        self.sign_in_as(self.somebody(Role.MANAGER, Scope(footprints=("QOP",))))
        self.visit("/events/log/")
        self.page.get_by_label("When was it?").fill(f"{timezone.localdate():%d/%m/%Y}")
        self.page.get_by_label("It happened").check()
        self.page.get_by_label("How were people reached?").select_option(label="Meeting")
        self.go_on()
        self.page.get_by_label(re.compile("LMC speaks for")).first.check()
        practices = self.page.get_by_label(re.compile(r"[\d,]+ patients"))
        for number in range(5):
            practices.nth(number).check()
        self.page.get_by_role("button", name="Add to the list").click()
        self.sees("On the list: 6")
        self.go_on()
        self.page.get_by_label("Consult").check()
        self.go_on()
        self.page.get_by_role("button", name="Save and reassess Greater Manchester").click()
        expect(self.page).to_have_url(re.compile(r"/events/\d+/"))

    def go_on(self) -> None:
        self.page.get_by_role("button", name="Save and continue").last.click()

    def the_missing_list_is_five_shorter(self) -> None:
        left = PRACTICES_OF_MANCHESTER - 5
        self.visit(f"{PLAN}missing/")
        self.sees(f"{left} of {PRACTICES_OF_MANCHESTER} practices not heard")
        self.is_sound("register-5-missing")
        answer = self.page.request.get(f"{self.address}{PLAN}missing.csv")
        rows = list(csv.reader(io.StringIO(answer.body().decode("utf-8-sig"))))
        assert len(rows) == 1 + left

    def somebody(self, role: Role, scope: Scope) -> User:
        return let_in(
            by=None,
            email=f"{role.value}@example.org",
            name=f"The {role.label}",
            password=PASSWORD,
            role=role,
            scope=scope,
            now=timezone.now(),
            today=timezone.localdate(),
        )
