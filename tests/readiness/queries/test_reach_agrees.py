"""The definition of reach in SQL and as a fold over parts: the same answers for any records."""

import datetime as dt
import random
from dataclasses import replace

import pytest
from django.utils import timezone

from engagement.models import Participation
from readiness.queries.facts import facts_for
from readiness.rules.facts import Part
from readiness.rules.reach import contacts_from, counting_disputed, members_reached, next_planned
from tests.factories import accounts, engagement
from tests.readiness.queries import slow
from tests.readiness.queries.scattered import DAY, scatter

pytestmark = pytest.mark.django_db

DAYS = (DAY, DAY - dt.timedelta(30), DAY + dt.timedelta(25))


def parts_of(plan, day):
    """Every standing part in the plan's events, read row by row."""
    return [
        Part(
            event_id=row.event_id,
            title=row.event.title,
            held_on=row.held_on,
            channel=row.event.channel,
            level=row.event.level,
            status=row.event.status,
            recorded_on=timezone.localtime(row.event.recorded_at).date(),
            organisation_id=row.organisation_id,
            category=row.organisation.category,
            capacity=row.capacity,
            outcome=row.outcome,
            counted_here=slow._is_local(plan, row.organisation, day),
        )
        for row in slow.credits_of(plan)
    ]


def unreached(member):
    return replace(member, rung=0, first_heard=None, last_heard=None, last_attempt=None)


@pytest.mark.parametrize("seed", range(20, 26))
def test_the_fold_says_what_the_sql_says(seed):
    every_plan = scatter(seed)
    for day in DAYS:
        known = facts_for([plan.pk for plan in every_plan], as_at=day)
        for plan in every_plan:
            found, parts = known[plan.pk], parts_of(plan, day)
            assert members_reached(map(unreached, found.members), parts, day) == found.members
            assert contacts_from(parts, day) == found.contacts
            assert next_planned(parts, day) == found.next_planned_on


@pytest.mark.parametrize("seed", range(30, 34))
def test_what_is_disputed_counts_again_as_if_it_had_never_been_disputed(seed):
    """Whichever parts of whole organisations in whole events are taken out and put back."""
    moved = 0
    for plan in scatter(seed):
        found, parts = facts_for([plan.pk], as_at=DAY)[plan.pk], parts_of(plan, DAY)
        disputed = [part for part in parts if (part.event_id + part.organisation_id + seed) % 3]
        kept = [part for part in parts if part not in disputed]
        without = replace(
            found,
            members=members_reached(map(unreached, found.members), kept, DAY),
            contacts=contacts_from(kept, DAY),
            next_planned_on=next_planned(kept, DAY),
            disputed=tuple(disputed),
        )
        assert counting_disputed(without, DAY) == found
        moved += (without.members, without.contacts) != (found.members, found.contacts)
    assert moved


@pytest.mark.parametrize("seed", range(40, 44))
def test_disputes_in_the_record_take_out_what_counting_them_puts_back(seed):
    dice = random.Random(seed)  # noqa: S311 - a reproducible test
    scatter(seed)
    before = facts_for(None, as_at=DAY)
    pairs = {(row.event, row.organisation) for row in Participation.objects.all()}
    in_order = sorted(pairs, key=lambda pair: (pair[0].pk, pair[1].pk))
    by = accounts.user()
    for event, organisation in dice.sample(in_order, len(in_order) // 2):
        engagement.dispute(organisation, event, by=by)
    after = facts_for(None, as_at=DAY)
    assert any(facts.disputed for facts in after.values())
    assert any(after[pk].members != facts.members for pk, facts in before.items())
    for pk, facts in after.items():
        assert counting_disputed(replace(facts, papers=before[pk].papers), DAY) == before[pk]
