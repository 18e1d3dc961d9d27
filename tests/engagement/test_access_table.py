"""Who may do what, person by person: those too who kept a seat without the role, and those with two hats.

The walk of every address (tests/meta) has one person for each role; this has those between.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

import pytest
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.models import RoleGrant, User
from accounts.roles import Role
from engagement import access
from engagement.models import EventDraft
from engagement.queries.claims import claims_waiting_for
from engagement.queries.crediting import plan_ids_by_code, plans_to_credit
from engagement.queries.history import organisation_history
from engagement.queries.recent import likely_doubles
from plans.models import Footprint, FootprintGrant, Plan
from stakeholders.models import Organisation, Representative
from tests.factories import accounts, claims, engagement, plans, stakeholders

pytestmark = pytest.mark.django_db

NOW = timezone.make_aware(dt.datetime(2016, 9, 12, 10, 0))
TODAY = NOW.date()


@dataclass
class Area:
    lmc: Organisation
    footprint: Footprint
    plan: Plan


@pytest.fixture
def area() -> Area:
    lmc, ccg = stakeholders.lmc(), stakeholders.commissioner()
    stakeholders.practice(ccg, represented_by=lmc)
    footprint = plans.footprint(ccg)
    return Area(lmc, footprint, plans.plan(footprint))


def manages(user: User, footprint: Footprint) -> User:
    FootprintGrant.objects.create(user=user, footprint=footprint, valid_from=accounts.LONG_AGO)
    return user


def speaks(user: User, organisation: Organisation) -> User:
    Representative.objects.create(
        user=user, organisation=organisation, valid_from=accounts.LONG_AGO
    )
    return user


def person(area: Area, kind: str) -> User:
    """``role: where``; a seat without its role is one whose role has ended since."""
    other = stakeholders.lmc()
    made = {
        "manager": lambda: manages(accounts.user(Role.MANAGER), area.footprint),
        "lead": lambda: speaks(accounts.user(Role.REPRESENTATIVE), area.lmc),
        "lead of another": lambda: speaks(accounts.user(Role.REPRESENTATIVE), other),
        "manager and lead": lambda: manages(
            speaks(accounts.user(Role.MANAGER, Role.REPRESENTATIVE), area.lmc), area.footprint
        ),
        "manager and lead of another": lambda: manages(
            speaks(accounts.user(Role.MANAGER, Role.REPRESENTATIVE), other), area.footprint
        ),
        "seats without a role": lambda: manages(speaks(accounts.user(), area.lmc), area.footprint),
        "lead no more, manager elsewhere": lambda: speaks(
            manages(accounts.user(Role.MANAGER), plans.footprint()), area.lmc
        ),
        "reviewer": lambda: accounts.user(Role.REVIEWER),
    }
    return made[kind]()


@pytest.mark.parametrize(
    ("kind", "decides", "claims_for"),
    [
        ("manager", True, False),
        ("lead", False, True),
        ("lead of another", False, False),
        ("manager and lead", False, True),
        ("manager and lead of another", True, False),
        ("seats without a role", False, False),
        ("lead no more, manager elsewhere", False, False),
        ("reviewer", False, False),
    ],
)
def test_who_decides_on_a_claim_and_who_makes_it(area: Area, kind, decides, claims_for) -> None:
    claim = claims.claim(area.lmc, area.plan)
    user = person(area, kind)
    sees = access.claims_visible_to(user, today=TODAY).exists()

    assert access.may_decide(user, claim, today=TODAY) is decides
    assert access.may_claim_for(user, claim, today=TODAY) is claims_for
    assert sees is (decides or claims_for or kind == "reviewer")
    waiting, count = claims_waiting_for(user, today=TODAY)
    assert (len(waiting), count) == ((1, 1) if kind.startswith("manager") else (0, 0))


@pytest.mark.parametrize(
    ("kind", "sees"),
    [
        ("manager", True),
        ("lead", True),
        ("lead of another", False),
        ("seats without a role", False),
        ("lead no more, manager elsewhere", False),
        ("reviewer", True),
    ],
)
def test_who_sees_a_record_and_what_is_made_of_it(area: Area, kind, sees) -> None:
    """The record, the records like it while one logs, and what the organisation's history tells."""
    event, claim = engagement.event(area.plan), claims.claim(area.lmc, area.plan)
    engagement.took_part(area.lmc, event)
    by = engagement.dispute(area.lmc, event).answered_by or event.recorded_by
    for verb, obj in (("disputed", event), ("claimed", claim)):
        audit.record(by=by, on_behalf_of=area.lmc, verb=verb, obj=obj, at=NOW)
    user = person(area, kind)
    alike = likely_doubles(
        user,
        held_on=event.held_on,
        channel=event.channel,
        organisation_ids=[area.lmc.pk],
        editing=None,
        today=TODAY,
    )

    assert access.events_visible_to(user, today=TODAY).exists() is sees
    assert alike.exists() is sees
    told = organisation_history(area.lmc, user, today=TODAY).values_list("verb", flat=True)
    assert set(told) & {"disputed", "claimed"} == ({"disputed", "claimed"} if sees else set())


@pytest.mark.parametrize(
    ("kind", "may"),
    [("manager", True), ("lead", False), ("seats without a role", False), ("reviewer", False)],
)
def test_who_credits_to_a_plan(area: Area, kind, may) -> None:
    user = person(area, kind)

    assert plan_ids_by_code(user, [area.plan.code], today=TODAY) == [area.plan.pk] * may
    assert [one.code for one in plans_to_credit(user, today=TODAY)] == [area.plan.code] * may


@pytest.mark.parametrize(
    ("kind", "reads", "changes"),
    [
        ("manager", True, True),
        ("lead", True, False),
        ("lead of another", False, False),
        ("reviewer", False, False),
    ],
)
def test_who_reads_how_to_reach_people_and_who_changes_it(area: Area, kind, reads, changes) -> None:
    user, asked = person(area, kind), (area.lmc.pk, [area.footprint])

    assert access.may_read_contacts(user, *asked, today=TODAY) is reads
    assert access.may_change_contact(user, *asked, today=TODAY) is changes


def test_a_national_body_belongs_to_no_area_and_only_managers_reach_its_people(area: Area) -> None:
    national = stakeholders.organisation()
    reach = {
        kind: access.may_read_contacts(person(area, kind), national.pk, [], today=TODAY)
        for kind in ("manager", "lead", "reviewer", "seats without a role")
    }

    assert [kind for kind, may in reach.items() if may] == ["manager"]


def test_a_collation_is_there_for_who_gathers_it_and_holds_the_role(area: Area) -> None:
    gathering = claims.collation(area.lmc, area.plan)

    assert access.collation_in_scope(person(area, "lead"), gathering.pk, today=TODAY) == gathering
    for kind in ("seats without a role", "lead no more, manager elsewhere", "manager"):
        with pytest.raises(Http404):
            access.collation_in_scope(person(area, kind), gathering.pk, today=TODAY)


def test_who_manages_the_plan_and_leads_elsewhere_takes_back_nobodys_claim(client, area) -> None:
    claim = claims.claim(area.lmc, area.plan)
    client.force_login(person(area, "manager and lead of another"))

    answer = client.post(reverse("engagement:claim-take-back", args=[claim.pk]), {"reason": "x"})

    claim.refresh_from_db()
    assert (answer.status_code, claim.state) == (403, "open")


def test_a_role_that_ended_takes_its_seats_with_it(area: Area) -> None:
    event = engagement.event(area.plan)
    engagement.took_part(area.lmc, event)
    user = person(area, "manager and lead")
    assert access.may_change(user, event, today=TODAY)

    RoleGrant.objects.filter(user=user, role=Role.MANAGER).update(valid_to=TODAY - dt.timedelta(1))
    later = User.objects.get(pk=user.pk)
    assert not access.may_change(later, event, today=TODAY)
    assert access.events_visible_to(later, today=TODAY).exists()


def test_who_manages_one_of_two_plans_touches_no_link_of_the_record(client, area: Area) -> None:
    """Nor learns which links there are: 403 for a link that exists and for one that does not."""
    event = engagement.event(area.plan, plans.plan(plans.footprint()))
    client.force_login(person(area, "manager"))

    for name in ("link-again", "link-revoke"):
        answer = client.post(reverse(f"engagement:{name}", args=[event.pk, 1]))
        assert answer.status_code == 403, name


def test_who_may_not_log_begins_no_entry(client, area: Area) -> None:
    client.force_login(person(area, "lead"))

    answer = client.post(
        reverse("engagement:log-step", args=[uuid.uuid4(), "what"]), {"title": "x"}
    )

    assert answer.status_code == 403
    assert not EventDraft.objects.exists()


def test_who_changes_a_record_and_then_loses_a_plan_changes_nothing_more(client, area) -> None:
    event = engagement.event(area.plan)
    user = person(area, "manager")
    draft = EventDraft.objects.create(
        owner=user, event=event, event_version=event.version, created_at=NOW, updated_at=NOW
    )
    client.force_login(user)
    page = reverse("engagement:log-step", args=[draft.pk, "what"])
    assert client.get(page).status_code == 200

    FootprintGrant.objects.all().delete()
    assert client.get(page).status_code == 403


def test_a_manager_chooses_among_plans_in_scope_only(client, area: Area) -> None:
    other = plans.plan(plans.footprint(name="Somewhere else"))
    client.force_login(person(area, "manager"))

    page = client.get(reverse("engagement:events"))

    assert area.plan.code in page.text
    assert other.code not in page.text
