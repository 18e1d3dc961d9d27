"""Who speaks for general practice on the board, and what became of what was said at a meeting."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from engagement.models import Point
from plans.actions import mark_changed
from plans.models import BoardSeat, Capacity
from readiness.actions import ensure_policies
from stakeholders.models import Category
from tests.engagement.area import bolton, days_ago
from tests.factories import engagement, stakeholders
from tests.system.base import Journey
from ui.words import nhs_date

BODY, SEAT = "Programme board", "GP provider member"
SAID = "Our rooms are too small for the nurses you promise."
PARKING = "Nobody can park at the clinic."
ANSWER = "Two more rooms for each network are paid for from April."
COUNCIL_DECIDES = "The council decides about parking, and has been told."


@pytest.mark.usefixtures("worker")
class TestSeats(Journey):
    """A board on which a council and a GP of the commissioner sit."""

    @pytest.fixture(autouse=True)
    def _board(self, db) -> None:
        ensure_policies()
        self.area = bolton()
        self.dossier = f"/plans/{self.area.plan.code}/"
        council = stakeholders.organisation(Category.COUNCIL, name="Bolton Council")
        for title, holder in (("Council leader", council), ("GP clinical lead", self.area.ccg)):
            BoardSeat.objects.create(
                plan=self.area.plan, body=BODY, title=title, organisation=holder,
                capacity=Capacity.COMMISSIONER, valid_from=days_ago(150),
            )  # fmt: skip

    def test_a_seat_is_added_filled_and_left_vacant(self) -> None:
        self.sign_in_as(self.area.manager)
        self.a_seat_is_added("", since=90)
        self.the_board_reads("None of 2 people speaks for general practice.", "0 of 2 filled seats")
        self.it_ends(last=61)
        self.a_seat_is_added("LMC1", since=60)
        self.the_board_reads("One of 3 people speaks for general practice.", "1 of 3 filled seats")
        self.visit(f"{self.dossier}seats/")
        self.sees("1 GP who sits for a commissioner or in another capacity is not counted.")
        self.sees(f"{nhs_date(days_ago(90))} to {nhs_date(days_ago(61))}")
        self.is_sound("seats-1-filled")
        self.it_ends(last=1)
        self.the_board_reads("None of 2 people speaks for general practice.", "0 of 2 filled seats")
        self.visit(f"{self.dossier}seats/")
        self.sees(f"Vacant since {nhs_date(days_ago(0))}, for 1 day")
        self.is_sound("seats-2-vacant")

    def a_seat_is_added(self, code: str, *, since: int) -> None:
        self.visit(f"{self.dossier}seats/add/")
        self.page.get_by_label("Board or body").fill(BODY)
        self.page.get_by_label("Seat", exact=True).fill(SEAT)
        self.page.get_by_label("Organisation (optional)").fill(code)
        self.page.get_by_label("Representative body").check()
        self.page.get_by_label("Since when?").fill(f"{days_ago(since):%d/%m/%Y}")
        self.page.get_by_role("button", name="Add the seat").click()
        self.sees("The seat is recorded.")

    def it_ends(self, *, last: int) -> None:
        self.visit(f"{self.dossier}seats/")
        self.page.get_by_role("link", name=f"End {SEAT}").click()
        self.page.get_by_label("Last day").fill(f"{days_ago(last):%d/%m/%Y}")
        self.page.get_by_role("button", name="Save the last day").click()
        self.sees("The last day of the seat is saved.")

    def the_board_reads(self, sentence: str, figure: str) -> None:
        """On the page of the seats at once; on the dossier once the plan is assessed anew."""
        self.visit(f"{self.dossier}seats/")
        self.sees(sentence)
        seat = self.page.locator("#gp_seat")
        self.look_until(self.dossier, lambda: figure in (seat.text_content() or ""))
        self.sees(sentence)


class TestPointsOfAMeeting(Journey):
    """The LMC said something at a forum; the manager decides, the public and the lead read it."""

    @pytest.fixture(autouse=True)
    def _forum(self, db) -> None:
        ensure_policies()
        self.area = bolton()
        self.dossier = f"/plans/{self.area.plan.code}/"
        self.lead = stakeholders.representative(self.area.lmc)
        forum = engagement.event(
            self.area.plan, recorded_by=self.area.manager, held_on=days_ago(30)
        )
        engagement.took_part(self.area.lmc, forum, capacity=Capacity.REPRESENTATIVE)
        for text in (SAID, PARKING):
            Point.objects.create(event=forum, organisation=self.area.lmc, text=text)
        mark_changed(plan_ids=[self.area.plan.pk], now=timezone.now())

    def test_a_point_is_followed_to_its_end(self) -> None:
        theirs = self.another_desk()
        self.the_lead_reads_that_nothing_is_decided(theirs)
        self.sign_in_as(self.area.manager)
        self.the_point_is_given_a_theme()
        self.the_theme_is_decided_and_told()
        self.it_is_published_after_a_second_look()
        self.the_other_point_is_decided_by_itself()
        self.everybody_reads_what_was_done()
        self.the_lead_reads_what_became_of_both(theirs)

    def the_lead_reads_that_nothing_is_decided(self, theirs: Page) -> None:
        with self.at(theirs):
            self.sign_in_as(self.lead)
            self.visit("/were-we-consulted/")
            self.sees("No reply to your 2 points.")

    def the_point_is_given_a_theme(self) -> None:
        self.visit(f"{self.dossier}themes/")
        self.page.get_by_label("Name of the theme").fill("Premises")
        self.page.get_by_role("button", name="Add the theme").click()
        self.page.get_by_role("link", name="Every point that was made").click()
        self.page.get_by_label(SAID, exact=True).check()
        self.page.get_by_label("Theme for those you tick").select_option(label="Premises")
        self.page.get_by_role("button", name="Give them the theme").click()
        self.sees("1 point now carries “Premises”.")
        self.is_sound("points-1-list")

    def the_theme_is_decided_and_told(self) -> None:
        self.visit(f"{self.dossier}themes/")
        self.page.get_by_role("link", name="Premises").click()
        self.page.get_by_label("Accepted", exact=True).check()
        self.page.get_by_role("button", name="Save", exact=True).click()
        self.sees("Enter why it was decided so")
        self.is_sound("points-2-refused")
        self.page.get_by_label("What people said, in your words").fill("Rooms are too small.")
        self.page.get_by_label("Why?").fill(ANSWER)
        self.page.get_by_label("In which section?").fill("Section 4")
        self.page.get_by_label("When were they told?").fill(f"{timezone.localdate():%d/%m/%Y}")
        self.page.get_by_role("button", name="Save", exact=True).click()
        self.sees("Saved. Those who said it read it")
        with self.at(self.another_desk()):
            self.visit(f"{self.dossier}you-said/", status=404)

    def it_is_published_after_a_second_look(self) -> None:
        self.page.get_by_role("button", name="Take a second look").click()
        self.page.get_by_role("button", name="Publish").click()
        self.sees("Read what would be published, and tick that you have")
        self.is_sound("points-3-second-look")
        self.page.get_by_label("I have read it as the public will").check()
        self.page.get_by_role("button", name="Publish").click()
        self.sees("Public")

    def the_other_point_is_decided_by_itself(self) -> None:
        self.visit(f"{self.dossier}points/?theme=none")
        self.page.get_by_role("link").filter(has_text=PARKING).click()
        self.page.get_by_label("Not for this plan", exact=True).check()
        self.page.get_by_label("Why?").fill(COUNCIL_DECIDES)
        self.page.get_by_role("button", name="Save", exact=True).click()
        self.sees("Saved.")
        self.is_sound("points-4-point")

    def everybody_reads_what_was_done(self) -> None:
        with self.at(self.another_desk()):
            self.visit(f"{self.dossier}you-said/")
            for words in ("Rooms are too small.", ANSWER, "Section 4", "Said by 1 organisation."):
                self.sees(words)
            for words in (SAID, PARKING, COUNCIL_DECIDES):
                expect(self.page.get_by_text(words)).to_have_count(0)

    def the_lead_reads_what_became_of_both(self, theirs: Page) -> None:
        with self.at(theirs):
            self.visit("/were-we-consulted/")
            self.sees("All of your 2 points were answered.")
            for words in (ANSWER, "Theme: Premises", "Changed in Section 4.", COUNCIL_DECIDES):
                self.sees(words)
            self.is_sound("points-5-lead")
