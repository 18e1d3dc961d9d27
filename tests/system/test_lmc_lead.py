"""The LMC lead asks one question: were we consulted?"""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from engagement.models import Point
from plans.models import Capacity
from stakeholders.models import RelationshipKind
from tests.factories import engagement, plans, stakeholders
from tests.system.base import Journey


class TestLmcLead(Journey):
    """Dr Ashworth answers for Bolton LMC, whose area lies in one plan."""

    @pytest.fixture(autouse=True)
    def _area(self, db) -> None:
        today = timezone.localdate()
        self.lmc = stakeholders.lmc(name="Bolton LMC", code="LMC901")
        ccg = stakeholders.commissioner(name="NHS Bolton CCG")
        stakeholders.tie(ccg, RelationshipKind.REPRESENTED_BY, self.lmc)
        self.practice = stakeholders.practice(ccg, name="Castle Surgery", code="P00001")
        self.plan = plans.plan(
            plans.footprint(ccg, name="Greater Manchester"),
            starts_on=today - dt.timedelta(200),
            first_draft_on=today - dt.timedelta(20),
            submission_on=today + dt.timedelta(39),
        )
        self.manager = plans.manager(self.plan.footprint)
        self.lead = stakeholders.representative(self.lmc)

    def meeting(self, days_ago: int, *, capacity: str = Capacity.REPRESENTATIVE):
        made = engagement.event(
            self.plan,
            title="Liaison meeting",
            held_on=timezone.localdate() - dt.timedelta(days_ago),
            recorded_by=self.manager,
            recorded_at=timezone.now(),
        )
        person = stakeholders.person("Dr Tom Ashworth", at=self.lmc, title="Chair")
        engagement.took_part(self.lmc, made, capacity=capacity, person=person)
        return made

    def test_never_consulted(self) -> None:
        self.sign_in_as(self.lead)
        self.visit("/were-we-consulted/")

        self.sees("No record of consultation with Bolton LMC")
        self.sees("The board sees this too.")
        self.sees(f"add it: the regional manager, {self.manager.name}, must answer.")
        expect(self.page.get_by_role("link", name="Were we consulted?")).to_be_visible()
        self.is_sound("consulted-never")

    def test_met_before_the_draft_and_what_was_said(self) -> None:
        event = self.meeting(125)
        Point.objects.create(event=event, organisation=self.lmc, text="No money behind section 5")

        self.sign_in_as(self.lead)
        self.visit("/were-we-consulted/")

        self.sees("Logged: 1 meeting")
        self.sees("Dr Tom Ashworth attended as representative body")
        self.sees("125 days later")
        self.sees("No money behind section 5")
        self.is_sound("consulted-met")

        self.page.get_by_role("link", name=re.compile("^Liaison meeting")).click()
        self.sees("As heard: 1 LMC")
        self.is_sound("event-for-the-lead")

    def test_met_by_proxy_only_is_no(self) -> None:
        self.meeting(40, capacity=Capacity.COMMISSIONER)

        self.sign_in_as(self.lead)
        self.visit("/were-we-consulted/")

        self.sees("You were met by proxy only")
        expect(self.page.locator(".wt-answer__word")).to_have_text("No.")
        self.is_sound("consulted-by-proxy")

    def test_the_events_and_the_organisations_of_the_area(self) -> None:
        self.meeting(40)
        self.sign_in_as(self.lead)

        self.page.get_by_role("link", name="Events").first.click()
        self.sees("1 event, newest first.")
        self.is_sound("events")

        self.visit("/events/?from=31/02/2026&q=nothing")
        self.sees("is not a date")
        self.sees("No events found")
        self.is_sound("events-nothing-found")

        self.visit("/organisations/?q=bolton+lmc")
        self.is_sound("organisations")
        self.page.get_by_role("link", name="Bolton LMC").click()
        self.sees("Engagement ledger")
        self.sees("1 practice")
        self.is_sound("organisation")

    def test_another_area_is_not_there(self) -> None:
        elsewhere = engagement.event(plans.plan(plans.footprint(name="Elsewhere")))

        self.sign_in_as(self.lead)

        self.visit(f"/events/{elsewhere.pk}/", status=404)
        self.axe_is_clean()
