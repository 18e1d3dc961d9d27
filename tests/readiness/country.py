"""A small footprint with a plan, for the tests of what is stored."""

import datetime as dt
from dataclasses import dataclass

import pytest
from django.utils import timezone

from plans.models import Plan
from readiness.actions import ensure_policies
from stakeholders.models import Organisation, RelationshipKind
from tests.factories import engagement, plans, stakeholders

TODAY = dt.date(2016, 7, 1)
"""112 days before the submission of the plan, 168 days after its start."""


def at(day: dt.date, hour: int = 12) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


NOW = at(TODAY)


@dataclass(frozen=True)
class Country:
    """One plan; its commissioner, LMC and practices."""

    plan: Plan
    commissioner: Organisation
    lmc: Organisation
    practices: list[Organisation]

    def meeting(self, *who, held_on=TODAY, plan=None, **changes):
        """A two-way meeting with these organisations that happened."""
        held = engagement.event(plan or self.plan, held_on=held_on, **changes)
        for organisation in who:
            engagement.took_part(organisation, held)
        return held


def country(practices: int = 5) -> Country:
    ensure_policies()
    commissioner, lmc = stakeholders.commissioner(), stakeholders.lmc()
    stakeholders.tie(commissioner, RelationshipKind.REPRESENTED_BY, lmc)
    surgeries = [stakeholders.practice(commissioner) for _ in range(practices)]
    plan = plans.plan(plans.footprint(commissioner))
    return Country(plan, commissioner, lmc, surgeries)


@pytest.fixture
def somewhere(db) -> Country:
    return country()
