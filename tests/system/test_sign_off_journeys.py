"""What leads up to a sign-off: flags that are taken on, records that are disputed, new thresholds.

Told in the words of the manager, the reviewer, the LMC lead and the administrator, on the
demonstration; a real worker counts what is recorded.
"""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.demonstration import MANAGER
from engagement.models import Event
from readiness.models import Policy, PolicyStatus
from tests.system.demonstration import (
    ADMINISTRATOR,
    REVIEWER,
    DemonstrationJourney,
    number_in,
    person,
)
from ui.words import nhs_date

PLAN = "/plans/qop-stp-2016/"
NEIGHBOURHOOD, NEIGHBOURHOODS = "salford-nhp-2026", "/board/?type=nhp_2026"
LMC, LMC_LEAD, ITS_MANAGER = "LMC015", "lmc.salford@example.org", "manager.north@example.org"
OBJECTION = "Nobody of ours was there. The minutes name somebody else."
REPLY = "We will read the minutes again and put the record right."


class TestSignOffJourneys(DemonstrationJourney):
    """Three stories on one demonstration, since loading it takes longest."""

    @pytest.fixture(autouse=True)
    def _on_this_day(self) -> None:
        self.today = timezone.localdate()

    def test_flags_disputes_and_thresholds(self) -> None:
        self.the_manager_takes_a_flag_on()
        self.the_reviewer_offers_support_and_closes_it()
        self.the_lmc_lead_disagrees_with_every_record_of_the_plan()
        self.the_board_shows_disputes_and_the_figure_without_them()
        self.the_manager_replies()
        self.the_lmc_lead_reads_the_reply_and_agrees_again()
        self.the_figure_has_returned()
        self.without_scripts_the_administrator_drafts_tries_and_proposes_a_policy()
        self.the_reviewer_approves_it_and_the_board_is_judged_by_it()

    # --- a flag

    def the_manager_takes_a_flag_on(self) -> None:
        self.sign_in_as(person(MANAGER.email))
        self.visit("/flags/?plan=qop-stp-2016")
        self.is_sound("sign-off-01-flags")
        self.page.get_by_role("link", name="GP breadth of Greater Manchester").click()
        self.sees("Nobody has taken this flag on yet.")
        self.flag = self.page.url.removeprefix(self.address)
        self.is_sound("sign-off-02-flag")
        self.page.get_by_role("link", name="Take this flag on").click()
        self.page.get_by_label("What will they do?").fill("Visit the ten longest lists")
        self.page.get_by_label("By when?").fill("31 February")
        self.page.get_by_role("button", name="Save who does what").click()
        self.is_refused("Choose the person who will see to it", "The due date")
        expect(self.page.get_by_label("What will they do?")).to_have_value(
            "Visit the ten longest lists"
        )
        self.is_sound("sign-off-03-take-on-refused")

        due = nhs_date(self.today + dt.timedelta(days=14))
        self.page.get_by_label("Who will see to it?").select_option(label=MANAGER.name)
        self.page.get_by_label("By when?").fill(due)
        self.page.get_by_role("button", name="Save who does what").click()

        self.is_told("It is recorded who does what.")
        self.sees("Visit the ten longest lists")
        self.visit("/flags/?plan=qop-stp-2016")
        self.sees(f"Taken on by {MANAGER.name}, due {due}")

    def the_reviewer_offers_support_and_closes_it(self) -> None:
        self.sign_in_as(person(REVIEWER))
        self.visit(self.flag)
        expect(self.page.get_by_role("link", name="Take this flag on")).to_have_count(0)
        self.page.get_by_role("link", name="Offer support").click()
        self.page.get_by_label("What support is offered?").fill("An engagement lead for two days")
        self.page.get_by_label("Who will see to it?").select_option(label=person(REVIEWER).name)
        self.is_sound("sign-off-04-support")
        self.page.get_by_role("button", name="Offer support").click()
        self.is_told("The offer of support is recorded.")
        expect(self.page.get_by_role("link", name="Offer support")).to_have_count(0)

        self.page.get_by_role("link", name="Close the offer").click()
        self.page.get_by_role("button", name="Close the offer").click()
        self.is_refused("Enter what became of the offer")
        self.is_sound("sign-off-05-close-refused")
        self.page.get_by_label("What became of it?").fill("Six practices were visited")
        self.page.get_by_role("button", name="Close the offer").click()

        self.is_told("The offer of support is closed.")
        self.sees("Six practices were visited")
        self.sees(f"Closed on {nhs_date(self.today)}")
        self.is_sound("sign-off-06-flag-helped")

    # --- a dispute

    def the_lmc_lead_disagrees_with_every_record_of_the_plan(self) -> None:
        named = Event.objects.filter(
            credits__plan__code=NEIGHBOURHOOD,
            participations__organisation__code=LMC,
            participations__outcome="attended",
        )
        self.records = [f"/events/{one.pk}/" for one in named.order_by("held_on").distinct()]
        assert len(self.records) > 1
        self.sign_in_as(person(LMC_LEAD))
        for number, record in enumerate(self.records):
            self.visit(record)
            self.page.get_by_role(
                "link", name=re.compile("Agree or disagree|Change your answer")
            ).click()
            self.page.get_by_role("radio", name="No, we disagree").check()
            if not number:
                self.page.get_by_role("button", name="Send the answer").click()
                self.is_refused("Enter what is wrong with the record")
                expect(self.page.get_by_role("radio", name="No, we disagree")).to_be_checked()
                self.is_sound("sign-off-07-answer-refused")
            self.page.get_by_label("What is wrong with it?").fill(OBJECTION)
            self.page.get_by_role("button", name="Send the answer").click()
            self.is_told("Your answer is recorded.")
        self.is_sound("sign-off-08-disputed-record")

    def the_board_shows_disputes_and_the_figure_without_them(self) -> None:
        self.sign_in_as(person(REVIEWER))
        path = f"/plans/{NEIGHBOURHOOD}/"
        self.look_until(
            NEIGHBOURHOODS, lambda: "Disputed" in self.board_cell(path, "LMCs heard").inner_text()
        )
        disputes = self.row_of(path).get_by_role("link", name="open disputes")
        assert number_in(r"(\d+)", disputes.inner_text()) == len(self.records)
        self.is_sound("sign-off-09-board-disputed")

        disputes.click()

        expect(self.criterion("lmc_reached")).to_contain_text("0 of 1 LMC")
        expect(self.criterion("lmc_reached")).to_contain_text("disputes it")
        self.sees(OBJECTION)
        self.sees("The managers have not replied.")
        self.is_sound("sign-off-10-dossier-disputed")

    def the_manager_replies(self) -> None:
        self.sign_in_as(person(ITS_MANAGER))
        self.visit(self.records[-1])
        self.page.get_by_role("link", name=re.compile("^Reply")).click()
        self.sees(OBJECTION)
        self.page.get_by_label("Your reply").fill(REPLY)
        self.is_sound("sign-off-11-reply")
        self.page.get_by_role("button", name="Send the reply").click()
        self.is_told("Your reply stands beside the dispute.")

    def the_lmc_lead_reads_the_reply_and_agrees_again(self) -> None:
        self.sign_in_as(person(LMC_LEAD))
        self.visit(self.records[-1])
        self.sees(REPLY)
        self.page.get_by_role("link", name="Change your answer").click()
        self.page.get_by_role("radio", name="Yes, we agree").check()
        self.page.get_by_role("button", name="Send the answer").click()
        self.is_told("Your answer is recorded.")
        expect(self.page.get_by_text(OBJECTION)).to_have_count(1)
        expect(self.page.locator(".wt-history")).to_contain_text(OBJECTION)  # and nowhere else
        self.is_sound("sign-off-12-agreed-again")

    def the_figure_has_returned(self) -> None:
        self.sign_in_as(person(REVIEWER))
        path = f"/plans/{NEIGHBOURHOOD}/"
        self.look_until(
            NEIGHBOURHOODS,
            lambda: self.board_cell(path, "LMCs heard").inner_text().startswith("Met"),
        )
        open_disputes = self.row_of(path).locator(".is-disputed.wt-n").inner_text()
        assert number_in(r"(\d+)", open_disputes) == len(self.records) - 1
        self.visit(path)
        self.page.get_by_role("tab", name=re.compile("Met or settled")).click()
        expect(self.criterion("lmc_reached")).to_contain_text("1 of 1 LMC")

    # --- a threshold

    def without_scripts_the_administrator_drafts_tries_and_proposes_a_policy(self) -> None:
        with self.at(self.another_desk(java_script_enabled=False)):
            self.sign_in_as(person(ADMINISTRATOR))
            self.page.get_by_role("link", name="Criteria", exact=True).click()
            self.page.get_by_role("link", name="Change or approve policies").click()
            self.looks_sound_with_scripts("sign-off-13-policies")
            self.page.get_by_role("link", name="Start a new version").click()
            self.page.get_by_label("Which policy is changed?").select_option(
                label="STP 2016, version 3"
            )
            self.page.get_by_label("Why is it changed?").fill("The board asks for less breadth.")
            self.page.get_by_role("button", name="Start a new version").click()
            self.is_refused("Enter the day from which it is in force")
            expect(self.page.get_by_label("Why is it changed?")).to_have_value(
                "The board asks for less breadth."
            )
            self.page.get_by_label("From which day is it in force?").fill(nhs_date(self.today))
            self.page.get_by_role("button", name="Start a new version").click()
            self.sees("STP 2016, version 4")
            self.policy = self.page.url.removeprefix(self.address)
            self.looks_sound_with_scripts("sign-off-14-draft")
            self.change_the_threshold_of_breadth()
            self.try_the_draft()
            self.visit(self.policy)
            self.page.get_by_role("link", name="Ask for approval").click()
            self.looks_sound_with_scripts("sign-off-17-ask")
            self.page.get_by_role("button", name="Ask for approval").click()
            self.sees("you wrote it, so you cannot approve it")

    def change_the_threshold_of_breadth(self) -> None:
        self.page.get_by_role("link", name="GP breadth", exact=True).click()
        threshold = self.page.get_by_label("Threshold: amber below")
        expect(threshold).to_have_value("40")
        threshold.fill("400")
        self.page.get_by_role("button", name="Save the criterion").click()
        expect(self.page.locator(".nhsuk-error-summary")).to_contain_text("100")
        expect(self.page.get_by_label("Threshold: amber below")).to_have_value("400")
        self.fits()
        self.page.get_by_label("Threshold: red below").fill("5")
        self.page.get_by_label("Threshold: amber below").fill("15")
        self.page.get_by_label("Target, in words").fill("15% or more by count and by patients")
        self.page.get_by_role("button", name="Save the criterion").click()
        self.is_told("The criterion is saved.")

    def try_the_draft(self) -> None:
        self.page.get_by_role("link", name="See what it would change").click()
        self.would_change = self.plans_that_would_change()
        rows = self.page.get_by_role("table").get_by_role("row")
        assert self.would_change == rows.count() - 1 > 0
        self.looks_sound_with_scripts("sign-off-15-preview")

        day = nhs_date(self.today - dt.timedelta(days=45))
        self.page.get_by_label("On which day?").fill(day)
        self.page.get_by_role("button", name="Filter").or_(
            self.page.get_by_role("button", name="Apply")
        ).click()

        expect(self.page.get_by_role("heading", level=1)).to_contain_text(f"on {day}")
        assert self.plans_that_would_change() > 0
        self.looks_sound_with_scripts("sign-off-16-preview-of-a-past-day")

    def plans_that_would_change(self) -> int:
        """`7 of 44 plans would change`"""
        said = self.page.get_by_text("of 44 plans would change").first.inner_text()
        return number_in(r"(\d+) of 44 plans would change", said)

    def the_reviewer_approves_it_and_the_board_is_judged_by_it(self) -> None:
        self.sign_in_as(person(REVIEWER))
        self.visit("/board/")
        self.sees("Policy: STP 2016, version 3.")
        thin = self.row_of(PLAN).locator("th").inner_text()
        self.visit(self.policy)
        self.page.get_by_role("link", name="See what it would change").click()
        assert self.plans_that_would_change() == self.would_change
        self.page.go_back()
        self.page.get_by_role("link", name="Approve", exact=True).click()
        self.is_sound("sign-off-18-approve")
        self.page.get_by_role("button", name="Approve").click()
        self.sees("is never changed")
        self.is_sound("sign-off-19-approved")
        approved = Policy.objects.get(status=PolicyStatus.APPROVED, version=4)
        assert (approved.author, approved.approved_by) == (person(ADMINISTRATOR), person(REVIEWER))

        self.look_until("/board/", self.everything_is_judged_anew)

        assert self.board_cell(PLAN, "GP breadth").inner_text().startswith("Met")
        assert self.row_of(PLAN).locator("th").inner_text() != thin
        self.is_sound("sign-off-20-board-anew")

    def everything_is_judged_anew(self) -> bool:
        return "version 3" not in self.page.locator("main").inner_text()

    def looks_sound_with_scripts(self, name: str) -> None:
        """axe needs scripts: the same person looks at the same page in a browser that runs them."""
        path = self.page.url.removeprefix(self.address)
        self.fits()
        cookies = self.page.context.cookies()
        desk = self.another_desk()
        desk.context.add_cookies(cookies)
        with self.at(desk):
            self.visit(path)
            self.is_sound(name)
        desk.context.close()
