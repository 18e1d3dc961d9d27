"""A journey in a real browser, told as given / when / then.

Derive from ``Journey``. Every page that a journey looks at with ``axe_is_clean`` is checked for
accessibility; at the end no script may have failed, nothing may have been fetched from elsewhere
and the content security policy may have stopped nothing.

    class TestSignIn(Journey):
        def test_the_manager_signs_in(self) -> None:
            self.sign_in_as(some_user)
            self.visit("/board/")
            self.axe_is_clean()
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

from accounts.models import User

PICTURES = Path(settings.BASE_DIR) / "build" / "screenshots"
WIDE, NARROW = 1280, 360
PASSWORD = "a password of the tests"
WITHIN_A_MINUTE = 60.0
VIOLATIONS = "axe.run({resultTypes: ['violations']}).then(found => found.violations)"


@pytest.mark.system
@pytest.mark.django_db(transaction=True)
class Journey:
    """Given, when and then in the user's words, in Chromium on a live server."""

    page: Page
    address: str

    @pytest.fixture(autouse=True)
    def _browser(
        self, page: Page, browser: Browser, browser_context_args: dict[str, Any], live_server
    ) -> Iterator[None]:
        self.page = page
        self._chromium, self._options = browser, browser_context_args
        self._desks: list[BrowserContext] = []
        self.address = live_server.url
        self.expected_complaints: list[str] = []
        self.complaints: list[str] = []
        self._listen(page)
        yield
        for desk in self._desks:
            desk.close()
        unexpected = [
            complaint
            for complaint in self.complaints
            if not any(expected in complaint for expected in self.expected_complaints)
        ]
        assert not unexpected, "\n".join(unexpected)

    def _listen(self, page: Page) -> None:
        """Note what goes wrong on a page without the reader seeing it."""

        def on_console(message: ConsoleMessage) -> None:
            if message.type in {"error", "warning"}:
                self.complaints.append(f"{message.text} at {page.url}")

        def on_request(request: Request) -> None:
            if not request.url.startswith((self.address, "data:")):
                self.complaints.append(f"fetched {request.url} at {page.url}")

        page.on("console", on_console)
        page.on("pageerror", lambda error: self.complaints.append(f"{error} at {page.url}"))
        page.on("request", on_request)

    def another_desk(self, **options: object) -> Page:
        """A browser of its own in which nobody is signed in; ``at`` goes to it."""
        context = self._chromium.new_context(**{**self._options, **options})
        self._desks.append(context)
        page = context.new_page()
        self._listen(page)
        return page

    @contextmanager
    def at(self, desk: Page) -> Iterator[None]:
        """Inside, the journey goes on at another desk."""
        here, self.page = self.page, desk
        try:
            yield
        finally:
            self.page = here

    # --- given and when

    def sign_in_as(self, user: User) -> None:
        """Sign in through the page, as the person would."""
        user.set_password(PASSWORD)
        user.save()
        self.page.context.clear_cookies()
        self.visit("/sign-in/")
        self.page.get_by_label("Email address").fill(user.email)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        expect(self.page).not_to_have_url(re.compile("/sign-in/"))

    def visit(self, path: str, *, status: int = 200) -> None:
        """Open an address of the service, which answers with ``status``."""
        if status >= 400:
            self.expected_complaints.append(f"status of {status}")
        answer = self.page.goto(self.address + path)
        assert answer is not None
        assert answer.status == status, f"{path} answered {answer.status}"

    def look_until(self, path: str, is_so: Callable[[], bool]) -> None:
        """Open the page again and again until it is so; the worker has a minute for it."""
        until = time.monotonic() + WITHIN_A_MINUTE
        self.visit(path)
        while not is_so():
            assert time.monotonic() < until, f"{path} did not change within a minute"
            self.page.wait_for_timeout(200)
            self.visit(path)

    def at_width(self, pixels: int) -> None:
        """Make the window this wide."""
        self.page.set_viewport_size({"width": pixels, "height": 800})

    # --- then

    def sees(self, words: str) -> None:
        """The page shows these words."""
        expect(self.page.get_by_text(words).first).to_be_visible()

    def axe_is_clean(self) -> None:
        """No violation of WCAG 2.2 AA, or of axe's best practices, on the page as it stands."""
        self.page.mouse.move(0, 0)  # a link under the pointer has no underline, by the NHS's design
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        found = self.page.evaluate(VIOLATIONS)
        told = [
            f"{rule['id']} ({rule['help']}): "
            + "; ".join(node["html"][:200] for node in rule["nodes"])
            for rule in found
        ]
        assert not told, f"axe at {self.page.url}:\n" + "\n".join(told)

    def fits(self) -> None:
        """Nothing makes the page scroll sideways."""
        wide, shown = self.page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        assert wide <= shown, f"{self.page.url} is {wide} px wide in a window of {shown} px"

    def is_sound(self, name: str) -> None:
        """Clean by axe and without sideways scroll, wide and on a phone; a picture of each."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        for pixels in (NARROW, WIDE):
            self.at_width(pixels)
            self.axe_is_clean()
            self.fits()
            picture = PICTURES / f"{name}-{pixels}.png"
            # To hide the caret Playwright leaves style="" on boxes, which htmx then copies and the
            # content security policy stops.
            self.page.screenshot(path=picture, full_page=True, caret="initial")

    def is_pictured(self, name: str) -> None:
        """The picture of this page that the README shows (make pictures puts it there)."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.set_viewport_size({"width": WIDE, "height": 960})
        self.page.evaluate("window.scrollTo(0, 0)")
        self.page.screenshot(path=PICTURES / f"readme-{name}.png")
