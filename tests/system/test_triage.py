"""Two people work through responses at the same time, by keyboard alone."""

import pytest
from playwright.sync_api import expect

from accounts.models import User
from consultations.models import Coding, Response, Theme
from tests.engagement.area import bolton
from tests.factories import consultations, plans
from tests.system.base import Journey

TEXTS = (
    "We need more nurses in every practice.",
    "Nobody can reach the clinic by bus.",
    "You are all fools, ring 0161 496 0000.",
    "The waits are far too long.",
)


class TestWorkingThrough(Journey):
    """Four responses wait, and two managers sit down to them."""

    @pytest.fixture(autouse=True)
    def _area(self, db) -> None:
        self.area = bolton()
        self.asked = consultations.consultation(self.area.plan, title="Urgent care in Bolton")
        consultations.survey(self.asked, "What do you need?", "What else?")
        self.rows = [consultations.waiting(self.asked, text, "More words") for text in TEXTS]
        Response.objects.filter(pk=self.rows[2].pk).update(concerns=["phone", "abuse"])
        self.nurses = consultations.theme(self.area.plan, "Nurses")
        self.other = plans.manager(self.area.footprint)

    def test_a_day_by_keyboard(self) -> None:
        self.the_first_is_cleared_themed_and_done()
        self.somebody_else_is_given_another_one()
        self.what_attacks_somebody_is_held_back()
        self.a_step_is_undone()
        self.whoever_leaves_the_page_lets_go_at_once()
        self.keys_are_turned_off()

    def press(self, *keys: str) -> None:
        self.page.wait_for_load_state()  # before that nobody listens to keys
        for key in keys:
            self.page.keyboard.press(key)

    def in_hand(self, number: int) -> None:
        expect(self.page.locator("#response")).to_have_text(f"Response {self.rows[number].pk}")

    def the_first_is_cleared_themed_and_done(self) -> None:
        self.sign_in_as(self.area.manager)
        self.visit(f"/consultations/{self.asked.pk}/responses/")
        self.is_sound("triage-1-list")
        self.page.get_by_role("button", name="Work through them").click()
        self.sees("You have no response in hand")
        self.press("n")
        self.in_hand(0)
        self.is_sound("triage-2-waiting")
        # Faster than the service answers: the second key waits for the page of the first.
        self.press("c", "1")
        self.sees("“Nurses” is given")
        self.press("j")
        expect(self.page.locator(".wt-said--chosen")).to_contain_text("What else?")
        self.press("t")
        self.page.keyboard.type("Buses")
        self.press("Enter")
        self.sees("No theme is called “Buses” yet")
        self.is_sound("triage-3-new-theme")
        self.press("Enter")
        self.sees("“Buses” is given")
        expect(self.page.get_by_role("status").first).to_have_text("“Buses” is given.")
        self.press("Escape", "?")
        self.sees("Each key presses a button that you see")
        self.is_sound("triage-4-keys")
        self.press("d")
        self.in_hand(1)
        expect(self.page.locator("#response")).to_be_focused()
        assert {one.name for one in Theme.objects.all()} == {"Nurses", "Buses"}
        assert Coding.objects.count() == 2

    def somebody_else_is_given_another_one(self) -> None:
        desk = self.another_desk()
        with self.at(desk):
            self.sign_in_as(self.other)
            self.visit(f"/consultations/{self.asked.pk}/triage/")
            self.sees("1 response is in other hands now")
            self.press("n")
            self.in_hand(2)
        self.desk = desk

    def what_attacks_somebody_is_held_back(self) -> None:
        with self.at(self.desk):
            self.sees("a telephone number and words that may be abuse may stand in it")
            self.press("h")
            self.page.get_by_label("It attacks somebody personally").check()
            self.is_sound("triage-5-holding")
            self.page.get_by_role("button", name="Hold it back and go on").click()
            self.in_hand(3)
        held = Response.objects.get(pk=self.rows[2].pk)
        assert held.moderation_reason == "It attacks somebody personally"

    def a_step_is_undone(self) -> None:
        self.press("s")
        self.in_hand(1)  # the others are worked through or in other hands
        self.press("u")
        self.in_hand(0)
        self.sees("it is to be worked through again")
        self.page.get_by_role("link", name="Everything known of it").click()
        self.sees("History")
        self.is_sound("triage-6-response")

    def is_held(self, by: User | None) -> None:
        """The first response, as soon as the service has heard of it."""
        for _ in range(50):
            if Response.objects.get(pk=self.rows[0].pk).held_by == by:
                return
            self.page.wait_for_timeout(100)
        pytest.fail(f"It is not held by {by}.")

    def whoever_leaves_the_page_lets_go_at_once(self) -> None:
        self.is_held(None)  # a link was followed
        self.page.get_by_role("button", name="Work on it").click()
        self.in_hand(0)
        self.page.reload()
        self.in_hand(0)
        self.is_held(self.area.manager)
        self.visit("/")
        self.is_held(None)
        self.page.go_back()
        self.in_hand(0)
        self.is_held(self.area.manager)

    def keys_are_turned_off(self) -> None:
        self.press("?")
        self.page.get_by_role("button", name="Keys are on: turn them off").click()
        self.page.locator("#response").focus()
        self.press("q")
        self.page.wait_for_timeout(300)
        self.in_hand(0)
        self.page.get_by_role("button", name="Stop").click()
        self.sees("You have no response in hand")
