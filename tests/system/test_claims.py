"""You missed this: the lead adds it, the manager takes it in, and the figure moves. A member comments."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from engagement.models import Collation
from plans.models import Plan
from readiness.actions import assess_plans, ensure_policies
from tests.engagement.area import bolton, days_ago
from tests.factories import stakeholders
from tests.system.base import NARROW, Journey
from ui.words import nhs_date


class TestYouMissedThis(Journey):
    """Bolton LMC met the programme director, and nobody logged it."""

    @pytest.fixture(autouse=True)
    def _area(self, db) -> None:
        ensure_policies()
        self.area = bolton()
        Plan.objects.filter(pk=self.area.plan.pk).update(first_draft_on=days_ago(2))
        self.lead = stakeholders.representative(self.area.lmc)
        self.assess()

    def assess(self) -> None:
        """What the sweep does within a minute."""
        assess_plans(plan_ids=[self.area.plan.pk], as_at=timezone.localdate(), now=timezone.now())

    def test_the_lead_adds_what_is_missing_and_the_figure_moves(self) -> None:
        self.the_lead_adds_a_meeting_that_nobody_logged()
        self.the_manager_finds_it_waiting_and_takes_it_in()
        self.the_lead_reads_yes()
        self.the_lead_asks_the_members()
        self.a_member_comments_on_a_phone()
        self.the_lead_sends_one_response()

    def the_lead_adds_a_meeting_that_nobody_logged(self) -> None:
        self.sign_in_as(self.lead)
        self.sees("No record of consultation with Bolton LMC")
        self.is_sound("claim-1-before")
        self.page.get_by_role("link", name="Add what is missing").click()
        self.page.get_by_role("button", name="Add it").click()
        self.sees("Choose what is missing")
        self.is_sound("claim-2-refused")
        self.page.get_by_label("We met or spoke").check()
        self.page.get_by_label("When was it?").fill(nhs_date(days_ago(20)))
        self.page.get_by_label("How was it?").select_option("Meeting")
        self.page.get_by_label("With whom?").fill("The programme director")
        self.page.get_by_label("What happened").fill("We said that section 5 has no money.")
        self.page.get_by_role("button", name="Add it").click()
        self.sees("It is added and marked as yours.")
        self.sees("Waiting for the managers")
        self.is_sound("claim-3-made")

    def the_manager_finds_it_waiting_and_takes_it_in(self) -> None:
        self.sign_in_as(self.area.manager)
        self.sees("1 claim waits for you")
        self.is_sound("claim-4-home")
        self.page.get_by_role("link", name=re.compile("^Met or spoke")).click()
        self.page.get_by_role("link", name="Link to a record there is").or_(
            self.page.get_by_role("button", name="Link to a record there is")
        ).click()
        self.sees("No record near that day names them")
        self.is_sound("claim-5-link")
        self.page.get_by_role("link", name="Back to the claim").click()
        self.page.get_by_text("Accept into the record", exact=True).click()
        self.page.get_by_label("Consult").check()
        self.is_sound("claim-6-accept")
        self.page.get_by_role("button", name="Accept it into the record").click()
        self.sees("Claimed by Bolton LMC")
        self.is_sound("claim-7-record")
        self.assess()
        self.visit(f"/plans/{self.area.plan.code}/")
        self.sees("1 of 1 LMC")
        self.sees("1 in the record now")
        self.is_sound("claim-8-dossier")

    def the_lead_reads_yes(self) -> None:
        self.sign_in_as(self.lead)
        expect(self.page.locator(".wt-answer__word")).to_have_text("Yes.")
        self.sees("Accepted into the record")
        self.is_sound("claim-9-after")

    def the_lead_asks_the_members(self) -> None:
        self.page.get_by_role("link", name="Members' comments").click()
        subjects = self.page.get_by_label("What do you ask about?")
        bolton_plan = subjects.locator("option", has_text="Bolton plan").get_attribute("value")
        subjects.select_option(bolton_plan)
        self.page.get_by_label("What do you ask your members?").fill("What would you need?")
        in_two_weeks = timezone.localdate() + dt.timedelta(14)
        self.page.get_by_label("Until when may they answer?").fill(nhs_date(in_two_weeks))
        self.is_sound("collation-1-open")
        self.page.get_by_role("button", name="Open it").click()
        self.sees("No comments yet")

    def a_member_comments_on_a_phone(self) -> None:
        code = Collation.objects.get().code
        with self.at(self.another_desk(viewport={"width": NARROW, "height": 700})):
            self.visit("/c/")
            self.is_sound("collation-2-door")
            self.page.get_by_label("The code that you were given").fill(
                f"{code[:4]} {code[4:8]}-{code[8:]}".lower()
            )
            self.page.get_by_role("button", name="Go on").click()
            self.sees("What would you need?")
            self.is_sound("collation-3-comment")
            self.page.get_by_label("Your comment").fill("Two more nurses.")
            self.page.get_by_label("Your practice").fill("Surgery 2")
            self.page.get_by_role("button", name="Send the comment").click()
            self.sees("Your comment has reached Bolton LMC")
            self.is_sound("collation-4-thanks")
            self.visit("/c/ACDEFGHJKMNP/", status=404)
            self.is_sound("collation-5-nowhere")

    def the_lead_sends_one_response(self) -> None:
        self.page.reload()
        self.sees("Two more nurses.")
        self.sees("Surgery 2")
        self.is_sound("collation-6-comments")
        self.page.get_by_text("Close it", exact=True).click()
        self.is_sound("collation-7-close")
        self.page.get_by_role("button", name="Close it").click()
        self.page.get_by_text("Write the response", exact=True).click()
        self.is_sound("collation-8-response")
        self.page.get_by_role("button", name="Preview").click()
        self.sees("Send the response?")
        self.is_sound("collation-9-preview")
        self.page.get_by_role("button", name="Send the response").click()
        self.sees("The response is sent.")
        self.sees("1 comment of members")
        self.is_sound("collation-10-sent")
