"""Whether somebody may be written to, as their manager records it."""

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from stakeholders.models import Person
from tests.factories import plans, stakeholders

pytestmark = pytest.mark.django_db


@pytest.fixture
def somewhere(client):
    commissioner = stakeholders.commissioner()
    lmc = stakeholders.lmc(name="Bolton LMC")
    stakeholders.practice(commissioner, represented_by=lmc)
    footprint = plans.footprint(commissioner)
    client.force_login(plans.manager(footprint))
    person = stakeholders.person("Dr Quiet", at=lmc)
    address = reverse("engagement:person-contact", args=[lmc.code, person.pk])
    return lmc, person, address


def test_it_is_switched_off_and_on_with_a_reason_and_shown(client, somewhere):
    _, person, address = somewhere
    for permitted, shown, verb in (
        ("no", "Asked not to be written to", "contact not permitted"),
        ("yes", "Messages are on", "contact permitted"),
    ):
        done = client.post(address, {"permitted": permitted, "reason": "On the phone"}, follow=True)
        assert shown in done.text
        assert Person.objects.get(pk=person.pk).contact_permitted == (permitted == "yes")
        assert AuditEntry.objects.first().verb == verb
        assert AuditEntry.objects.first().became["reason"] == "On the phone"
    client.post(address, {"permitted": "yes", "reason": "Sent twice"})
    assert AuditEntry.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"permitted": ""}, "Choose whether messages may be sent to them"),
        ({"reason": ""}, "Enter why"),
    ],
)
def test_what_is_wrong_is_said(client, somewhere, typed, says):
    _, person, address = somewhere
    page = client.post(address, {"permitted": "no", "reason": "x", **typed})
    assert says in page.text
    assert Person.objects.get(pk=person.pk).contact_permitted


def test_somebody_without_a_post_there_is_not_there(client, somewhere):
    lmc, _, _ = somewhere
    elsewhere = stakeholders.person("Dr Else", at=stakeholders.lmc())
    address = reverse("engagement:person-contact", args=[lmc.code, elsewhere.pk])
    assert client.get(address).status_code == 404
