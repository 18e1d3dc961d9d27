"""What a lead is told of another LMC on the same plan: heard or disputed, and nothing more."""

import pytest
from django.utils import timezone

from engagement.models import Answer, Attestation, Event, Question
from stakeholders.models import Category
from tests.factories import engagement, stakeholders
from tests.meta import world as worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return worlds.build()


@pytest.fixture
def lead(world, client):
    """The lead of the second LMC of the plan, signed in."""
    client.force_login(world.people["LMX"])
    return client


def together(world) -> Event:
    """A record that names both LMCs."""
    return Event.objects.get(pk=world.values["together-a"])


def test_in_a_shared_record_the_other_is_a_name_in_a_list_of_its_own(world, lead) -> None:
    groups = lead.get(f"/events/{together(world).pk}/").context["groups"]
    ours = [group for group in groups if not group.heading.startswith("Other LMCs")]
    others = [group for group in groups if group.heading.startswith("Other LMCs")]
    assert world.a.second_lmc.name in str(ours)
    assert world.a.lmc.name not in str(ours)
    assert world.a.lmc.name in str(others)


def test_its_ledger_is_its_own(world, lead) -> None:
    other = lead.get(f"/organisations/{world.a.lmc.code}/")
    own = lead.get(f"/organisations/{world.a.second_lmc.code}/")
    assert (other.context["tells"], own.context["tells"]) == (False, True)
    assert "ledger" not in other.context
    assert "ledger" in own.context


@pytest.mark.parametrize(
    ("answer", "is_told"), [(Answer.CONFIRMED, False), (Answer.DISPUTED, True)]
)
def test_that_it_agreed_is_its_own_and_that_it_disagrees_is_not(
    world, lead, answer, is_told
) -> None:
    event = together(world)
    Attestation.objects.filter(event=event).update(superseded_at=timezone.now())
    Attestation.objects.create(
        event=event,
        organisation=world.a.lmc,
        answer=answer,
        words="canary words",
        answered_at=timezone.now(),
        answered_by=world.people["LMC"],
    )
    page = lead.get(f"/events/{event.pk}/").text
    assert "canary words" not in page
    said = page.split("Who was asked")[-1] if "Who was asked" in page else page
    assert (
        f"{world.a.lmc.name} disagrees" in said or "disagrees with the record" in said
    ) is is_told


@pytest.mark.parametrize(("reader", "is_told"), [("MGR", True), ("REP", False)])
def test_whether_another_organisation_has_answered_is_told_to_managers_alone(
    world, client, reader, is_told
) -> None:
    trust = stakeholders.organisation(Category.TRUST)
    engagement.took_part(trust, world.a.event)
    Question.objects.create(event=world.a.event, organisation=trust, asked_at=timezone.now())
    client.force_login(world.people[reader])
    page = client.get(f"/organisations/{trust.code}/")
    assert world.a.event.title in page.text
    assert ("no answer" in page.text.lower()) is is_told
