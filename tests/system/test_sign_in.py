"""Signing in, in a browser: as somebody, as nobody, and with a slip."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from accounts.demonstration import MANAGER, PASSWORD
from accounts.models import User
from accounts.roles import Role
from tests.factories import accounts, plans
from tests.system.base import PASSWORD as PASSWORD_OF_TESTS
from tests.system.base import Journey


class TestSignIn(Journey):
    """The first page that anybody sees."""

    def test_a_stranger_is_asked_to_sign_in_and_then_taken_where_they_were_going(self) -> None:
        person = accounts.user(Role.REVIEWER)
        self.visit("/board/")
        expect(self.page).to_have_url(re.compile(r"/sign-in/\?next=/board/"))
        self.is_sound("sign-in")
        self.page.get_by_label("Email address").fill(person.email)
        self.page.get_by_label("Password", exact=True).fill(accounts.PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        expect(self.page).to_have_url(f"{self.address}/board/")

    def test_a_wrong_password_is_told_beside_what_was_typed(self) -> None:
        person = accounts.user(Role.REVIEWER)
        self.visit("/sign-in/")
        self.page.get_by_label("Email address").fill(person.email)
        self.page.get_by_label("Password", exact=True).fill("not this one")
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        expect(self.page.get_by_label("Email address")).to_have_value(person.email)
        self.sees("There is a problem")
        self.is_sound("sign-in-error")

    def test_whoever_signs_out_is_a_stranger_again(self) -> None:
        self.sign_in_as(accounts.user(Role.REVIEWER))
        self.page.get_by_role("button", name="Sign out").first.click()
        self.visit("/board/")
        expect(self.page).to_have_url(re.compile("/sign-in/"))

    def test_a_visit_that_ends_in_the_middle_of_a_page_loses_nothing(self) -> None:
        manager = plans.manager(plans.plan(plans.footprint()).footprint)
        self.sign_in_as(manager)
        self.visit("/events/log/")
        self.page.get_by_label("Title (optional)").fill("Lunch with practices")
        self.page.context.clear_cookies(name="sessionid")
        self.page.get_by_role("button", name="Save and continue").click()

        self.sees("What you typed is kept")
        self.is_sound("sign-in-interrupted")
        self.page.get_by_label("Email address").fill(manager.email)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD_OF_TESTS)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.sees("You are signed in again")
        self.is_sound("signed-in-again")
        self.page.get_by_role("button", name="Carry on").click()

        expect(self.page.get_by_label("Title (optional)")).to_have_value("Lunch with practices")
        self.sees("Enter the date")

    def test_a_code_in_a_mail_leads_in(self) -> None:
        person = accounts.user(Role.REVIEWER)
        self.visit("/sign-in/")
        self.page.get_by_label("Email address").fill(person.email)
        self.page.get_by_role("button", name="Email me a code instead").click()
        self.sees("we have sent a code")
        self.is_sound("sign-in-code")
        (code,) = re.findall(r"^ {4}(\S+)$", mail.outbox[0].body, re.MULTILINE)
        self.page.get_by_label("Code").fill(code)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.sees(person.name)

    def test_who_has_forgotten_the_password_chooses_a_new_one(self) -> None:
        person = accounts.user(Role.REVIEWER)
        self.visit("/sign-in/")
        self.page.get_by_role("link", name="I have forgotten my password").click()
        self.is_sound("sign-in-forgotten")
        self.page.get_by_label("Email address").fill(person.email)
        self.page.get_by_role("button", name="Email me a link").click()
        self.sees("Look at your mail")
        (link,) = re.findall(r"(/sign-in/new-password/\S+)", mail.outbox[0].body)
        self.visit(link)
        self.page.get_by_label("New password", exact=True).fill("nhs-lmc-2026-x")
        self.page.get_by_role("button", name="Save the password").click()
        self.sees("guessed first here")
        self.is_sound("sign-in-new-password")
        self.page.get_by_label("New password", exact=True).fill("three purple herons")
        self.page.get_by_role("button", name="Save the password").click()
        self.sees("Your password is saved")
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.get_by_label("Email address").fill(person.email)
        self.page.get_by_label("Password", exact=True).fill("three purple herons")
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.sees(person.name)
        self.visit("/account/")
        self.is_sound("account")

    def test_a_visit_says_that_it_is_about_to_end_and_one_button_stays(self) -> None:
        self.sign_in_as(accounts.user(Role.REVIEWER))
        self.page.clock.install()
        self.visit("/organisations/")
        leaving = self.page.locator("#wt-leaving")
        expect(leaving).to_be_hidden()
        self.answer_time_left(119)
        self.page.clock.run_for(13 * 60 * 1000 + 1000)
        expect(leaving).to_contain_text("signed out in less than 2 minutes")
        self.is_sound("visit-about-to-end")
        self.page.unroute("**/sign-in/stay/")
        self.page.get_by_role("button", name="Stay signed in").click()
        expect(leaving).to_be_hidden()

        self.answer_time_left(0)
        self.page.clock.run_for(14 * 60 * 1000)
        self.sees("You have been signed out")
        self.is_sound("visit-ended")

    def answer_time_left(self, seconds: int) -> None:
        """The service says that the visit goes on for so long."""
        self.page.route("**/sign-in/stay/", lambda route: route.fulfill(json={"seconds": seconds}))

    def test_the_keyboard_alone_is_enough(self) -> None:
        person = accounts.user(Role.REVIEWER, name="Margaret Lomas")
        self.visit("/organisations/?q=castle")
        self.page.get_by_label("Email address").focus()
        self.page.keyboard.type(person.email)
        self.page.keyboard.press("Tab")
        self.page.keyboard.type(accounts.PASSWORD)
        self.page.keyboard.press("Enter")
        expect(self.page).to_have_url(f"{self.address}/organisations/?q=castle")
        self.sees("Margaret Lomas, board reviewer")

    @pytest.mark.parametrize("address", ["/no-such-page/", "/plans/no-such-plan/"])
    def test_an_unknown_page_is_a_page_and_a_sentence(self, address: str) -> None:
        self.sign_in_as(accounts.user(Role.REVIEWER))
        self.visit(address, status=404)
        self.sees("Page not found")
        self.is_sound("not-found")

    def test_the_demonstration_s_sign_in_page_is_accessible(self, settings) -> None:
        settings.DEMONSTRATION = True
        self.visit("/sign-in/")
        self.is_sound("sign-in-demonstration")


class TestWithoutScripts(Journey):
    """The same with JavaScript switched off."""

    @pytest.fixture
    def browser_context_args(self, browser_context_args: dict[str, object]) -> dict[str, object]:
        return browser_context_args | {"java_script_enabled": False}

    def test_one_button_enters_as_a_person_of_the_demonstration(self, settings) -> None:
        settings.DEMONSTRATION = True
        person = User.objects.create_user(MANAGER.email, MANAGER.name, PASSWORD)
        person.role_grants.create(role=Role.MANAGER, valid_from=accounts.LONG_AGO)
        self.visit("/sign-in/")
        self.page.get_by_role("button", name=f"Sign in as {MANAGER.name}").click()
        self.sees(f"{MANAGER.name}, regional manager")

    def test_a_person_signs_in(self) -> None:
        self.sign_in_as(accounts.user(Role.REVIEWER))
        self.visit("/board/")
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()
