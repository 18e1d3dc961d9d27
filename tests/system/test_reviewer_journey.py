"""The reviewer's job, from the national board to the printed decision and what came after it.

One plan of the demonstration, two reviewers and the manager; a real worker counts what is recorded.
"""

import datetime as dt
import hashlib
import io
import json
import math
import re
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from accounts.demonstration import MANAGER
from readiness.models import Decision
from tests.system.base import WIDE
from tests.system.demonstration import (
    REVIEWER,
    DemonstrationJourney,
    number_in,
    person,
)
from tests.system.paper import A4, sheets
from ui.words import nhs_date

CODE = "qop-stp-2016"
PLAN = f"/plans/{CODE}/"
COLLEAGUE = "second.reviewer@example.org"
UNSEEN, EXCUSED, THIN = "Every LMC heard", "Every LMC saw the plan", "GP breadth"
"""Musts of this plan that are not met; the one in the middle is let pass."""

SUMMARY = "The board agrees the plan. Bolton LMC has to be heard before it is published."
CONDITION = "Meet Bolton LMC and record what it said"
REASONS = {
    UNSEEN: "Six of the seven LMCs were heard, and the seventh is the condition.",
    THIN: "The largest practices without a contact have dates in December.",
}


class TestReviewerJourney(DemonstrationJourney):
    """A plan that is nearly ready is agreed with a condition, and the evidence stays."""

    @pytest.fixture(autouse=True)
    def _typed_in(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch
        self.today = timezone.localdate()

    def test_a_plan_is_read_excepted_decided_and_printed(self) -> None:
        self.sign_in_as(person(REVIEWER))
        self.the_reviewer_reads_the_board_and_the_worst_plan()
        self.the_reviewer_goes_from_a_verdict_to_an_event_that_counts()
        self.the_reviewer_goes_from_a_verdict_to_the_practices_that_are_missing()
        self.the_reviewer_looks_at_the_plan_as_at_a_past_day()
        self.the_reviewer_judges_what_the_plan_says()
        self.the_reviewer_grants_an_exception_in_their_name()
        self.within_a_minute_both_stand_on_the_dossier_and_on_the_board()
        self.an_agreement_without_every_reason_is_refused_and_what_was_typed_is_kept()
        colleague = self.a_second_reviewer_is_about_to_decide_as_well()
        self.the_reviewer_saves_the_decision()
        self.the_second_reviewer_is_told_who_decided(colleague)
        self.the_decision_is_printed_and_its_digest_holds()
        self.the_manager_withdraws_an_event_and_only_the_check_says_so()

    # --- from the board to what is behind a verdict

    def the_reviewer_reads_the_board_and_the_worst_plan(self) -> None:
        expect(self.page).to_have_url(re.compile("/board/$"))
        self.sees("plans meet every must.")
        self.is_sound("review-01-board")
        worst = self.page.locator("tbody").get_by_role("row").first
        name, words = worst.get_by_role("link").first.inner_text(), worst.inner_text()
        met, musts = (number_in(pattern, words) for pattern in (r"(\d+) of \d+ met", r"of (\d+) m"))

        worst.get_by_role("link", name=name, exact=True).click()

        expect(self.page.get_by_role("heading", level=1)).to_have_text(name)
        said = self.page.locator(".wt-verdict__line").inner_text()
        assert "Not ready to sign off" in said
        assert sum(int(number) for number in re.findall(r"(\d+) (?:of|has|have|is)", said)) == (
            musts - met
        ), said
        self.is_sound("review-02-worst-plan")

    def the_reviewer_goes_from_a_verdict_to_an_event_that_counts(self) -> None:
        self.visit("/board/")
        self.page.get_by_role("link", name="Not met GP breadth, Greater Manchester").click()
        self.sees("3 of 16 musts are not met")
        self.is_sound("review-03-dossier")
        verdict = self.criterion("gp_breadth")
        verdict.get_by_text("Why, and what was counted").click()
        event = verdict.get_by_role("listitem").get_by_role("link").first
        self.event_title = event.inner_text()
        self.axe_is_clean()

        event.click()

        self.event = self.page.url.removeprefix(self.address)
        expect(self.page.get_by_role("heading", level=1)).to_have_text(self.event_title)
        expect(self.page.get_by_text("Counts", exact=True).first).to_be_visible()
        self.is_sound("review-04-event")

    def the_reviewer_goes_from_a_verdict_to_the_practices_that_are_missing(self) -> None:
        self.visit(PLAN)
        verdict = self.criterion("gp_breadth")
        named = verdict.locator(".wt-crit__named").get_by_role("link").first.inner_text()
        heard = number_in(r"([\d,]+) of [\d,]+ practices", verdict.inner_text())
        practices = number_in(r"of ([\d,]+) practices", verdict.inner_text())
        more = math.ceil(practices * 0.4) - heard
        assert more > 0
        verdict.get_by_role("link", name="not heard for GP breadth").click()
        self.sees("practices not heard")
        self.page.get_by_role("link", name="Show only the fewest that reach 40%").click()
        caption = self.page.get_by_role("table").locator("caption").last.inner_text()
        assert number_in(r"(\d+) practices not heard, the fewest", caption) == more
        practice = self.page.get_by_role("table").last.get_by_role("link").first
        assert practice.inner_text() == named
        self.is_sound("review-05-missing-fewest")

        practice.click()

        self.sees("Engagement ledger")
        self.is_sound("review-06-practice")

    def the_reviewer_looks_at_the_plan_as_at_a_past_day(self) -> None:
        day = self.today - dt.timedelta(days=60)
        self.visit(PLAN)
        now = self.page.locator(".wt-verdict__line").inner_text()
        self.page.get_by_text("Show the plan as at another day").click()
        self.page.get_by_label("The plan as at").fill(nhs_date(day))
        self.page.get_by_role("button", name="Show that day").click()

        self.sees(f"As at {nhs_date(day)}, as it is recorded now.")
        assert self.page.locator(".wt-verdict__line").inner_text() != now
        expect(self.page.get_by_role("button", name="Decide on this plan")).to_have_count(0)
        self.is_sound("review-07-past-day")

        self.page.get_by_role("link", name="Back to today").click()

        expect(self.page.get_by_role("region", name="The day of this page")).to_have_count(0)
        assert self.page.locator(".wt-verdict__line").inner_text() == now

    # --- a judgement and an exception

    def the_reviewer_judges_what_the_plan_says(self) -> None:
        self.page.get_by_role("link", name="What the plan says").click()
        self.is_sound("review-08-judgements")
        self.page.get_by_role("link", name="How local GPs will be supported").first.click()
        self.page.get_by_label("Where in the plan?").fill("Section 7.2, pages 31 to 33")
        self.page.get_by_role("radio", name="Yes, it says so in so many words").check()
        self.page.get_by_role("button", name="Record the judgement").click()
        self.is_refused("Enter why")
        expect(self.page.get_by_label("Where in the plan?")).to_have_value(
            "Section 7.2, pages 31 to 33"
        )
        self.is_sound("review-09-judgement-refused")
        self.page.get_by_label("Why?").fill("It names the hours of support for each practice.")
        self.page.get_by_role("button", name="Record the judgement").click()
        self.is_told("The judgement is recorded.")

    def the_reviewer_grants_an_exception_in_their_name(self) -> None:
        self.visit(PLAN)
        verdict = self.criterion("lmc_saw_plan")
        verdict.get_by_role("link", name="Let it pass by exception").click()
        expect(self.page.get_by_label("Which criterion is let pass?")).to_have_value("lmc_saw_plan")
        reason = "The version of 12 December goes to Bolton LMC first."
        self.page.get_by_label("Why is it let pass?").fill(reason)
        self.page.get_by_role("button", name="Grant the exception").click()
        self.is_refused("Enter the last day of the exception")
        expect(self.page.get_by_label("Why is it let pass?")).to_have_value(reason)
        self.is_sound("review-10-exception-refused")
        self.expires_on = self.today + dt.timedelta(days=30)
        self.page.get_by_label("Until when?").fill(nhs_date(self.expires_on))
        self.page.get_by_role("button", name="Grant the exception").click()
        self.is_told("The exception is granted.")
        self.sees(reason)

    def within_a_minute_both_stand_on_the_dossier_and_on_the_board(self) -> None:
        self.look_until(PLAN, self.both_are_counted)
        self.page.get_by_role("tab", name=re.compile("Met or settled")).click()
        let_pass = self.criterion("lmc_saw_plan")
        expect(let_pass).to_contain_text("Met by exception")
        expect(let_pass).to_contain_text(
            f"Let pass by {person(REVIEWER).name} until {nhs_date(self.expires_on)}"
        )
        self.is_sound("review-11-excepted")
        self.look_until("/board/", lambda: "Exception" in self.cell_of_exception())
        self.axe_is_clean()

    def both_are_counted(self) -> bool:
        """The exception and the judgement, wherever they stand: a tab may hide them."""
        let_pass = self.criterion("lmc_saw_plan").text_content() or ""
        judged = self.criterion("gp_support_shown").text_content() or ""
        return "Met by exception" in let_pass and "Section 7.2" in judged

    def cell_of_exception(self) -> str:
        return self.board_cell(PLAN, "LMCs saw").inner_text()

    # --- the decision

    def an_agreement_without_every_reason_is_refused_and_what_was_typed_is_kept(self) -> None:
        self.visit(PLAN)
        self.page.get_by_role("button", name="Decide on this plan").click()
        self.sees("2 of 16 musts are not met, disputed or without data.")
        expect(self.page.get_by_label(re.compile("^Why the plan can be agreed"))).to_have_count(2)
        self.is_sound("review-12-decide")
        self.type_the_decision(REASONS | {THIN: ""})
        self.page.get_by_role("button", name="Check your decision").last.click()

        self.is_refused(f"Enter why the plan can be agreed although “{THIN}” is not met")
        expect(self.reason_for(UNSEEN)).to_have_value(REASONS[UNSEEN])
        expect(self.page.get_by_label("The decision in a few sentences")).to_have_value(SUMMARY)
        expect(self.page.get_by_label("What has to be done").first).to_have_value(CONDITION)
        expect(self.page.get_by_role("radio", name="Agree with conditions")).to_be_checked()
        self.is_sound("review-13-decide-refused")

        self.reason_for(THIN).fill(REASONS[THIN])
        self.page.get_by_role("button", name="Check your decision").last.click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Check your decision")
        for words in (*REASONS.values(), SUMMARY, CONDITION):
            self.sees(words)
        self.is_sound("review-14-decide-check")

    def type_the_decision(self, reasons: dict[str, str]) -> None:
        self.page.get_by_role("radio", name="Agree with conditions").check()
        for title, reason in reasons.items():
            self.reason_for(title).fill(reason)
        self.page.get_by_label("The decision in a few sentences").fill(SUMMARY)
        self.page.get_by_label("What has to be done").first.fill(CONDITION)
        self.page.get_by_label("Who has to do it").first.fill("Programme director")
        due = self.today + dt.timedelta(days=28)
        self.page.get_by_label("By when").first.fill(nhs_date(due))

    def reason_for(self, title: str) -> Locator:
        return self.page.get_by_label(f"Why the plan can be agreed although “{title}”")

    def a_second_reviewer_is_about_to_decide_as_well(self) -> Page:
        self.monkeypatch.setattr(sys, "stdin", io.StringIO("a long password of theirs\n"))
        call_command("add_user", COLLEAGUE, "Second Reviewer", "--role", "reviewer", verbosity=0)
        desk = self.another_desk()
        with self.at(desk):
            self.sign_in_as(person(COLLEAGUE))
            self.visit(f"{PLAN}decide/")
            self.type_the_decision(REASONS)
            self.page.get_by_role("button", name="Check your decision").last.click()
            expect(self.page.get_by_role("heading", level=1)).to_have_text("Check your decision")
        return desk

    def the_reviewer_saves_the_decision(self) -> None:
        self.page.get_by_role("button", name="Save the decision").click()
        self.is_told("Decision 1 is saved, with everything it was based on.")
        expect(self.page.get_by_role("heading", level=1)).to_have_text(
            "Greater Manchester: agree with conditions"
        )
        for words in (SUMMARY, CONDITION, *REASONS.values()):
            self.sees(words)
        self.decision = self.page.url.removeprefix(self.address)
        self.is_sound("review-15-decision")

    def the_second_reviewer_is_told_who_decided(self, desk: Page) -> None:
        with self.at(desk):
            self.page.get_by_role("button", name="Save the decision").click()
            self.sees(f"{person(REVIEWER).name} decided on")
            self.sees("That decision stands. Nothing of yours was saved.")
            expect(self.reason_for(THIN)).to_have_value(REASONS[THIN])
            self.is_sound("review-16-decided-meanwhile")
        assert Decision.objects.filter(plan__code=CODE).count() == 1

    # --- the paper, and what came after

    def the_decision_is_printed_and_its_digest_holds(self) -> None:
        self.visit(self.decision)
        self.is_pictured("decision")
        self.at_width(WIDE)
        digest = self.page.locator(".wt-pack__foot code").inner_text()
        with self.page.expect_download() as taken:
            self.page.get_by_role("link", name="Download the frozen record (JSON)").click()
        frozen = Path(taken.value.path()).read_bytes()
        assert hashlib.sha256(frozen).hexdigest() == digest
        snapshot = json.loads(frozen)
        criteria = [one["title"] for one in snapshot["policy"]["criteria"]]
        figures = [one["figure"] for one in snapshot["results"]]
        assert len(criteria) == len(figures) == len(set(criteria))

        pdf = self.page.pdf(prefer_css_page_size=True)

        printed = sheets(pdf)
        assert {sheet.size for sheet in printed} == {A4}
        assert all(sheet.shows(digest) for sheet in printed), "the digest stands on every sheet"
        for words in (
            "Greater Manchester: agree with conditions",
            f"taken by {person(REVIEWER).name} on {nhs_date(self.today)}",
            SUMMARY, CONDITION, *REASONS.values(), *criteria, *figures,
        ):  # fmt: skip
            assert any(sheet.shows(words) for sheet in printed), f"not printed: {words}"
        for words in ("Sign out", "Download the frozen record"):
            assert not any(sheet.shows(words) for sheet in printed), f"printed: {words}"

    def the_manager_withdraws_an_event_and_only_the_check_says_so(self) -> None:
        before = self.as_the_board_saw_it()
        manager = self.another_desk()
        with self.at(manager):
            self.sign_in_as(person(MANAGER.email))
            self.visit(self.event)
            self.page.get_by_role("button", name="Withdraw", exact=True).click()
            self.page.get_by_label("Why is this record wrong?").fill("It was another day.")
            self.is_sound("review-17-withdraw")
            self.page.get_by_role("button", name="Withdraw this record").click()
            self.is_told("Withdrawn.")

        told = io.StringIO()
        call_command("verify_decisions", "--plan", CODE, stdout=told)

        said = told.getvalue()
        assert "1 decision, 1 sound snapshot" in said
        assert re.search(f"Withdrawn since: .*{re.escape(self.event_title)}.*another day", said)
        assert self.as_the_board_saw_it() == before

    def as_the_board_saw_it(self) -> tuple[str, bytes]:
        """The page between its head and its foot, and the frozen record, byte for byte."""
        main = re.search("<main.*</main>", self.sent(self.decision).decode(), re.S)
        assert main
        return main[0], self.sent(f"{self.decision.rstrip('/')}.json")

    def sent(self, path: str) -> bytes:
        """What the service sends for this address."""
        return self.page.request.get(self.address + path).body()
