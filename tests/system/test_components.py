"""The gallery and the frame in a real browser."""

from django.conf import LazySettings
from playwright.sync_api import expect

from tests.system.base import NARROW, WIDE, Journey


class TestComponents(Journey):
    def test_every_component_is_accessible_wide_and_on_a_phone(
        self, settings: LazySettings
    ) -> None:
        settings.DEMONSTRATION = True
        self.visit("/components/")
        for details in self.page.locator("details").all():
            details.evaluate("element => element.open = true")
        for pixels in (NARROW, WIDE):
            self.at_width(pixels)
            self.axe_is_clean()
            self.fits()

    def test_a_choice_reveals_its_field(self, settings: LazySettings) -> None:
        settings.DEMONSTRATION = True
        self.visit("/components/")
        revealed = self.page.locator("#id_other_channel")
        expect(revealed).to_be_hidden()
        self.page.locator("#id_channel_2").check()
        expect(revealed).to_be_visible()

    def test_tabs_hide_what_is_not_chosen_and_stack_on_phones(self, settings: LazySettings) -> None:
        settings.DEMONSTRATION = True
        self.visit("/components/")
        expect(self.page.locator("#settled")).to_be_hidden()
        self.page.get_by_role("tab", name="Met or settled (7)").click()
        expect(self.page.locator("#settled")).to_be_visible()
        self.at_width(NARROW)
        expect(self.page.locator("#attention")).to_be_visible()

    def test_error_pages_are_accessible(self) -> None:
        self.visit("/accessibility/")
        self.axe_is_clean()
        self.visit("/no-such-page/", status=404)
        self.axe_is_clean()
        self.fits()
