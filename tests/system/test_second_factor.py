"""The second factor in a browser: an authenticator app, then a passkey, and the places signed in."""

import datetime as dt
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import CDPSession, expect

from accounts.models import User
from accounts.roles import Role
from readiness.actions import ensure_policies
from tests.factories import accounts, deciding, plans
from tests.system.base import PASSWORD, Journey


def code_of(secret: str) -> str:
    """What the app on the telephone shows at this moment."""
    return format_hotp_value(hotp_value(secret, int(dt.datetime.now(dt.UTC).timestamp()) // 30))


class TestSecondFactor(Journey):
    """A reviewer outside the demonstration."""

    @pytest.fixture(autouse=True)
    def _required(self, settings: Any) -> None:
        settings.SECOND_FACTOR_REQUIRED = True
        self.address = self.address.replace("127.0.0.1", "localhost")

    def authenticator(self) -> CDPSession:
        """A security chip in the machine, with a finger on it."""
        devices = self.page.context.new_cdp_session(self.page)
        devices.send("WebAuthn.enable")
        devices.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )
        return devices

    def give_password(self, person: User) -> None:
        self.visit("/sign-in/")
        self.page.get_by_label("Email address").fill(person.email)
        self.page.get_by_label("Password", exact=True).fill(accounts.PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()

    def test_an_app_is_set_up_and_asked_for_and_a_passkey_needs_no_password(self) -> None:
        person = accounts.user(Role.REVIEWER, name="Margaret Lomas")
        self.give_password(person)
        codes = self.sets_up_an_app()
        self.adds_a_passkey()

        self.signs_out()
        self.give_password(person)
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Enter your code")
        self.is_sound("enter-code")
        self.page.get_by_role("link", name="Use your passkey").click()
        self.is_sound("use-passkey")
        self.page.get_by_role("button", name="Use your passkey").click()
        self.is_in()
        self.signs_out()
        self.give_password(person)
        self.page.get_by_label("Code").fill(codes[0])
        self.page.get_by_role("button", name="Continue").click()
        self.is_in()
        self.signs_out()
        self.visit("/sign-in/")
        self.page.get_by_role("button", name="Sign in with a passkey").click()
        self.is_in()
        assert Authenticator.objects.filter(user=person, last_used_at__isnull=False).exists()

    def signs_out(self) -> None:
        self.page.get_by_role("button", name="Sign out", exact=True).first.click()

    def is_in(self) -> None:
        expect(self.page).to_have_url(re.compile("/board/"))

    def sets_up_an_app(self) -> list[str]:
        """From the first page after the password to the board; gives the recovery codes."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Set up a second factor")
        self.is_sound("second-factor-none")
        self.page.get_by_role("button", name="Set up an app").click()
        self.is_sound("second-factor-app")
        self.page.get_by_text("I cannot scan the picture").click()
        secret = self.page.locator(".wt-key-text").inner_text().replace(" ", "")
        self.page.get_by_label("Code from the app").fill("000000")
        self.page.get_by_role("button", name="Set up the app").click()
        self.sees("That is not the code that the app shows now")
        self.is_sound("second-factor-app-error")
        self.page.get_by_label("Code from the app").fill(code_of(secret))
        self.page.get_by_role("button", name="Set up the app").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Keep your recovery codes")
        self.is_sound("recovery-codes")
        with self.page.expect_download() as saving:
            self.page.get_by_role("link", name="Save the codes as a file").click()
        codes = re.findall(r"\d{4} \d{4}", saving.value.path().read_text())
        assert len(codes) == 10
        self.page.get_by_role("button", name="I have kept them: continue").click()
        expect(self.page).to_have_url(re.compile("/board/"))
        return codes

    def adds_a_passkey(self) -> None:
        self.authenticator()
        self.visit("/account/second-factor/")
        self.page.get_by_role("button", name="Add a passkey").click()
        self.is_sound("passkey-add")
        self.page.get_by_label("Name of the passkey").fill("work laptop")
        self.page.get_by_role("button", name="Add the passkey").click()
        self.sees("work laptop")
        self.is_sound("second-factor")
        self.visit("/account/sessions/")
        self.sees("This one")
        self.is_sound("sessions")

    def test_a_browser_that_gives_no_passkey_says_so(self) -> None:
        self.authenticator()  # with no passkey in it
        self.visit("/sign-in/")
        self.page.get_by_role("button", name="Sign in with a passkey").click()
        self.sees("Your browser gave no passkey")
        self.is_sound("sign-in-no-passkey")


class TestConfirming(Journey):
    """A quarter of an hour after signing in."""

    def test_what_was_typed_is_sent_on_once_it_is_clear_who_it_is(self, settings: Any) -> None:
        ensure_policies()
        plan = plans.plan(plans.footprint())
        deciding.results(plan)
        self.sign_in_as(accounts.user(Role.REVIEWER))
        self.visit(f"/plans/{plan.code}/exceptions/add/")
        self.page.get_by_label("Why is it let pass?").fill("Both partners have retired")
        fresh, settings.FRESH_SIGN_IN = settings.FRESH_SIGN_IN, dt.timedelta(0)
        self.page.locator("main").get_by_role("button").last.click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Confirm that it is you")
        self.is_sound("confirm")
        settings.FRESH_SIGN_IN = fresh
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Continue").click()
        self.is_sound("confirm-carry-on")
        self.page.get_by_role("button", name="Send it now").click()
        expect(self.page.get_by_label("Why is it let pass?")).to_have_value(
            "Both partners have retired"
        )

    def test_a_provider_that_is_away_leaves_the_other_ways_in(self, settings: Any) -> None:
        entry = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
        app = {
            **entry["APPS"][0],
            "client_id": "tent",
            "settings": {"server_url": "http://localhost:9"},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {**entry, "APPS": [app]}}
        settings.OIDC_NAME = "NHSmail"
        self.visit("/sign-in/")
        self.is_sound("sign-in-provider")
        self.expected_complaints.append("status of 503")
        self.page.get_by_role("button", name="Sign in with NHSmail").click()
        self.sees("does not answer at the moment")
        self.is_sound("provider-away")
