"""The right of reply, end to end: two browsers, a real worker, and the mail that it sends."""

import datetime as dt
import re
import time

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from mail.models import KeptMail
from readiness.actions import ensure_policies
from tests.engagement.area import bolton
from tests.factories import accounts, stakeholders
from tests.system.base import WITHIN_A_MINUTE, Journey
from tests.system.demonstration import DemonstrationJourney
from ui.words import nhs_date

REASON = "We were told of the plan that day. Nobody asked what we thought."
REPLY = "You are right about the day: it was a week earlier, and you spoke first."


@pytest.mark.usefixtures("worker")
class TestRightOfReply(Journey):
    """Bolton LMC is named in a record, disagrees by the link in its mail, and is asked again."""

    row_of, board_cell = DemonstrationJourney.row_of, DemonstrationJourney.board_cell

    @pytest.fixture(autouse=True)
    def _bolton(self, db) -> None:
        ensure_policies()
        self.area = bolton()
        self.path = f"/plans/{self.area.plan.code}/"
        self.lead = stakeholders.representative(self.area.lmc)
        self.reviewer = accounts.user("reviewer")
        self.opened: list[str] = []

    def test_an_lmc_that_was_named_disagrees_and_confirms_what_was_put_right(self) -> None:
        theirs = self.another_desk()
        self.the_manager_logs_a_meeting_with_the_lmc()
        self.the_figure_says("Met")
        self.the_lead_disagrees_by_the_link_in_the_mail(theirs)
        self.the_figure_says("Disputed")
        self.the_manager_sees_it_replies_and_corrects()
        self.the_lead_is_asked_again_and_confirms(theirs)
        self.the_figure_says("Met")

    def the_manager_logs_a_meeting_with_the_lmc(self) -> None:
        self.sign_in_as(self.area.manager)
        self.visit("/events/log/")
        self.page.get_by_label("When was it?").fill(f"{timezone.localdate():%d/%m/%Y}")
        self.page.get_by_label("It happened").check()
        self.page.get_by_label("How were people reached?").select_option(label="Meeting")
        self.page.get_by_label(re.compile(re.escape(self.area.plan.title))).check()
        self.go_on()
        self.page.get_by_label("Bolton LMC").check()
        self.page.get_by_role("button", name="Add to the list").click()
        self.sees("On the list: 1")
        self.go_on()
        self.page.get_by_label("Consult").check()
        self.go_on()
        self.page.get_by_role("button", name=re.compile("^Save and reassess")).click()
        expect(self.page).to_have_url(re.compile(r"/events/\d+/"))
        self.record = self.page.url.removeprefix(self.address)
        self.look_until(self.record, lambda: self.shows(f"Sent to {self.lead.name}"))
        self.sees("no answer")
        self.is_sound("right-of-reply-1-asked")

    def the_lead_disagrees_by_the_link_in_the_mail(self, theirs: Page) -> None:
        with self.at(theirs):
            self.visit(self.link_that_arrives("Is this right? Bolton LMC"))
            self.sees("Is this record right?")
            self.sees(f"Logged by {self.area.manager.name}")
            self.is_sound("right-of-reply-2-link")
            self.page.get_by_role("button", name="Send the answer").click()
            self.sees("Choose whether you agree with the record")
            self.is_sound("right-of-reply-3-refused")
            self.page.get_by_role("radio", name="No, we disagree").check()
            self.page.get_by_label("What is wrong with it?").fill(REASON)
            self.page.get_by_role("button", name="Send the answer").click()
            self.sees("Your answer is recorded")
            self.sees(REASON)
            self.is_sound("right-of-reply-4-answered")
            self.page.reload()
            self.sees("The link can be used once only.")

    def the_manager_sees_it_replies_and_corrects(self) -> None:
        self.sign_in_as(self.area.manager)
        self.visit(self.record)
        self.sees(REASON)
        self.is_sound("right-of-reply-5-disputed")
        expect(self.page.get_by_role("link", name="Take it back")).to_have_count(0)
        self.page.get_by_role("link", name=re.compile("^Reply")).click()
        self.page.get_by_label("Your reply").fill(REPLY)
        self.page.get_by_role("button", name="Send the reply").click()
        self.page.get_by_role("button", name="Edit", exact=True).click()
        self.week_ago = timezone.localdate() - dt.timedelta(7)
        self.page.get_by_label("When was it?").fill(f"{self.week_ago:%d/%m/%Y}")
        for _ in range(3):
            self.go_on()
        self.page.get_by_role("button", name=re.compile("^Save")).first.click()
        expect(self.page).to_have_url(self.address + self.record)
        self.sees("Asked again on")
        self.is_sound("right-of-reply-6-corrected")

    def the_lead_is_asked_again_and_confirms(self, theirs: Page) -> None:
        with self.at(theirs):
            self.visit(self.opened[0])
            self.sees("We have sent another link")
            self.visit(self.link_that_arrives("The record was corrected"))
            self.sees("The record was corrected: is it right now?")
            self.sees(nhs_date(self.week_ago))
            self.is_sound("right-of-reply-7-asked-again")
            self.page.get_by_role("radio", name="Yes, we agree").check()
            self.page.get_by_role("button", name="Send the answer").click()
            self.sees("Your answer is recorded")
            self.is_sound("right-of-reply-8-confirmed")

    def the_figure_says(self, word: str) -> None:
        self.sign_in_as(self.reviewer)
        self.look_until(
            "/board/",
            lambda: self.board_cell(self.path, "LMCs heard").inner_text().startswith(word),
        )
        self.is_sound(f"right-of-reply-board-{word.lower()}")

    # --- small steps

    def go_on(self) -> None:
        self.page.get_by_role("button", name="Save and continue").click()

    def shows(self, words: str) -> bool:
        return self.page.get_by_text(words).count() > 0

    def link_that_arrives(self, subject: str) -> str:
        """The address in the lead's mail with this subject, once the worker has sent it."""
        until = time.monotonic() + WITHIN_A_MINUTE
        while True:
            mails = KeptMail.objects.filter(
                sent_to__contains=self.lead.email, subject__startswith=subject
            )
            if mail := mails.first():
                found = re.search(r"/answer/\S+/", mail.text)
                assert found, mail.text
                self.opened.append(found[0])
                return found[0]
            assert time.monotonic() < until, f"no mail {subject!r} within a minute"
            time.sleep(0.5)
