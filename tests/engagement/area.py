"""A small area for the tests of logging: Bolton, its LMC, its practices and its manager."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.utils import timezone

from accounts.models import User
from engagement.models import EventDraft
from plans.models import Footprint, Plan
from stakeholders.models import Organisation
from tests.factories import plans, stakeholders


def today() -> dt.date:
    return timezone.localdate()


def days_ago(days: int) -> dt.date:
    return today() - dt.timedelta(days)


@dataclass(frozen=True)
class Area:
    """Bolton on the day of the test: its plan runs from 200 days ago until 100 days ahead."""

    lmc: Organisation
    ccg: Organisation
    practices: list[Organisation]
    footprint: Footprint
    plan: Plan
    manager: User


def bolton(practices: int = 4) -> Area:
    lmc = stakeholders.lmc(code="LMC1", name="Bolton LMC")
    ccg = stakeholders.commissioner(code="00T", name="Bolton CCG")
    stakeholders.tie(ccg, "represented_by", lmc)
    made = [
        stakeholders.practice(
            ccg, code=f"P8{n:04d}", name=f"Surgery {n}", patients=1000 * (n + 1), postcode="BL9 9XY"
        )
        for n in range(practices)
    ]
    footprint = plans.footprint(ccg, name="Bolton")
    plan = plans.plan(
        footprint, starts_on=days_ago(200), first_draft_on=None, submission_on=days_ago(-100)
    )
    return Area(lmc, ccg, made, footprint, plan, plans.manager(footprint))


def key(organisation: Organisation, person=None) -> str:
    return f"{organisation.pk}-{person.pk if person else 0}"


class Logging:
    """The four steps as a browser without scripts sends them."""

    def __init__(self, client: Client, area: Area) -> None:
        client.force_login(area.manager)
        self.client, self.area = client, area
        self.what_url = client.get("/events/log/").context["action"]

    def url(self, step: str) -> str:
        return self.what_url.replace("/what/", f"/{step}/")

    @property
    def draft(self) -> EventDraft:
        return EventDraft.objects.get(pk=self.what_url.split("/")[3])

    def what(self, **differs: Any):
        return self.client.post(
            self.what_url,
            {
                "held_on": days_ago(3).isoformat(),
                "status": "happened",
                "cancel_reason": "",
                "channel": "meeting",
                "plans": [self.area.plan.pk],
                "title": "",
                "action": "continue",
                **differs,
            },
        )

    def who(self, *organisations: Organisation, **differs: Any):
        picks = [key(one) for one in organisations]
        return self.client.post(self.url("who"), {"pick": picks, "action": "continue", **differs})

    def said(self, **differs: Any):
        return self.client.post(
            self.url("said"), {"level": "consult", "summary": "", "action": "continue", **differs}
        )

    def check(self, **differs: Any):
        return self.client.post(self.url("check"), {"action": "save", **differs})

    def all_of_it(self, *organisations: Organisation, **what: Any):
        """Everything in one go, up to the saved record."""
        self.what(**what)
        self.who(*organisations)
        self.said()
        return self.check()
