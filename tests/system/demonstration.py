"""Journeys on the demonstration, with a real worker beside the live server."""

import re

import pytest
from playwright.sync_api import Locator, expect

from accounts.models import User
from tests.system.base import Journey

REVIEWER = "reviewer@example.org"
ADMINISTRATOR = "administrator@example.org"


@pytest.mark.usefixtures("demonstration", "worker")
class DemonstrationJourney(Journey):
    """A year of synthetic engagement; nothing is assessed by the test itself."""

    def row_of(self, path: str) -> Locator:
        """The board's row of the plan with this address."""
        row = self.page.locator("tbody").get_by_role("row")
        return row.filter(has=self.page.locator(f'a[href="{path}"]')).first

    def board_cell(self, path: str, column: str) -> Locator:
        """The cell of a plan under the must whose heading begins with ``column``."""
        headings = self.page.locator("thead .wt-must").all_inner_texts()
        names = [" ".join(text.split()) for text in headings]
        place = next(n for n, text in enumerate(names) if text.startswith(column))
        return self.row_of(path).locator("td").nth(place)

    def criterion(self, key: str) -> Locator:
        """One criterion of the dossier that is open."""
        return self.page.locator(f"#{key}")

    def is_told(self, words: str) -> None:
        """The banner at the head of the page says so."""
        expect(self.page.locator(".nhsuk-notification-banner")).to_contain_text(words)

    def is_refused(self, *sentences: str) -> None:
        """The form comes back with these sentences at its head."""
        summary = self.page.locator(".nhsuk-error-summary")
        expect(summary).to_be_visible()
        for sentence in sentences:
            expect(summary).to_contain_text(sentence)


def person(email: str) -> User:
    """One of the demonstration's people."""
    return User.objects.get(email=email)


def number_in(pattern: str, text: str) -> int:
    """The number that a sentence holds; ``AssertionError`` where there is no such sentence."""
    found = re.search(pattern, text)
    assert found, f"{pattern!r} is not in {text!r}"
    return int(found[1].replace(",", ""))
