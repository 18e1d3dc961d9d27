"""One event's page: what it says, to whom, and what it counts for."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.roles import Role
from engagement.actions import withdraw_event
from engagement.models import Event, NoteReader, Point, Status
from plans.models import Capacity
from tests.factories import accounts, engagement, plans, stakeholders

pytestmark = pytest.mark.django_db


@pytest.fixture
def lmc():
    return stakeholders.lmc(name="Salford LMC")


@pytest.fixture
def plan(lmc):
    ccg = stakeholders.commissioner()
    stakeholders.practice(ccg, represented_by=lmc, name="Castle Surgery", code="P00001")
    return plans.plan(plans.footprint(ccg, name="Alpha"))


@pytest.fixture
def event(plan, lmc):
    made = engagement.event(
        plan,
        title="LMC liaison",
        recorded_by=plans.manager(plan.footprint),
        recorded_at=dt.datetime(2016, 9, 12, 12, tzinfo=dt.UTC),
    )
    engagement.took_part(
        lmc, made, capacity=Capacity.REPRESENTATIVE, person=stakeholders.person("Dr Ashworth")
    )
    return made


def page_for(client, user, event):
    client.force_login(user)
    answer = client.get(f"/events/{event.pk}/")
    assert answer.status_code == 200
    return answer


def counts(client, event):
    """What counts and what does not for the event's one plan."""
    [count] = page_for(client, event.recorded_by, event).context["counts"]
    return count.counted, count.not_counted


def test_the_facts_and_the_late_record(client, event):
    page = page_for(client, event.recorded_by, event).text

    assert "LMC liaison" in page
    assert "10 May 2016" in page
    assert f"Logged by {event.recorded_by.name} on 12 September 2016, 125 days later." in page
    assert "Dr Ashworth" in page


def test_what_counts_and_what_does_not_with_the_reason(client, event, lmc):
    castle = lmc.__class__.objects.get(code="P00001")
    engagement.took_part(castle, event, capacity=Capacity.COMMISSIONER)
    engagement.took_part(stakeholders.practice(), event)

    assert counts(client, event) == (
        ["As heard: 1 LMC"],
        [
            "Spoke as commissioner, not for general practice: 1 GP practice",
            "Not of the plan's area today: 1 organisation",
        ],
    )


def test_an_organisation_counts_once_by_the_best_that_it_did(client, event, lmc):
    engagement.took_part(lmc, event, capacity=Capacity.COMMISSIONER, person=stakeholders.person())

    assert counts(client, event) == (["As heard: 1 LMC"], [])


def test_a_planned_event_counts_as_asked(client, event):
    Event.objects.update(status=Status.PLANNED)

    assert counts(client, event) == (["As asked until it has happened: 1 LMC"], [])


def test_a_withdrawn_event_says_why_and_counts_for_nothing(client, event):
    withdraw_event(
        by=event.recorded_by, event_id=event.pk, reason="Logged twice.", now=timezone.now()
    )

    page = page_for(client, event.recorded_by, event)

    assert "This record was withdrawn" in page.text
    assert "Reason: Logged twice." in page.text
    assert counts(client, event) == ([], ["The record was withdrawn: 1 LMC"])
    assert "/withdraw/" not in page.text


def test_the_history_says_who_did_what(client, event):
    withdraw_event(
        by=event.recorded_by, event_id=event.pk, reason="Logged twice.", now=timezone.now()
    )

    line = page_for(client, event.recorded_by, event).context["history"].lines[0]

    assert (line.who, line.said) == (event.recorded_by.name, "withdrew the record")
    assert [(one.label, one.was, one.now) for one in line.changes] == [
        ("Reason", "", "Logged twice.")
    ]


def test_the_restricted_note_is_for_its_author_and_named_readers(client, event, plan, lmc):
    Event.objects.update(restricted_note="canary note")
    reader = plans.manager(plan.footprint)
    NoteReader.objects.create(event=event, user=reader)

    for user in (event.recorded_by, reader):
        assert "canary note" in page_for(client, user, event).text
    for user in (
        plans.manager(plan.footprint),
        accounts.user(Role.REVIEWER),
        stakeholders.representative(lmc),
    ):
        assert "canary note" not in page_for(client, user, event).text


def test_a_representative_reads_their_own_people_and_points_only(client, event, lmc):
    healthwatch = stakeholders.organisation("healthwatch", name="Healthwatch Alpha")
    engagement.took_part(healthwatch, event, person=stakeholders.person("canary person"))
    Point.objects.create(event=event, organisation=lmc, text="No money behind it")
    Point.objects.create(event=event, organisation=healthwatch, text="canary point")

    ours = page_for(client, stakeholders.representative(lmc), event).text
    everything = page_for(client, accounts.user(Role.REVIEWER), event).text

    assert "Dr Ashworth" in ours
    assert "No money behind it" in ours
    assert "Healthwatch Alpha" in ours
    assert "canary" not in ours
    assert "Not shown: 1 point made by other organisations." in ours
    assert "canary person" in everything
    assert "canary point" in everything


def test_nobody_reads_contact_details_on_an_event(client, event, lmc):
    person = event.participations.get().person
    person.email, person.phone = "canary@example.org", "01632 960000"
    person.save()

    for user in (event.recorded_by, accounts.user(Role.REVIEWER), stakeholders.representative(lmc)):
        page = page_for(client, user, event).text
        assert "canary@example.org" not in page
        assert "01632" not in page


def test_only_who_may_change_it_is_offered_the_ways(client, event):
    assert "/edit/" in page_for(client, event.recorded_by, event).text
    assert "/edit/" not in page_for(client, accounts.user(Role.REVIEWER), event).text


def test_a_planned_event_may_be_told_what_came_of_it(client, event):
    assert "/outcome/" not in page_for(client, event.recorded_by, event).text
    Event.objects.update(status=Status.PLANNED)
    assert "/outcome/" in page_for(client, event.recorded_by, event).text


def test_a_plan_outside_the_scope_is_named_without_a_link(client, event, plan):
    other = plans.plan(plans.footprint(name="Beta"))
    event.credits.create(plan=other, held_on=event.held_on)

    urls = {
        count.title: count.url
        for count in page_for(client, event.recorded_by, event).context["counts"]
    }

    assert urls == {plan.title: f"/plans/{plan.code}/", other.title: ""}


@pytest.mark.parametrize("number", [1, 40])
def test_the_queries_are_as_many_however_many_took_part(
    client, event, number, django_assert_num_queries
):
    for _ in range(number):
        engagement.took_part(stakeholders.practice(), event, person=stakeholders.person())
    client.force_login(accounts.user(Role.REVIEWER))

    with django_assert_num_queries(14):  # 2: whom it was put to, what lies beside the answers
        client.get(f"/events/{event.pk}/")
