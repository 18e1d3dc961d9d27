"""The summary of reach says what the definition says, whatever happened and whoever writes."""

import datetime as dt

import pytest

from engagement.models import Reach
from plans.models import Plan
from readiness.actions import summary
from readiness.actions.summary import refresh_summary
from readiness.queries.facts import facts_for
from readiness.queries.summary import differences
from tests.readiness.actions.upheaval import Upheaval
from tests.readiness.country import TODAY

TOMORROW = TODAY + dt.timedelta(1)


def every_plan():
    return list(Plan.objects.values_list("pk", flat=True))


def refreshed(day=TODAY):
    return refresh_summary(plan_ids=every_plan(), as_at=day)


def agree(day):
    """The summary is whole, reads as the definition does, and the comparison finds nothing."""
    plan_ids = every_plan()
    assert refreshed(day) == set(plan_ids)
    from_summary = facts_for(plan_ids, as_at=day, summary=True)
    assert from_summary == facts_for(plan_ids, as_at=day)
    assert differences(plan_ids, as_at=day) == []
    return from_summary


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_sixty_things_happen_and_nothing_differs(seed):
    """Goal 12. The summary is refreshed at odd moments, so that marks pile up in between."""
    here = Upheaval(seed)
    for _ in range(60):
        here.happen()
        if here.dice.random() < 0.3:
            agree(here.today)
    facts = agree(here.today)
    agree(here.today + dt.timedelta(days=30))
    assert any(one.contacts for one in facts.values())
    assert Reach.objects.exclude(last_heard=None).exists()


@pytest.mark.django_db
def test_one_row_at_a_time_comes_to_the_same(monkeypatch):
    monkeypatch.setattr(summary, "BATCH", 1)
    here = Upheaval(7)
    for _ in range(25):
        here.happen()
    agree(here.today)
