"""Anybody answers: a manager asks, a GP answers on a phone and comes back, and reads what became of it."""

import pytest
from playwright.sync_api import expect

from consultations.models import Response, SavedForm
from tests.engagement.area import bolton
from tests.factories import consultations
from tests.system.base import NARROW, Journey


class TestTheGpAnswers(Journey):
    """Bolton asks about urgent care."""

    @pytest.fixture(autouse=True)
    def _area(self, db) -> None:
        self.area = bolton()
        self.asked = consultations.consultation(self.area.plan, title="Urgent care in Bolton")

    def test_a_gp_answers_on_a_phone_and_follows_it(self) -> None:
        self.the_manager_asks()
        self.the_gp_answers_and_is_interrupted()
        self.the_gp_comes_back_and_sends_it()
        self.the_gp_reads_what_became_of_it()

    def the_manager_asks(self) -> None:
        self.sign_in_as(self.area.manager)
        self.visit(f"/consultations/{self.asked.pk}/questions/")
        self.page.get_by_role("button", name="Add a question").click()
        self.page.get_by_label("What do you ask?").fill("What would make urgent care better?")
        self.page.get_by_role("button", name="Add the question").click()
        self.page.get_by_role("button", name="Open the form").click()
        self.sees("Takes answers")
        self.is_sound("respond-1-questions")
        self.form = self.page.locator('a[href^="/respond/"]').get_attribute("href")

    def the_gp_answers_and_is_interrupted(self) -> None:
        self.phone = self.another_desk(viewport={"width": NARROW, "height": 700})
        with self.at(self.phone):
            self.visit(str(self.form))
            self.sees("You need no account")
            self.is_sound("respond-2-start")
            self.at_width(NARROW)
            self.page.get_by_role("button", name="Start").click()
            self.page.get_by_role("button", name="Check your answers").click()
            self.sees("Answer one question at least")
            self.is_sound("respond-3-refused")
            self.page.get_by_label("What would make urgent care better?").fill(
                "A nurse at weekends."
            )
            self.page.get_by_label("For myself").check()
            self.page.get_by_label("GP", exact=True).check()
            self.page.get_by_role("button", name="Save and come back later").click()
            self.sees("Your answers are saved")
            self.is_sound("respond-4-saved")

    def the_gp_comes_back_and_sends_it(self) -> None:
        with self.at(self.phone):
            self.page.get_by_role("button", name="Go on answering").click()
            expect(self.page.get_by_label("What would make urgent care better?")).to_have_value(
                "A nurse at weekends."
            )
            self.page.get_by_role("button", name="Check your answers").click()
            self.is_sound("respond-5-check")
            self.page.get_by_role("button", name="Send your answers").click()
            self.sees("Your answers have arrived")
            self.is_sound("respond-6-sent")
            self.receipt = self.page.url.removeprefix(self.address).partition("?")[0]
        assert not SavedForm.objects.exists()

    def the_gp_reads_what_became_of_it(self) -> None:
        Response.objects.update(moderation="cleared")
        theme = consultations.decided(self.area.plan, "Opening hours")
        consultations.coding(Response.objects.get().answers.get(), theme)
        with self.at(self.phone):
            self.visit(self.receipt)
            self.sees("Opening hours")
            self.sees("Accepted")
            self.is_sound("respond-7-receipt")
