"""facts_for: right, for all plans at once, in a number of statements that never grows."""

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import timezone

from config import protection
from engagement.models import (
    Answer,
    Attestation,
    Level,
    Outcome,
    Participation,
    Resolution,
    Status,
)
from plans.models import Arrangement, BoardSeat, Capacity, PlanType
from readiness.queries.facts import facts_for
from readiness.rules.facts import TWO_WAY_LEVELS
from stakeholders.models import Category, ListSize
from tests.factories import accounts, engagement, plans, stakeholders
from tests.readiness.queries import slow
from tests.readiness.queries.scattered import DAY, footprint_of, scatter

pytestmark = pytest.mark.django_db

STATEMENTS = 21


def member(found, organisation):
    return next(m for m in found.members if m.code == organisation.code)


def facts_of(plan, as_at=DAY):
    return facts_for([plan.pk], as_at=as_at)[plan.pk]


def test_a_practice_comes_with_its_locality_its_lmc_and_its_newest_list():
    plan, ccg, lmc, (surgery,) = footprint_of(1)
    ListSize.objects.create(organisation=surgery, as_at=DAY, patients=7001)
    ListSize.objects.create(organisation=surgery, as_at=DAY + dt.timedelta(1), patients=9)
    found = member(facts_of(plan), surgery)
    assert (found.locality, found.locality_name) == (ccg.code, ccg.name)
    assert (found.lmc, found.patients, found.rung) == (lmc.code, 7001, 0)


def test_a_neighbourhood_plan_has_networks_as_localities():
    network = stakeholders.organisation(Category.PCN)
    surgery = stakeholders.practice(stakeholders.commissioner(), network=network)
    plan = plans.plan(plans.footprint(surgery), plan_type=PlanType.NHP_2026)
    assert member(facts_of(plan), surgery).locality == network.code


@pytest.mark.parametrize(
    ("outcome", "capacity", "level", "rung"),
    [
        (Outcome.ATTENDED, Capacity.PROVIDER, Level.CONSULT, 4),
        (Outcome.RESPONDED, Capacity.REPRESENTATIVE, Level.EMPOWER, 4),
        (Outcome.ATTENDED, Capacity.PROVIDER, Level.INFORM, 1),
        (Outcome.INFORMED, Capacity.PROVIDER, Level.CONSULT, 1),
        (Outcome.INVITED, Capacity.PROVIDER, Level.CONSULT, 2),
        (Outcome.ATTEMPTED, Capacity.PROVIDER, Level.CONSULT, 2),
        (Outcome.APOLOGISED, Capacity.PROVIDER, Level.CONSULT, 2),
        (Outcome.NO_SHOW, Capacity.PROVIDER, Level.CONSULT, 2),
        (Outcome.ATTENDED, Capacity.COMMISSIONER, Level.CONSULT, 0),
        (Outcome.ATTENDED, Capacity.EXPERT, Level.CONSULT, 0),
    ],
)
def test_a_practice_stands_on_the_rung_that_its_part_proves(outcome, capacity, level, rung):
    plan, _, _, (surgery,) = footprint_of(1)
    held = engagement.event(plan, level=level)
    engagement.took_part(surgery, held, outcome=outcome, capacity=capacity)
    assert member(facts_of(plan), surgery).rung == rung


def test_another_organisation_is_heard_in_any_capacity():
    trust = stakeholders.organisation(Category.TRUST)
    plan = plans.plan(plans.footprint(trust))
    engagement.took_part(trust, engagement.event(plan), capacity=Capacity.COMMISSIONER)
    assert member(facts_of(plan), trust).rung == 4


@pytest.mark.parametrize(
    ("status", "days_after", "recorded_after", "rung"),
    [
        (Status.HAPPENED, 0, 0, 4),
        (Status.HAPPENED, 1, 0, 2),
        (Status.HAPPENED, 1, 1, 0),
        (Status.HAPPENED, -9, 3, 4),
        (Status.PLANNED, 5, 0, 2),
        (Status.PLANNED, 5, 1, 0),
        (Status.PLANNED, -1, -1, 2),
        (Status.CANCELLED, -1, -1, 0),
    ],
    ids=[
        "that day",
        "ahead and known",
        "ahead and not yet known",
        "recorded late",
        "planned",
        "planned later",
        "planned and overdue",
        "cancelled",
    ],
)
def test_what_counts_on_a_day(status, days_after, recorded_after, rung):
    plan, _, _, (surgery,) = footprint_of(1)
    recorded = dt.datetime.combine(DAY + dt.timedelta(recorded_after), dt.time(23, 59))
    held = engagement.event(
        plan,
        held_on=DAY + dt.timedelta(days_after),
        status=status,
        recorded_at=timezone.make_aware(recorded),
    )
    engagement.took_part(surgery, held)
    assert member(facts_of(plan), surgery).rung == rung


def test_withdrawing_what_was_just_added_restores_the_former_facts():
    plan, _, lmc, (surgery, other) = footprint_of(2)
    engagement.took_part(other, engagement.event(plan))
    before = facts_of(plan)
    held = engagement.event(plan, held_on=DAY)
    engagement.took_part(surgery, held)
    engagement.took_part(lmc, held, capacity=Capacity.REPRESENTATIVE)
    assert facts_of(plan) != before
    held.withdrawn_at, held.withdrawn_reason = timezone.now(), "Entered twice"
    held.withdrawn_by = accounts.user()
    held.save()
    after = facts_of(plan)
    assert replace(after, papers=before.papers) == before
    assert after.papers == replace(before.papers, withdrawn=1)


def test_an_event_of_another_plan_reaches_nobody_here():
    plan, _, _, (surgery,) = footprint_of(1)
    other, _, _, _ = footprint_of(1)
    engagement.took_part(surgery, engagement.event(other))
    assert member(facts_of(plan), surgery).rung == 0


def test_a_shared_event_counts_for_a_plan_only_with_its_own_practices():
    plan, _, _, (surgery,) = footprint_of(1)
    other, _, _, _ = footprint_of(1)
    shared = engagement.event(plan, other)
    engagement.took_part(surgery, shared)
    federation = stakeholders.organisation(Category.GP_FEDERATION)
    here, there = facts_of(plan), facts_of(other)
    assert (here.contacts[0].own, there.contacts) == (1, ())
    engagement.took_part(federation, shared)
    assert facts_of(other).contacts[0].own == 1


def test_two_people_of_one_practice_are_one_practice():
    plan, _, _, (surgery,) = footprint_of(1)
    held = engagement.event(plan)
    for name in ("Dr A", "Dr B"):
        engagement.took_part(surgery, held, person=stakeholders.person(name))
    assert facts_of(plan).contacts[0].practices == 1


@pytest.mark.parametrize(
    ("changes", "rung"),
    [
        ({}, 0),
        ({"resolution": Resolution.TAKEN_BACK, "resolved_at": timezone.now()}, 4),
        ({"superseded_at": timezone.now()}, 4),
        ({"answer": Answer.CONFIRMED}, 4),
    ],
    ids=["open", "settled", "answered anew", "a confirmation"],
)
def test_a_part_counts_for_nothing_while_its_organisation_disputes_it(changes, rung):
    plan, _, _, (surgery, other) = footprint_of(2)
    held = engagement.event(plan)
    for organisation in (surgery, other):
        engagement.took_part(organisation, held)
    answered = engagement.dispute(surgery, held)
    protection.remove()  # one case answers otherwise in place, which no action can
    Attestation.objects.filter(pk=answered.pk).update(**changes)
    found = facts_of(plan)
    assert (member(found, surgery).rung, member(found, other).rung) == (rung, 4)
    assert found.contacts[0].own == (2 if rung else 1)


def test_a_commissioner_is_shown_apart():
    plan, ccg, _, (surgery,) = footprint_of(1)
    held = engagement.event(plan)
    for organisation in (ccg, surgery):
        engagement.took_part(organisation, held, capacity=Capacity.COMMISSIONER)
    (contact,) = facts_of(plan).contacts
    assert (contact.own, contact.proxy, contact.proxy_only) == (0, 2, True)


def test_the_next_planned_contact_is_one_to_which_general_practice_is_asked():
    plan, ccg, _, (surgery,) = footprint_of(1)
    for days, organisation in ((2, ccg), (5, surgery), (9, surgery)):
        ahead = engagement.event(
            plan,
            held_on=DAY + dt.timedelta(days),
            status=Status.PLANNED,
            recorded_at=dt.datetime(2016, 5, 1, tzinfo=dt.UTC),
        )
        engagement.took_part(organisation, ahead, outcome=Outcome.INVITED)
    assert facts_of(plan).next_planned_on == DAY + dt.timedelta(5)


def test_seats_and_arrangements_are_those_of_the_day():
    plan, _, lmc, _ = footprint_of(1)
    yesterday, tomorrow = DAY - dt.timedelta(1), DAY + dt.timedelta(1)
    shared = {"plan": plan, "body": "Programme board", "capacity": Capacity.REPRESENTATIVE}
    for title, organisation, start, end in (
        ("Now", lmc, DAY, DAY),
        ("Past", lmc, dt.date(2016, 1, 1), yesterday),
        ("Later", lmc, tomorrow, None),
        ("Vacant", None, DAY, None),
    ):
        BoardSeat.objects.create(
            title=title, organisation=organisation, valid_from=start, valid_to=end, **shared
        )
    partner = stakeholders.organisation(Category.VCSE)
    for start in (DAY, tomorrow):
        Arrangement.objects.create(
            plan=plan, organisation=partner, description="Memorandum", valid_from=start
        )
    found = facts_of(plan)
    assert [(seat.organisation_name, seat.category) for seat in found.seats] == [(lmc.name, "lmc")]
    assert [(row.group, row.organisation_name) for row in found.arrangements] == [
        ("vcse", partner.name)
    ]


def test_an_unknown_plan_has_no_facts():
    assert facts_for([404], as_at=DAY) == {}
    assert facts_for([], as_at=DAY) == {}


@pytest.mark.parametrize(("footprints", "practices"), [(1, 1), (4, 12)])
def test_the_number_of_statements_never_grows(footprints, practices, django_assert_num_queries):
    for _ in range(footprints):
        plan, _, _, surgeries = footprint_of(practices)
        held = engagement.event(plan)
        for surgery in surgeries:
            engagement.took_part(surgery, held)
    with django_assert_num_queries(STATEMENTS):
        found = facts_for(None, as_at=DAY)
    assert len(found) == footprints


@pytest.mark.parametrize("seed", range(6))
def test_the_sql_equals_the_slow_and_obvious_definition(seed):
    for plan in scatter(seed):
        for as_at in (DAY, DAY - dt.timedelta(30)):
            found = facts_of(plan, as_at)
            assert {
                m.code: (
                    m.locality,
                    m.lmc,
                    m.patients,
                    m.rung,
                    m.first_heard,
                    m.last_heard,
                    m.last_attempt,
                )
                for m in found.members
            } == slow.members_of(plan, as_at)
            assert {
                c.event_id: (c.own, c.practices, c.lmcs, c.proxy, c.other, c.told)
                for c in found.contacts
            } == slow.contacts_of(plan, as_at)
            assert found.next_planned_on == slow.next_planned_on(plan, as_at)
    assert Participation.objects.filter(event__level__in=TWO_WAY_LEVELS).exists()
