"""An attendance list, from the spreadsheet to the record, and the rows that were mended afterwards."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.engagement.area import bolton, days_ago
from tests.system.base import Journey
from tests.worker import running_worker

FORUM, BOARD = f"{days_ago(20):%d/%m/%Y}", f"{days_ago(9):%d/%m/%Y}"
ROWS = (
    "Meeting,When it was,ODS code,Practice,Postcode,Attendance",
    f"Practice forum,{FORUM},P80000,,,present",
    f"Practice forum,{FORUM},,Surgery 1,BL9 9XY,on the screen",
    f"Practice forum,{FORUM},P80000,,,present",
    f"Practice forum,{FORUM},P8OOO2,,,present",
    f"Programme board,{BOARD},LMC1,,,deputy",
    "Programme board,31/11/2016,00T,,,present",
)
LIST = "\n".join(ROWS).encode()


class TestAttendanceList(Journey):
    """Two events in one file: three rows hold, one is there twice, one misspelt, one on no real day."""

    @pytest.fixture(autouse=True)
    def _bolton(self, db) -> None:
        self.area = bolton()

    def test_a_spreadsheet_becomes_the_record(self) -> None:
        self.sign_in_as(self.area.manager)
        self.the_list_is_sent_and_waits()
        with running_worker():
            self.its_columns_are_said()
            self.the_preview_says_what_would_become_of_each_row()
            self.it_is_added_while_she_watches()
            self.the_rows_that_were_left_are_mended_and_sent()
        self.the_first_file_is_known()
        self.the_event_names_who_came()

    def the_list_is_sent_and_waits(self) -> None:
        self.visit("/events/")
        self.page.get_by_role("link", name="Attendance lists").click()
        self.sees("No list has been sent yet")
        self.page.get_by_role("button", name="Send a list").first.click()
        self.page.get_by_role("button", name="Send the list").click()
        self.sees("Choose the list")
        self.is_sound("attendance-1-refused")
        self.send("who came.csv", LIST)
        expect(self.page.get_by_role("progressbar")).to_be_visible()
        self.is_sound("attendance-2-waiting")
        self.page.reload()  # axe leaves empty styles behind, which htmx would copy

    def its_columns_are_said(self) -> None:
        self.sees("What each column is")
        self.page.get_by_role("button", name="See what would be added").click()
        self.sees("Choose the column with the date of the event")
        self.sees("Say what “on the screen” means")
        self.is_sound("attendance-3-columns")
        self.choose("“on the screen” means", "Attended")
        self.say_the_columns()

    def the_preview_says_what_would_become_of_each_row(self) -> None:
        self.sees("Add them to the record?")
        self.figures_read("3 would be added", "1 not matched", "1 there already", "1 refused")
        self.sees("No organisation has the code “P8OOO2”")
        self.sees("“31/11/2016” is not a real date")
        self.is_sound("attendance-4-preview")
        self.visit("/events/")
        expect(self.page.get_by_text("Practice forum")).to_have_count(0)
        self.page.go_back()

    def it_is_added_while_she_watches(self) -> None:
        self.page.get_by_role("button", name="Add them to the record").click()
        self.sees("It is in the record")
        self.figures_read("3 matched", "1 not matched", "1 there already", "1 refused")
        self.is_sound("attendance-5-added")

    def the_rows_that_were_left_are_mended_and_sent(self) -> None:
        with self.page.expect_download() as waiting:
            self.page.get_by_role("button", name="Download the rows to correct").click()
        left = Path(waiting.value.path()).read_text("utf-8-sig")
        assert left.count("\n") == 3, "the headings and the two rows that were not taken"
        self.visit("/attendance/new/")
        mended = left.replace("P8OOO2", "P80002").replace("31/11/2016", BOARD)
        self.send(waiting.value.suggested_filename, mended.encode())
        self.say_the_columns()
        self.page.get_by_role("button", name="Add them to the record").click()
        self.sees("It is in the record")
        self.figures_read("2 matched", "0 not matched", "0 there already", "0 refused")

    def the_first_file_is_known(self) -> None:
        self.visit("/attendance/new/")
        self.send("another name.csv", LIST)
        self.sees("You sent this file before")
        self.sees("nothing was added a second time")

    def the_event_names_who_came(self) -> None:
        self.page.get_by_role("link", name="See the events of the plan").click()
        self.page.get_by_role("link", name="Practice forum").click()
        for name in ("Surgery 0", "Surgery 1", "Surgery 2"):
            expect(self.page.get_by_role("link", name=name)).to_be_visible()
        expect(self.page.get_by_role("link", name="Surgery 3")).to_have_count(0)

    # --- small steps

    def send(self, name: str, data: bytes) -> None:
        file = {"name": name, "mimeType": "text/csv", "buffer": data}
        self.page.locator("input[type=file]").set_input_files(file)
        self.page.get_by_role("button", name="Send the list").click()

    def say_the_columns(self) -> None:
        """What the headings do not say by themselves."""
        self.choose("Date of the event", "B: When it was")
        self.choose("How were these events held?", "Meeting")
        self.choose("How far could people influence the plan?", "Consult")
        self.page.get_by_role("button", name="See what would be added").click()

    def choose(self, label: str, words: str) -> None:
        self.page.get_by_label(label).select_option(label=words)

    def figures_read(self, *words: str) -> None:
        figures = self.page.get_by_label("Rows of the list").get_by_role("listitem")
        expect(figures).to_contain_text(list(words))
