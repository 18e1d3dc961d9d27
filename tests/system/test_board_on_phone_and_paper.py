"""The national board of the demonstration on a phone, and on sheets of A4."""

import re

from playwright.sync_api import expect

from tests.system.base import NARROW
from tests.system.demonstration import REVIEWER, DemonstrationJourney, number_in, person
from tests.system.paper import A4, sheets


class TestBoardOnPhoneAndPaper(DemonstrationJourney):
    """The same board on what a reviewer carries: a phone, and two or three sheets of paper."""

    def test_the_board_is_read_on_a_phone_and_on_paper(self) -> None:
        self.sign_in_as(person(REVIEWER))
        self.on_a_phone_the_first_plan_says_every_unmet_must_in_words()
        self.on_paper_every_column_and_plan_is_within_the_sheet()

    def on_a_phone_the_first_plan_says_every_unmet_must_in_words(self) -> None:
        self.at_width(NARROW)
        self.visit("/board/")
        self.fits()
        self.axe_is_clean()
        row = self.page.locator("tbody").get_by_role("row").first
        met = number_in(r"(\d+) of \d+ met", row.inner_text())
        musts = number_in(r"\d+ of (\d+) met", row.inner_text())
        shown = [
            cell
            for cell in row.locator("td:has(.wt-cell)").all()
            if cell.is_visible() and "Shoulds" not in cell.inner_text()
        ]
        assert len(shown) == musts - met
        for cell in shown:
            heading, state, *_ = (part for part in cell.inner_text().split("\n") if part.strip())
            assert heading.strip()
            assert re.match("Not met|No data|Disputed", state), state
            box = cell.bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= NARROW
            size = cell.evaluate("cell => parseFloat(getComputedStyle(cell).fontSize)")
            assert size >= 14, f"{heading} is written in {size} px"

    def on_paper_every_column_and_plan_is_within_the_sheet(self) -> None:
        inside = round((A4[1] - 2 * 9) / 25.4 * 96)  # the sheet on its side, without the margins
        self.page.set_viewport_size({"width": inside, "height": 700})
        self.visit("/board/")
        plans = self.page.locator("tbody th a:first-child").all_inner_texts()
        columns = self.page.get_by_role("columnheader").all_inner_texts()
        assert len(plans) == 44
        self.page.emulate_media(media="print")
        expect(self.page.get_by_role("navigation", name="Menu")).to_be_hidden()
        expect(self.page.get_by_role("button", name="Apply")).to_be_hidden()
        self.fits()
        for heading in self.page.get_by_role("columnheader").all():
            box = heading.bounding_box()
            assert box
            assert box["x"] + box["width"] <= inside, heading.inner_text()

        printed = sheets(self.page.pdf(format="A4", landscape=True))

        assert {sheet.size for sheet in printed} == {A4[::-1]}
        for sheet in printed:
            assert all(sheet.shows(column) for column in columns), "headings on every sheet"
            assert not sheet.shows("Sign out")
        for name in plans:
            assert any(sheet.shows(name) for sheet in printed), f"not printed: {name}"
