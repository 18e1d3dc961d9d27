"""From the board to the plan to the practice that nobody has heard."""

import datetime as dt
import re

import pytest
from django.core.cache import caches
from django.utils import timezone
from playwright.sync_api import expect

from accounts.roles import Role
from engagement.models import Level, Status
from plans.actions import mark_changed
from plans.models import Capacity
from readiness.actions import assess_plans
from readiness.models import Flag
from tests.factories import accounts, engagement, plans, stakeholders
from tests.readiness.country import Country, country
from tests.system.base import NARROW, WIDE, Journey

PHASE = dt.timedelta(days=60)


def place_of_today(name: str, practices: int = 5) -> Country:
    """A country whose plan runs from half a year ago to three months ahead."""
    made, today = country(practices=practices), timezone.localdate()
    plan = made.plan
    plan.footprint.name = name
    plan.footprint.save()
    plan.starts_on, plan.first_draft_on = today - 3 * PHASE, today - PHASE
    plan.submission_on = today + PHASE
    plan.save()
    plan.phases.all().delete()
    for number, phase in enumerate(("Set-up", "Options", "Drafting", "Assurance")):
        begins = plan.starts_on + number * PHASE
        plan.phases.create(name=phase, starts_on=begins, ends_on=begins + PHASE - dt.timedelta(1))
    return made


def assess() -> None:
    assess_plans(plan_ids=None, as_at=timezone.localdate(), now=timezone.now())


class TestBoardAndDossier(Journey):
    @pytest.fixture(autouse=True)
    def given_two_plans(self, _browser, transactional_db) -> None:
        """Bolton's LMC and one practice were heard yesterday; in Wigan nobody was."""
        caches["pages"].clear()
        yesterday = timezone.localdate() - dt.timedelta(1)
        self.bolton, self.wigan = place_of_today("Bolton"), place_of_today("Wigan")
        self.meeting = self.bolton.meeting(
            self.bolton.lmc, self.bolton.practices[0], held_on=yesterday, title="Practice forum"
        )
        board = self.bolton.meeting(held_on=yesterday - PHASE, title="Programme board")
        engagement.took_part(self.bolton.commissioner, board, capacity=Capacity.COMMISSIONER)
        self.bolton.plan.seats.create(
            body="Programme board",
            title="Chair",
            organisation=self.bolton.commissioner,
            capacity=Capacity.COMMISSIONER,
            valid_from=self.bolton.plan.starts_on,
        )
        engagement.event(
            self.bolton.plan,
            status=Status.PLANNED,
            held_on=timezone.localdate() + dt.timedelta(9),
            title="LMC round table",
            recorded_at=timezone.now(),
        )
        assess()

    def test_the_reviewer_follows_a_cell_to_the_practices_behind_it(self) -> None:
        self.sign_in_as(accounts.user(Role.REVIEWER))
        expect(self.page).to_have_url(re.compile("/board/$"))
        self.sees("0 of 2 STP 2016 plans meet every must.")
        self.is_sound("board")

        self.page.get_by_role("link", name="Not met GP breadth, Bolton").click()

        expect(self.page).to_have_url(re.compile(f"/plans/{self.bolton.plan.code}/#gp_breadth$"))
        self.sees("1 of 5 practices; 20% of patients")
        self.is_sound("dossier")

        self.page.get_by_role("link", name="4 not heard for GP breadth").click()

        expect(self.page.get_by_role("heading", level=1)).to_have_text("4 of 5 practices not heard")
        expect(self.page.get_by_role("checkbox")).to_have_count(0)
        self.is_sound("missing")

    def test_each_tab_and_table_of_the_dossier_is_sound(self) -> None:
        self.sign_in_as(accounts.user(Role.REVIEWER))
        self.visit(f"/plans/{self.bolton.plan.code}/")
        self.page.get_by_text("The same facts as a table").click()
        self.sees("Commissioners only")

        for name in ("Met or settled", "Shoulds", "Needs attention"):
            self.page.get_by_role("tab", name=re.compile(name)).click()
            self.axe_is_clean()

    def test_the_dossier_says_when_a_change_has_been_counted(self) -> None:
        mark_changed(plan_ids=[self.bolton.plan.pk], now=timezone.now())
        self.sign_in_as(accounts.user(Role.REVIEWER))
        self.visit(f"/plans/{self.bolton.plan.code}/")
        self.sees("1 change is not counted yet. Figures follow within a minute.")
        self.axe_is_clean()

        self.bolton.meeting(*self.bolton.practices, held_on=timezone.localdate())
        assess()

        expect(self.page.get_by_text("The changes are counted.")).to_be_visible()
        self.page.get_by_role("link", name="Show the new figures").click()
        self.sees("5 of 5 practices")

    def test_a_met_cell_opens_the_tab_in_which_it_stands(self) -> None:
        self.sign_in_as(accounts.user(Role.REVIEWER))

        self.page.get_by_role("link", name="Met LMCs heard, Bolton").click()

        expect(self.page.get_by_role("tab", name=re.compile("Met or settled"))).to_have_attribute(
            "aria-selected", "true"
        )

    def test_the_board_filters_and_says_what_it_did_not_understand(self) -> None:
        self.sign_in_as(accounts.user(Role.REVIEWER))
        self.page.get_by_label("Show").select_option("Ready to sign off")
        self.page.get_by_role("button", name="Apply").click()
        self.sees("No plan fits these filters")
        self.axe_is_clean()

        self.visit("/board/?region=nowhere&sort=%00")
        self.sees("is not one of the choices")
        self.axe_is_clean()

    def test_on_a_phone_a_row_is_a_card_of_what_is_not_met(self) -> None:
        self.sign_in_as(accounts.user(Role.REVIEWER))
        self.at_width(NARROW)
        row = self.page.get_by_role("row").filter(has_text="Bolton")

        expect(row.get_by_text("Not met").first).to_be_visible()
        expect(row.locator("td.is-met").first).to_be_hidden()

    def test_the_board_of_44_plans_prints_on_two_sheets(self) -> None:
        for number in range(42):
            place_of_today(f"Footprint {number} and its surroundings", practices=1)
        assess()
        self.sign_in_as(accounts.user(Role.REVIEWER))

        sheets = self.page.pdf(prefer_css_page_size=True)

        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", sheets)) == 2

    def test_the_manager_ticks_practices_and_logs_engagement_with_them(self) -> None:
        self.sign_in_as(plans.manager(self.bolton.plan.footprint))
        self.sees("8 of 17")
        self.is_sound("home")
        self.page.get_by_role("link", name="Who is missing in Bolton").click()
        for practice in self.bolton.practices[1:3]:
            self.page.get_by_label(practice.name).check()
        self.axe_is_clean()

        self.page.get_by_role("button", name="Log engagement with ticked practices").click()

        expect(self.page).to_have_url(re.compile("/events/log/"))

    def test_the_missing_list_narrows_by_locality_and_says_when_nobody_is_left(self) -> None:
        self.sign_in_as(plans.manager(self.bolton.plan.footprint))
        self.visit(f"/plans/{self.bolton.plan.code}/missing/")
        self.page.get_by_role("link", name=self.bolton.commissioner.name).click()
        expect(self.page).to_have_url(re.compile("locality="))
        self.is_sound("missing-locality")

        self.page.get_by_role("link", name=re.compile("^LMCs")).click()
        self.sees("Nobody is missing from this list today.")
        self.axe_is_clean()

    def test_flags_say_what_clears_them_and_what_did(self) -> None:
        self.sign_in_as(plans.manager(self.bolton.plan.footprint))
        self.visit("/flags/")
        self.sees("GP breadth")
        self.is_sound("flags")

        forum = self.bolton.meeting(
            *self.bolton.practices,
            held_on=timezone.localdate(),
            level=Level.INVOLVE,
            title="Forum of every practice",
        )
        assess()

        assert Flag.objects.get(plan=self.bolton.plan, key="gp_breadth").cleared_by == forum
        self.visit(f"/plans/{self.bolton.plan.code}/")
        self.sees("Cleared lately")
        expect(self.page.get_by_role("link", name="Forum of every practice").first).to_be_visible()
        self.axe_is_clean()

    def test_the_manager_keeps_the_seats(self) -> None:
        self.sign_in_as(plans.manager(self.bolton.plan.footprint))
        self.visit(f"/plans/{self.bolton.plan.code}/seats/")
        self.sees("None of 1 person speaks for general practice.")
        self.is_sound("seats")
        self.page.get_by_role("button", name="Add a seat").click()
        self.page.get_by_role("button", name="Add the seat").click()
        self.sees("Choose the capacity in which the member sits")
        self.is_sound("seat-errors")

        self.page.get_by_label("Board or body").fill("Programme board")
        self.page.get_by_label("Seat", exact=True).fill("GP member")
        self.page.get_by_label("Organisation (optional)").fill(self.bolton.lmc.code)
        self.page.get_by_label("Representative body").check()
        self.page.get_by_label("Since when?").fill("3 April 2016")
        self.page.get_by_role("button", name="Add the seat").click()

        self.sees("The seat is recorded.")
        self.sees("One of 2 people speaks for general practice.")

    def test_the_lead_of_the_lmc_reads_the_plan_and_nothing_beyond_it(self) -> None:
        self.sign_in_as(stakeholders.representative(self.bolton.lmc))
        self.visit(f"/plans/{self.bolton.plan.code}/")
        self.sees("1 of 1 LMC heard")
        self.axe_is_clean()

        self.visit(f"/plans/{self.wigan.plan.code}/", status=404)
        self.visit("/board/", status=403)

    def test_every_other_first_page_is_sound(self) -> None:
        self.sign_in_as(accounts.user(Role.ADMINISTRATOR))
        self.sees("Never seen. Start it.")
        self.is_sound("home-administrator")
        self.visit("/criteria/")
        self.is_sound("criteria")
        self.sign_in_as(plans.manager())
        self.sees("No footprints yet")
        self.axe_is_clean()
        self.sign_in_as(plans.manager(self.bolton.plan.footprint, self.wigan.plan.footprint))
        self.visit("/missing/")
        self.is_sound("missing-lists")

    def test_it_all_works_without_scripts(self, browser, browser_context_args) -> None:
        plain = browser.new_context(**{**browser_context_args, "java_script_enabled": False})
        self.page = plain.new_page()
        self.at_width(WIDE)
        self.sign_in_as(plans.manager(self.bolton.plan.footprint))
        self.visit(f"/plans/{self.bolton.plan.code}/")
        for heading in ("need attention", "met or settled", "shoulds met"):
            expect(self.page.get_by_role("heading", name=re.compile(heading))).to_be_visible()
        self.visit(f"/plans/{self.bolton.plan.code}/missing/")
        self.page.get_by_label(self.bolton.practices[1].name).check()
        self.page.get_by_role("button", name="Log engagement with ticked practices").click()
        expect(self.page).to_have_url(re.compile("/events/log/"))
        plain.close()
