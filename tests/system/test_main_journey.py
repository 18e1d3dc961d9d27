"""The main job, end to end, in the words of the three users.

The demonstration is loaded, a real worker runs beside the live server on its own broker, and
nothing is assessed by the test itself.
"""

import re

from django.utils import timezone
from playwright.sync_api import expect

from accounts.demonstration import MANAGER, NEVER_CONSULTED
from tests.system.demonstration import REVIEWER, DemonstrationJourney, person

PLAN = "/plans/qop-stp-2016/"


class TestMainJourney(DemonstrationJourney):
    """An LMC that was left out is consulted, and everybody can see it."""

    def test_an_lmc_that_was_left_out_is_consulted_and_everybody_sees_it(self) -> None:
        self.the_lmc_lead_reads_that_nobody_consulted_them()
        self.the_reviewer_sees_that_an_lmc_was_not_heard()
        self.the_manager_logs_a_meeting_with_the_lmc_and_five_practices()
        self.within_a_minute_the_board_says_that_every_lmc_was_heard()
        self.the_flag_has_cleared_and_names_the_meeting()
        self.the_lmc_lead_reads_of_the_meeting()

    def the_lmc_lead_reads_that_nobody_consulted_them(self) -> None:
        self.sign_in_as(person(NEVER_CONSULTED.email))
        expect(self.page).to_have_url(re.compile("/were-we-consulted/"))
        self.sees("No record of consultation with Bolton LMC")
        self.is_sound("journey-1-lmc-before")

    def the_reviewer_sees_that_an_lmc_was_not_heard(self) -> None:
        self.sign_in_as(person(REVIEWER))
        self.visit("/board/")
        assert "Not met" in self.board_cell(PLAN, "LMCs heard").inner_text()
        self.is_sound("journey-2-board-before")
        self.is_pictured("board")

    def the_manager_logs_a_meeting_with_the_lmc_and_five_practices(self) -> None:
        self.sign_in_as(person(MANAGER.email))
        self.page.get_by_role("link", name="Log engagement").first.click()
        self.fill_in_what_and_when()
        self.put_the_lmc_and_five_practices_on_the_list()
        self.page.get_by_label("Consult").check()
        self.is_sound("journey-5-log-said")
        self.page.get_by_role("button", name="Save and continue").click()
        self.sees("LMCs heard: 6 to 7 of 7")
        self.is_sound("journey-6-log-check")
        self.page.get_by_role("button", name="Save and reassess Greater Manchester").click()
        expect(self.page).to_have_url(re.compile(r"/events/\d+/"))
        self.sees("Meeting with Bolton LMC")
        self.is_sound("journey-7-event")

    def fill_in_what_and_when(self) -> None:
        today = timezone.localdate()
        self.page.get_by_label("When was it?").fill(f"{today:%d/%m/%Y}")
        self.page.get_by_label("It happened").check()
        self.page.get_by_label("How were people reached?").select_option(label="Meeting")
        self.page.get_by_label("Greater Manchester Sustainability").check()
        self.is_sound("journey-3-log-what")
        self.page.get_by_role("button", name="Save and continue").click()

    def put_the_lmc_and_five_practices_on_the_list(self) -> None:
        self.page.get_by_label("Bolton LMC").check()
        practices = self.page.get_by_label(re.compile(r"[\d,]+ patients"))
        for number in range(5):
            practices.nth(number).check()
        self.page.get_by_role("button", name="Add to the list").click()
        self.sees("On the list: 6")
        self.is_sound("journey-4-log-who")
        self.is_pictured("log")
        self.page.get_by_role("button", name="Save and continue").click()

    def within_a_minute_the_board_says_that_every_lmc_was_heard(self) -> None:
        self.sign_in_as(person(REVIEWER))
        self.look_until(
            "/board/",
            lambda: "Not met" not in self.board_cell(PLAN, "LMCs heard").inner_text(),
        )
        self.is_sound("journey-8-board-after")

    def the_flag_has_cleared_and_names_the_meeting(self) -> None:
        self.visit(PLAN)
        self.sees("7 of 7 LMCs heard")
        meeting = self.page.get_by_role("link", name=re.compile("Meeting with Bolton LMC"))
        expect(meeting.first).to_be_visible()
        self.is_sound("journey-9-dossier-after")

    def the_lmc_lead_reads_of_the_meeting(self) -> None:
        self.sign_in_as(person(NEVER_CONSULTED.email))
        expect(self.page.get_by_text("No record of consultation with Bolton LMC")).to_have_count(1)
        self.sees("Meeting with Bolton LMC")
        self.is_sound("journey-10-lmc-after")
        self.is_pictured("lmc")
