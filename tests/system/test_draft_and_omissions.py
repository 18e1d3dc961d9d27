"""A draft comes in as a file: whom it names and leaves out, what it changed, and who was shown it."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from readiness.actions import ensure_policies
from stakeholders.models import Category
from tests.engagement.area import bolton, days_ago
from tests.factories import papers, plans, stakeholders
from tests.files.documents import pdf
from tests.system.base import Journey
from tests.worker import running_worker

FIRST = "1 Partners.\nCouncils and trusts lead the plan.\n\n2 Money.\nIt comes next year."
PAGES = (
    "1 Partners.\nCouncils lead the plan with general practice.",
    "2 Money.\nEach primary care network has two nurses, and GPs choose them.",
)


class TestDraft(Journey):
    """The first version spoke of councils and trusts alone; the second is sent as a PDF."""

    @pytest.fixture(autouse=True)
    def _bolton(self, db) -> None:
        ensure_policies()
        self.area = bolton()
        council = stakeholders.organisation(Category.COUNCIL, name="Bolton Council")
        plans.belong(council, self.area.footprint)
        papers.version(self.area.plan, title="Draft 1", on_day=days_ago(40), text=FIRST)
        self.dossier = f"/plans/{self.area.plan.code}/"

    def test_a_draft_is_read_compared_and_shown(self) -> None:
        self.sign_in_as(self.area.manager)
        self.the_draft_is_sent_as_a_pdf()
        with running_worker():
            self.sees("General practice is named 3 times.")
        self.is_sound("draft-2-read")
        self.the_check_names_each_group_with_its_passages()
        self.both_versions_stand_side_by_side()
        self.the_lmc_is_marked_as_shown_it()
        self.the_lead_reads_what_was_shown()

    def the_draft_is_sent_as_a_pdf(self) -> None:
        self.visit(f"{self.dossier}papers/version/add/")
        self.page.get_by_label("What is it called?").fill("Draft 2")
        self.page.get_by_label("Date of the version").fill(f"{days_ago(20):%d/%m/%Y}")
        self.page.get_by_label("A draft").check()
        self.page.get_by_label("Shared in confidence", exact=True).check()
        self.page.get_by_label("Shared in confidence since").fill(f"{days_ago(20):%d/%m/%Y}")
        file = {"name": "draft 2.pdf", "mimeType": "application/pdf", "buffer": pdf(*PAGES)}
        self.page.locator("input[type=file]").set_input_files(file)
        self.page.get_by_role("button", name="Record the version").click()
        self.sees("The text is being read")
        self.is_sound("draft-1-waiting")
        self.page.reload()  # axe leaves empty styles behind, which htmx would copy

    def the_check_names_each_group_with_its_passages(self) -> None:
        self.visit(f"{self.dossier}omissions/")
        self.sees("General practice is named 3 times.")
        for group, words in (
            ("General practice", "general practice 1, primary care network 1, GPs 1"),
            ("Local authority", "councils 1"),
            ("NHS trust", "Never named"),
        ):
            row = self.page.get_by_role("row").filter(
                has=self.page.get_by_role("link", name=group, exact=True)
            )
            for one in words.split(", "):
                expect(row).to_contain_text(one)
        self.sees("Each primary care network has two nurses")
        self.is_sound("draft-3-omissions")
        self.page.get_by_role("link", name="Local authority", exact=True).click()
        expect(self.page.get_by_role("heading", name="Local authority: 1 mention")).to_be_visible()
        expect(self.page.locator("mark")).to_have_text(["Councils"])

    def both_versions_stand_side_by_side(self) -> None:
        self.page.get_by_role("link", name="Compare with another version").click()
        lost = self.page.get_by_role("row").filter(has_text="NHS trust")
        expect(lost).to_contain_text("No longer named")
        expect(self.page.locator("ins").filter(has_text="general practice")).to_be_visible()
        self.is_sound("draft-4-compared")

    def the_lmc_is_marked_as_shown_it(self) -> None:
        self.visit(f"{self.dossier}shown/")
        self.sees("Nobody is on record as shown a version of the plan.")
        self.sees("1 of 1 not shown a version")
        self.page.get_by_role("button", name="Record who was shown it").first.click()
        self.page.get_by_role("button", name="Record who was shown it").click()
        self.sees("Choose at least one organisation")
        self.page.get_by_label("Which version?").select_option(index=1)
        self.page.get_by_label("When was it shown?").fill(f"{timezone.localdate():%d/%m/%Y}")
        self.page.get_by_label("How was it shown?").fill("Sent by email")
        self.page.get_by_label("Yes", exact=True).check()
        self.page.get_by_label("Bolton LMC").check()
        self.is_sound("draft-5-showing")
        self.page.get_by_role("button", name="Record who was shown it").click()
        self.visit(f"{self.dossier}shown/")
        self.sees("1 of 1 LMC among them")
        expect(self.page.get_by_role("row").filter(has_text="Bolton LMC")).to_contain_text(
            "In confidence"
        )
        self.is_sound("draft-6-shown")

    def the_lead_reads_what_was_shown(self) -> None:
        with self.at(self.another_desk()):
            self.sign_in_as(stakeholders.representative(self.area.lmc))
            self.visit(f"{self.dossier}shown/")
            self.sees("You have been shown 1 version of the plan.")
            self.page.get_by_role("link", name="Draft 2").click()
            self.sees("GPs choose them")
