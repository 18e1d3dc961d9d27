"""What was said and what changed, end to end: four people, a real worker, and the criteria that move."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from plans.actions import mark_changed
from plans.models import Consultation
from readiness.actions import ensure_policies
from tests.engagement.area import bolton
from tests.factories import accounts, consultations, papers, stakeholders
from tests.system.base import NARROW, Journey

SAID = "The community nurses are promised to three practices at once. Who pays for the fourth?"
MEMBERS = "We cannot take diabetes clinics on without two more nurses."
THEME = "Nurses and money"
WHY = "Section 5 now gives each network two nurses, paid by the integrated care board."


@pytest.mark.usefixtures("worker")
class TestWhatChanged(Journey):
    """A GP and the LMC answer a consultation; what they said changes the draft, and they read so."""

    @pytest.fixture(autouse=True)
    def _bolton(self, db) -> None:
        ensure_policies()
        self.area = bolton()
        self.dossier = f"/plans/{self.area.plan.code}/"
        self.reviewer = accounts.user("reviewer")
        self.lead = stakeholders.representative(self.area.lmc)
        papers.version(self.area.plan, on_day=timezone.localdate(), text="Councils and trusts.")
        self.consultation = consultations.consultation(
            self.area.plan, title="Care out of hospital", options_open=True
        )
        self.form = consultations.survey(self.consultation)
        mark_changed(plan_ids=[self.area.plan.pk], now=timezone.now())

    def test_what_was_said_changes_the_draft_and_who_said_it_reads_so(self) -> None:
        phone = self.another_desk(viewport={"width": NARROW, "height": 740})
        theirs = self.another_desk()
        self.the_board_reads("0 of 1 LMC", "General practice is named 0 times")
        self.a_gp_answers_on_a_phone(phone)
        self.the_lmc_gathers_what_its_members_say(theirs)
        self.the_manager_clears_and_themes_both()
        self.the_board_reads("1 of 1 LMC")
        self.the_last_day_passes()
        self.the_board_reads("1 of 1 theme not answered")
        self.the_draft_changes_and_the_theme_is_answered()
        self.the_board_reads("General practice is named 2 times")
        assert "not answered" not in self.criterion("formal_consultation")
        self.the_gp_reads_what_became_of_it(phone)
        self.the_lmc_reads_what_became_of_it(theirs)

    def a_gp_answers_on_a_phone(self, phone: Page) -> None:
        with self.at(phone):
            self.visit(f"/respond/{self.form.code}/")
            self.page.get_by_role("button", name="Start").click()
            self.page.get_by_role("button", name="Check your answers").click()
            self.sees("Choose whether you answer for yourself or for an organisation")
            self.page.get_by_label("What would make general practice better here?").fill(SAID)
            self.page.get_by_label("For myself").check()
            self.page.get_by_label("GP", exact=True).check()
            self.is_sound("what-changed-1-form")
            self.page.get_by_role("button", name="Check your answers").click()
            self.sees(SAID)
            self.page.get_by_role("button", name="Send your answers").click()
            self.sees("Your answers have arrived")
            self.receipt = self.page.url.removeprefix(self.address).split("?")[0]
            self.is_sound("what-changed-2-receipt")

    def the_lmc_gathers_what_its_members_say(self, theirs: Page) -> None:
        with self.at(theirs):
            self.sign_in_as(self.lead)
            self.visit("/collations/")
            self.choose("What do you ask about?", "Care out of hospital")
            self.page.get_by_label("What do you ask your members?").fill("What would you need?")
            tomorrow = timezone.localdate() + dt.timedelta(1)
            self.page.get_by_label("Until when may they answer?").fill(f"{tomorrow:%d/%m/%Y}")
            self.page.get_by_role("button", name="Open it").click()
            gathered = self.page.url.removeprefix(self.address)
            comment = self.page.locator("a[href^='/c/']").first.get_attribute("href")
            assert comment
            self.a_member_comments(comment)
            self.visit(gathered)
            self.page.get_by_role("button", name="Close it").click()
            self.page.get_by_role("button", name="Close it").click()
            self.page.get_by_role("button", name="Write the response").click()
            self.page.get_by_role("button", name="Preview").click()
            self.sees("It is also sent as your response to the consultation")
            self.page.get_by_role("button", name="Send the response").click()
            self.gathered = gathered

    def a_member_comments(self, path: str) -> None:
        with self.at(self.another_desk()):
            self.visit(path)
            self.page.get_by_label("Your comment").fill(MEMBERS)
            self.page.get_by_role("button", name="Send the comment").click()

    def the_manager_clears_and_themes_both(self) -> None:
        self.sign_in_as(self.area.manager)
        self.visit(f"/consultations/{self.consultation.pk}/triage/")
        self.page.get_by_role("button", name="Take the next response").click()
        for words, make in ((SAID, True), (MEMBERS, False)):
            self.sees(words)
            expect(self.page.locator("#response")).to_be_focused()  # the step before is over
            self.page.keyboard.press("c")
            self.sees("What is it about?")
            if make:
                self.page.get_by_label("Theme by name").fill(THEME)
                self.page.get_by_role("button", name="Give this theme").click()
                self.page.get_by_role("button", name="Make the theme and give it").click()
            else:
                self.page.locator("#theme-1").click()
            expect(self.page.locator("#theme-1")).to_have_attribute("aria-pressed", "true")
            if make:
                self.is_sound("what-changed-3-triage")
                # axe leaves empty styles behind, which htmx would copy. Loading the page again lets go
                # of the response and takes it up again.
                with self.page.expect_response(
                    lambda one: "do=take" in (one.request.post_data or "")
                ):
                    self.page.reload()
                self.sees(words)
            self.page.get_by_role("button", name="Done, next").click()
        expect(self.page.get_by_text("2 of 2").first).to_be_visible()

    def the_last_day_passes(self) -> None:
        """Time does what nobody can do in the browser."""
        yesterday = timezone.localdate() - dt.timedelta(1)
        Consultation.objects.filter(pk=self.consultation.pk).update(closes_on=yesterday)
        mark_changed(plan_ids=[self.area.plan.pk], now=timezone.now())

    def the_draft_changes_and_the_theme_is_answered(self) -> None:
        self.sign_in_as(self.area.manager)
        self.visit(f"{self.dossier}papers/version/add/")
        self.page.get_by_label("What is it called?").fill("Draft 2")
        self.page.get_by_label("Date of the version").fill(f"{timezone.localdate():%d/%m/%Y}")
        self.page.get_by_label("A draft").check()
        self.page.get_by_label("Confidential", exact=True).check()
        self.page.get_by_label("Or paste its text").fill(
            "5 Nurses. General practice is given two nurses for each network. GPs choose them."
        )
        self.page.get_by_role("button", name="Record the version").click()
        self.visit(f"{self.dossier}themes/")
        self.page.get_by_role("link", name=THEME).first.click()
        self.page.get_by_label("What people said, in your words").fill(
            "Who pays for community nurses, and are there enough?"
        )
        self.page.get_by_label("Accepted", exact=True).check()
        self.page.get_by_label("Why?").fill(WHY)
        self.choose("In which version did the plan change?", "Draft 2,")
        self.page.get_by_label("In which section?").fill("Section 5")
        self.page.get_by_role("button", name="Save", exact=True).click()
        self.is_sound("what-changed-4-theme")
        self.page.get_by_role("button", name="Take a second look").click()
        self.page.get_by_label("I have read it as the public will").check()
        self.page.get_by_role("button", name="Publish").click()
        with self.at(self.another_desk()):
            self.visit(f"{self.dossier}you-said/")
            self.sees(WHY)
            expect(self.page.get_by_text(SAID)).to_have_count(0)
            self.is_sound("what-changed-5-you-said")

    def the_gp_reads_what_became_of_it(self, phone: Page) -> None:
        with self.at(phone):
            self.visit(self.receipt)
            self.sees("Accepted")
            self.sees(WHY)
            self.sees("Section 5")
            self.is_sound("what-changed-6-became")

    def the_lmc_reads_what_became_of_it(self, theirs: Page) -> None:
        with self.at(theirs):
            self.visit(self.gathered)
            self.page.get_by_role("link", name="Read what became of what you said there").click()
            self.sees(WHY)

    # --- small steps

    def the_board_reads(self, *words: str) -> None:
        self.sign_in_as(self.reviewer)
        self.look_until(
            self.dossier, lambda: all(self.page.get_by_text(one).count() for one in words)
        )

    def choose(self, label: str, words: str) -> None:
        """The choice that has these words in it."""
        choices = self.page.get_by_label(label)
        value = choices.locator("option", has_text=words).get_attribute("value")
        choices.select_option(value)

    def criterion(self, key: str) -> str:
        return self.page.locator(f"#{key}").inner_text()
