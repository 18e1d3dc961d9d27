"""Logging engagement in a real browser: by keyboard, without scripts, on a phone, with bad input."""

import re

import pytest
from django.test import Client
from playwright.sync_api import Locator, expect

from engagement.models import Event
from tests.engagement.area import Area, bolton, days_ago
from tests.factories import engagement, plans, stakeholders
from tests.system.base import NARROW, Journey
from ui.words import nhs_date

MOST_TABS = 60
NO_SCRIPTS = pytest.mark.browser_context_args(java_script_enabled=False)


class LogJourney(Journey):
    """Bolton, its manager, and what she does on the four pages."""

    area: Area

    @pytest.fixture(autouse=True)
    def _area(self, transactional_db: None) -> None:
        self.area = bolton(practices=6)

    def given_the_manager_is_at_step(self, number: int) -> None:
        self.sign_in_as(self.area.manager)
        self.visit("/events/log/")
        if number > 1:
            self.page.get_by_label("When was it?").fill(f"{days_ago(3):%d/%m/%Y}")
            self.page.get_by_label("It happened").check()
            self.page.get_by_label("How were people reached?").select_option(label="Meeting")
            self.when_she_goes_on()
        if number > 2:
            self.page.get_by_label("Bolton LMC").check()
            self.when_she_goes_on()
        if number > 3:
            self.page.get_by_label("Consult").check()
            self.when_she_goes_on()

    def when_she_goes_on(self) -> None:
        self.page.get_by_role("button", name="Save and continue").last.click()

    def when_she_adds_to_the_list(self) -> None:
        self.page.get_by_role("button", name="Add to the list").click()

    def then_she_is_at(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    def then_the_summary_leads_to(self, sentence: str, field: Locator) -> None:
        """The summary of errors takes the focus, and its line leads to the field."""
        expect(self.page).to_have_title(re.compile("^Error: "))
        expect(self.page.locator(".nhsuk-error-summary")).to_be_focused()
        self.page.locator(".nhsuk-error-summary").get_by_role("link", name=sentence).click()
        expect(field).to_be_focused()

    def tab_to(self, wanted: Locator) -> None:
        """Press Tab until the wanted control has the focus."""
        for _ in range(MOST_TABS):
            if wanted.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        expect(wanted).to_be_focused()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)


class TestByKeyboard(LogJourney):
    """No mouse at all."""

    def test_five_attendees_are_logged_by_keyboard_alone(self) -> None:
        self.given_the_manager_is_at_step(1)
        self.tab_to(self.page.get_by_label("When was it?"))
        self.page.keyboard.type(f"{days_ago(3):%d/%m/%y}")
        self.press("Tab", "Space", "Tab")
        self.page.keyboard.type("Mee")
        self.press("Tab", "Enter")
        self.then_she_is_at("Who took part?")
        self.sees(f"Meeting, {days_ago(3):%A} {nhs_date(days_ago(3))}")

        self.tab_to(self.page.get_by_label("Bolton LMC"))
        self.press("Space")
        for _ in range(4):
            self.press("Tab", "Space")
        self.press("Enter")
        self.then_she_is_at("What was said?")

        self.tab_to(self.page.get_by_label("Inform"))
        self.press("ArrowDown", "Enter")
        self.then_she_is_at("Check your answers")
        self.sees("Practices heard: 0 to 4 of 6.")
        self.tab_to(self.page.get_by_role("button", name="Save and reassess Bolton").last)
        self.press("Enter")
        self.sees("Saved. The footprint is being reassessed")
        assert Event.objects.get().participations.count() == 5

    def test_enter_in_the_search_box_searches(self) -> None:
        self.given_the_manager_is_at_step(2)
        search = self.page.get_by_label("Search people and organisations")
        search.fill("surgery 5")
        search.press("Enter")
        self.then_she_is_at("Who took part?")
        found = self.page.locator("#results").get_by_label("Surgery 5")
        found.check()
        found.press("Enter")
        self.then_she_is_at("What was said?")
        self.page.get_by_role("link", name="Back to who took part").click()
        self.sees("On the list: 1")


class TestLiveSearch(LogJourney):
    """With scripts the results come while she types."""

    def test_results_come_while_she_types_and_ticks_are_kept(self) -> None:
        stakeholders.person("Dr Meera Joshi", at=self.area.practices[0])
        self.given_the_manager_is_at_step(2)
        search = self.page.get_by_label("Search people and organisations")
        search.press_sequentially("josh")
        self.page.locator("#results").get_by_label("Dr Meera Joshi").check()
        search.fill("")
        search.press_sequentially("surgery 4")
        results = self.page.locator("#results")
        results.get_by_label("Surgery 4").check()
        expect(results.get_by_label("Dr Meera Joshi")).to_be_checked()
        self.is_sound("log-who-live-search")
        self.when_she_goes_on()
        self.then_she_is_at("What was said?")
        self.page.get_by_role("link", name="Back to who took part").click()
        self.sees("On the list: 2")


class TestWithoutScripts(LogJourney):
    """Everything works when no script runs."""

    @NO_SCRIPTS
    def test_a_meeting_is_logged_without_scripts(self) -> None:
        self.given_the_manager_is_at_step(2)
        search = self.page.get_by_label("Search people and organisations")
        search.fill("surgery 5")
        search.press("Enter")
        self.page.locator("#results").get_by_label("Surgery 5").check()
        self.page.get_by_label("Bolton LMC").check()
        self.page.get_by_label("Paste codes").fill("p80000, X00T99")
        self.when_she_adds_to_the_list()
        self.sees("X00T99 is not a code in the register")
        self.sees("On the list: 3")
        expect(self.page.get_by_label("Paste codes")).to_have_value("X00T99")
        self.page.get_by_label("Paste codes").fill("")
        self.page.get_by_text("Add a person who is not listed").click()
        self.page.get_by_label("Full name").fill("Dr Jo Lee")
        self.page.get_by_label("Where they work").fill("P80001")
        self.when_she_adds_to_the_list()
        self.sees("On the list: 4")
        self.page.get_by_role("button", name="Remove Surgery 0").click()
        self.sees("On the list: 3")
        self.when_she_goes_on()
        self.page.get_by_label("Involve").check()
        self.page.get_by_label("What was said").fill("No money behind it")
        self.page.get_by_role("button", name="Add another point").click()
        self.page.get_by_label("What was said").nth(1).fill("Locum cover for hub sessions")
        self.when_she_goes_on()
        self.page.get_by_role("button", name="Save and reassess Bolton").last.click()
        event = Event.objects.get()
        expect(self.page).to_have_url(re.compile(f"/events/{event.pk}/"))
        assert (event.participations.count(), event.points.count()) == (3, 2)


class TestEveryState(LogJourney):
    """Each page with nothing, with answers and with errors, wide and on a phone."""

    def test_step_one(self) -> None:
        self.given_the_manager_is_at_step(1)
        self.is_sound("log-what")
        self.page.get_by_label("When was it?").fill("31/11/2016")
        self.page.get_by_label("It did not happen").check()
        self.when_she_goes_on()
        self.then_the_summary_leads_to(
            "The date must be a real date", self.page.get_by_label("When was it?")
        )
        expect(self.page.get_by_label("When was it?")).to_have_value("31/11/2016")
        self.is_sound("log-what-errors")

    def test_step_two(self) -> None:
        closed = stakeholders.practice(code="A81001", name="The Surgery", closed_on=days_ago(99))
        self.given_the_manager_is_at_step(2)
        self.is_sound("log-who")
        self.page.get_by_label("Bolton LMC").check()
        self.page.get_by_label("Paste codes").fill(f"X00T99\n{closed.code}\nP80000")
        self.page.get_by_text("Add a person who is not listed").click()
        self.page.get_by_label("Full name").fill("Dr Jo Lee")
        self.page.get_by_label("Where they work").fill("surgery")
        self.when_she_adds_to_the_list()
        self.sees(f"The Surgery (A81001) closed on {nhs_date(days_ago(99))}")
        self.then_the_summary_leads_to(
            "X00T99 is not a code in the register", self.page.get_by_label("Paste codes")
        )
        self.is_sound("log-who-errors")
        self.page.get_by_label("Paste codes").fill("")
        self.page.get_by_label("Full name").fill("")
        self.page.get_by_label("Where they work").fill("")
        first = self.page.get_by_label("Capacity").first
        first.select_option("")
        self.when_she_goes_on()
        self.then_the_summary_leads_to("Choose the capacity in which Bolton LMC took part", first)
        self.is_sound("log-who-row-errors")

    def test_step_three(self) -> None:
        plans.manager(self.area.footprint)
        self.given_the_manager_is_at_step(3)
        self.is_sound("log-said")
        self.page.get_by_label("Follow up by").fill("31/11/16")
        self.when_she_goes_on()
        self.then_the_summary_leads_to(
            "Choose how far people could influence the plan", self.page.get_by_label("Inform")
        )
        self.is_sound("log-said-errors")

    def test_step_four(self) -> None:
        there = engagement.event(self.area.plan, held_on=days_ago(3), title="Forum", level="inform")
        engagement.took_part(self.area.lmc, there, capacity="representative")
        self.given_the_manager_is_at_step(4)
        self.sees("This may already be logged")
        self.is_sound("log-check")
        self.page.get_by_role("button", name="Save and reassess Bolton").last.click()
        self.then_the_summary_leads_to(
            "Choose whether yours is the same event", self.page.get_by_label("Yes, add my people")
        )
        self.is_sound("log-check-errors")

    def test_the_pages_of_a_record(self) -> None:
        self.given_the_manager_is_at_step(1)
        planned = engagement.event(self.area.plan, held_on=days_ago(2), status="planned")
        engagement.took_part(self.area.lmc, planned, capacity="representative", outcome="invited")
        for page in ("edit", "outcome", "withdraw"):
            self.visit(f"/events/{planned.pk}/{page}/")
            self.is_sound(f"event-{page}")
        self.page.get_by_role("button", name="Withdraw this record").click()
        self.then_the_summary_leads_to(
            "Enter why this record is wrong", self.page.get_by_label("Why is this record wrong?")
        )

    def test_the_slower_of_two_editors_sees_both_texts(self) -> None:
        self.given_the_manager_is_at_step(1)
        event = engagement.event(self.area.plan, held_on=days_ago(3), title="Forum")
        engagement.took_part(self.area.lmc, event, capacity="representative")
        self.visit(f"/events/{event.pk}/edit/")
        self.page.get_by_label("Title").fill("My title")
        self.when_she_goes_on()
        colleague = plans.manager(self.area.footprint)
        a_colleague_changes_the_title(colleague, event, "Their title")
        self.when_she_goes_on()
        self.when_she_goes_on()
        self.page.get_by_role("button", name="Save and reassess Bolton").last.click()
        self.then_she_is_at("Somebody changed this record first")
        for words in (f"{colleague.name} changed this record", "Their title", "My title"):
            self.sees(words)
        self.is_sound("log-conflict")
        self.page.get_by_role("button", name="Put my changes on the newest version").click()
        self.page.get_by_role("button", name="Save and reassess Bolton").last.click()
        self.sees("Saved. The footprint is being reassessed")
        event.refresh_from_db()
        assert (event.title, event.version) == ("My title", 3)


class TestOnAPhone(LogJourney):
    """360 px wide, straight after the meeting."""

    def test_a_meeting_is_logged_on_a_phone(self) -> None:
        self.at_width(NARROW)
        self.given_the_manager_is_at_step(4)
        self.fits()
        self.page.get_by_role("button", name="Save and reassess Bolton").last.click()
        self.sees("Saved. The footprint is being reassessed")
        self.fits()


def a_colleague_changes_the_title(colleague, event: Event, title: str) -> None:
    """The other editor, quicker, in a browser of their own."""
    client = Client()
    client.force_login(colleague)
    page = client.get(f"/events/{event.pk}/edit/")
    sent = {**page.context["form"].initial, "version": event.version, "title": title}
    who = client.post(page.context["action"], sent).url
    said = client.post(who, {"action": "continue"}).url
    check = client.post(said, {"level": "consult", "action": "continue"}).url
    client.post(check, {"action": "save"})
