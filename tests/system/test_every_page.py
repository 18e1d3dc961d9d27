"""Every page of the service, for everybody, is clean by axe: the permission matrix says which.

A page that is added gets its lines in the matrix and is looked at here by itself; the pages that
say forbidden or not found are looked at once for each person.
"""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from readiness.actions import ensure_policies
from tests.meta import world as worlds
from tests.meta.test_permissions import STATUS, address, lines
from tests.system.base import NARROW, WIDE, Journey

SHOWN = "Y34B"


class TestEveryPage(Journey):
    """Two areas, and one person of each kind."""

    @pytest.fixture(autouse=True)
    def _world(self, transactional_db: None) -> None:
        ensure_policies()
        self.world = worlds.build()

    def enter_as(self, name: str) -> None:
        """Be this person, without walking through the sign-in page each time."""
        self.page.context.clear_cookies()
        if name in self.world.people:
            client = Client()
            client.force_login(self.world.people[name])
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            self.page.context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.address}]
            )

    @pytest.mark.parametrize("name", [name for name in worlds.PEOPLE if name != "SUS"])
    def test_as(self, name: str) -> None:
        self.enter_as(name)
        seen: set[tuple[str, str]] = set()
        for line in lines():
            # What is refused is one page with another sentence: once for each person will do.
            kind = (line["route"] if line[name] == "Y" else "", line[name])
            if line["method"] == "GET" and line[name] in SHOWN and kind not in seen:
                seen.add(kind)
                self.looks_sound_at(address(line, self.world), STATUS[line[name]])
        assert seen

    @pytest.mark.parametrize(
        ("name", "route", "objects"),
        [
            ("ADM", "plans:import-upload", ()),
            ("MGR", "plans:arrangement-add", ("plan-a",)),
            ("MGR", "plans:arrangement-end", ("plan-a", "arrangement-a")),
            ("MGR", "plans:seat-end", ("plan-a", "seat-a")),
        ],
    )
    def test_a_form_sent_empty(self, name: str, route: str, objects: tuple[str, ...]) -> None:
        self.enter_as(name)
        self.visit(reverse(route, args=[self.world.values[one] for one in objects]))
        for box in self.page.locator("main input[type=text]").all():
            box.fill("")
        self.page.locator("main form button[type=submit]").last.click()
        expect(self.page.locator(".nhsuk-error-summary")).to_be_focused()
        self.looks_sound()

    def looks_sound_at(self, path: str, status: int) -> None:
        """The page is clean at both widths; a file or a fragment is no page."""
        answer = self.page.request.get(self.address + path)
        assert answer.status == status, path
        if "<html" not in answer.text():
            return
        self.visit(path, status=status)
        self.looks_sound()

    def looks_sound(self) -> None:
        for pixels in (NARROW, WIDE):
            self.at_width(pixels)
            self.axe_is_clean()
            self.fits()
