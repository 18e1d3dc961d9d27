"""The words on an event's page and the figures of a plan come from one ladder.

``engagement.rules.ladder`` tells a reader what one participation counts for; the SQL of
``readiness.queries.reach`` counts it. Every combination must reach the same rung in both.
"""

import datetime as dt
from itertools import product

import pytest

from engagement.models import Level, Outcome, Status
from engagement.rules.ladder import Part, standing
from plans.models import Capacity
from readiness.queries.facts import facts_for
from stakeholders.models import Category
from tests.factories import engagement, plans, stakeholders

pytestmark = pytest.mark.django_db

CASES = tuple(
    product(
        (Category.GP_PRACTICE, Category.TRUST),
        (Capacity.PROVIDER, Capacity.COMMISSIONER, Capacity.EXPERT),
        Outcome,
        (Level.INFORM, Level.CONSULT),
        Status,
    )
)


def test_every_participation_reaches_the_same_rung_in_words_and_in_figures():
    plan = plans.plan(plans.footprint())
    events = {
        (level, status): engagement.event(plan, level=level, status=status)
        for level, status in product((Level.INFORM, Level.CONSULT), Status)
    }
    expected = {}
    for category, capacity, outcome, level, status in CASES:
        organisation = stakeholders.organisation(category)
        plans.belong(organisation, plan.footprint)
        engagement.took_part(
            organisation, events[level, status], capacity=capacity, outcome=outcome
        )
        part = Part(
            category=category, capacity=capacity, outcome=outcome, level=level, status=status
        )
        expected[organisation.code] = (part, standing(part).rung)

    members = facts_for([plan.pk], as_at=dt.date(2016, 9, 12))[plan.pk].members
    counted = {member.code: member.rung for member in members}

    assert len(counted) == len(CASES)
    differ = {
        f"{part}: in words {rung}, in figures {counted[code]}"
        for code, (part, rung) in expected.items()
        if counted[code] != rung
    }
    assert differ == set()
