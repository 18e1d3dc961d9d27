"""A lead invites a colleague, who accepts by the link in the mail and reads what was consulted on."""

import re

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from mail.actions.delivering import deliver
from tests.factories import stakeholders
from tests.system.base import Journey

WORDS = "three words unrelated"


class TestInvitation(Journey):
    """Bolton LMC has one lead, and soon another."""

    @pytest.fixture(autouse=True)
    def _bolton(self, db) -> None:
        self.lmc = stakeholders.lmc(name="Bolton LMC", code="LMC901")
        self.lead = stakeholders.representative(self.lmc)

    def test_the_lead_invites_and_the_colleague_reads_were_we_consulted(self) -> None:
        colleague = self.another_desk()
        self.the_lead_invites()
        with self.at(colleague):
            self.the_colleague_accepts(self.link_in_the_mail())
            self.the_colleague_signs_in()
        self.the_lead_sees_them()

    def the_lead_invites(self) -> None:
        self.sign_in_as(self.lead)
        self.visit("/organisations/LMC901/")
        self.page.get_by_role("link", name="Who answers for us").click()
        self.sees("Nobody is invited at the moment.")
        self.is_sound("colleagues")
        self.page.get_by_role("button", name="Invite a colleague").click()
        self.page.get_by_role("button", name="Send the invitation").click()
        self.sees("Enter the name of your colleague")
        self.is_sound("colleagues-invite-refused")
        self.page.get_by_label("Full name").fill("Dr Jo Lee")
        self.page.get_by_label("Email address").fill("jo.lee@example.org")
        self.page.get_by_role("button", name="Send the invitation").click()
        self.sees("Dr Jo Lee is invited.")
        self.is_sound("colleagues-invited")

    def link_in_the_mail(self) -> str:
        deliver(now=timezone.now())
        sent = next(one for one in mail.outbox if "jo.lee@example.org" in one.to[0])
        found = re.search(r"https://tent\.example\.org(/invitations/\S+)", sent.body)
        assert found, sent.body
        return found[1]

    def the_colleague_accepts(self, link: str) -> None:
        self.visit(link)
        self.sees("The invitation is for jo.lee@example.org")
        self.is_sound("invitation")
        self.page.get_by_label("Choose a password").fill("short")
        self.page.get_by_role("button", name="Accept").click()
        self.sees("at least 12 characters")
        self.is_sound("invitation-refused")
        self.page.get_by_label("Choose a password").fill(WORDS)
        self.page.get_by_role("button", name="Accept").click()
        self.sees("You answer for Bolton LMC now.")
        self.axe_is_clean()
        self.visit(link, status=410)
        self.sees("This invitation was accepted")
        self.is_sound("invitation-used")

    def the_colleague_signs_in(self) -> None:
        self.visit("/sign-in/")
        self.page.get_by_label("Email address").fill("jo.lee@example.org")
        self.page.get_by_label("Password", exact=True).fill(WORDS)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        expect(self.page).not_to_have_url(re.compile("/sign-in/"))
        self.page.get_by_role("link", name="Were we consulted?").first.click()
        self.sees("Bolton LMC")
        self.axe_is_clean()

    def the_lead_sees_them(self) -> None:
        self.page.reload()
        expect(self.page.get_by_role("row", name=re.compile("Dr Jo Lee"))).to_be_visible()
        self.sees(f"{self.lead.name} (you)")
        self.axe_is_clean()
