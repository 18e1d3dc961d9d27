"""Who sees which event and how much of it. The walk of every address is in tests/meta."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import RoleGrant, User
from accounts.roles import Permission, Role
from engagement.access import (
    event_in_scope,
    events_visible_to,
    may_change,
    may_read_contacts,
    may_read_note,
    sight_of,
)
from engagement.models import NoteReader
from plans.models import FootprintRegion
from tests.factories import accounts, engagement, plans, stakeholders

pytestmark = pytest.mark.django_db

TODAY = dt.date(2016, 9, 12)


@pytest.fixture
def area():
    """A footprint with an LMC, one practice of it, and a plan."""
    lmc = stakeholders.lmc()
    ccg = stakeholders.commissioner()
    practice = stakeholders.practice(ccg, represented_by=lmc)
    region = plans.region()
    footprint = plans.footprint(ccg, in_region=region)
    plan = plans.plan(footprint)
    return {
        "lmc": lmc, "practice": practice, "footprint": footprint, "plan": plan, "region": region,
    }  # fmt: skip


def visible(user):
    return set(events_visible_to(user, today=TODAY))


def test_a_manager_sees_what_is_credited_to_a_plan_of_theirs(area):
    ours, theirs = engagement.event(area["plan"]), engagement.event(plans.plan(plans.footprint()))
    engagement.event()

    assert visible(plans.manager(area["footprint"])) == {ours}
    assert visible(plans.manager(in_region=area["region"])) == {ours}
    assert visible(plans.manager()) == set()
    assert theirs in visible(accounts.user(Role.REVIEWER))


def test_a_region_that_the_footprint_has_left_gives_nothing(area):
    engagement.event(area["plan"])
    FootprintRegion.objects.update(valid_to=dt.date(2016, 9, 11))

    assert visible(plans.manager(in_region=area["region"])) == set()


def test_a_representative_sees_what_names_them_or_a_practice_of_theirs(area):
    named, practice, neither = (engagement.event(area["plan"]) for _ in range(3))
    engagement.took_part(area["lmc"], named, outcome="invited")
    engagement.took_part(area["practice"], practice)
    engagement.took_part(stakeholders.lmc(), neither)

    assert visible(stakeholders.representative(area["lmc"])) == {named, practice}
    assert visible(stakeholders.representative(area["practice"])) == {practice}


def test_without_a_role_nothing_is_seen(area):
    engagement.event(area["plan"])
    manager = plans.manager(area["footprint"])
    RoleGrant.objects.filter(user=manager).update(valid_to=dt.date(2016, 9, 11))

    assert visible(manager) == set()


def test_an_administrator_who_manages_too_sees_no_more_than_a_manager(area):
    ours = engagement.event(area["plan"])
    engagement.event(plans.plan(plans.footprint()))
    both = plans.manager(area["footprint"])
    RoleGrant.objects.create(user=both, role=Role.ADMINISTRATOR, valid_from=accounts.LONG_AGO)

    assert visible(both) == {ours}


def test_outside_is_not_found_and_inside_without_the_right_is_forbidden(area):
    event = engagement.event(area["plan"])
    stranger, administrator = plans.manager(plans.footprint()), accounts.user(Role.ADMINISTRATOR)

    with pytest.raises(Http404):
        event_in_scope(stranger, event.pk, permission=Permission.READ_EVENTS, today=TODAY)
    with pytest.raises(PermissionDenied):
        event_in_scope(administrator, event.pk, permission=Permission.READ_EVENTS, today=TODAY)


def test_only_who_manages_every_credited_plan_may_change_an_event(area):
    other = plans.footprint()
    one, both = engagement.event(area["plan"]), engagement.event(area["plan"], plans.plan(other))
    manager, wide = plans.manager(area["footprint"]), plans.manager(area["footprint"], other)

    assert may_change(manager, one, today=TODAY)
    assert not may_change(manager, both, today=TODAY)
    assert may_change(wide, both, today=TODAY)
    assert not may_change(accounts.user(Role.REVIEWER), one, today=TODAY)
    assert not may_change(wide, engagement.event(), today=TODAY)


def test_the_note_is_for_its_author_and_the_named_readers(area):
    event = engagement.event(area["plan"])
    reader, other = plans.manager(area["footprint"]), plans.manager(area["footprint"])
    NoteReader.objects.create(event=event, user=reader)

    assert may_read_note(event.recorded_by, event)
    assert may_read_note(reader, event)
    assert not may_read_note(other, event)
    assert not may_read_note(accounts.user(Role.REVIEWER), event)


def test_a_representative_reads_the_names_of_the_own_organisation_only(area):
    sight = sight_of(
        stakeholders.representative(area["lmc"]), footprints=[area["footprint"].pk], today=TODAY
    )

    assert sight.covers(area["lmc"].pk)
    assert not sight.covers(area["practice"].pk)
    assert not sight.covers(stakeholders.lmc().pk)
    assert not sight.covers(None)
    assert sight_of(
        accounts.user(Role.REVIEWER), footprints=[area["footprint"].pk], today=TODAY
    ).everybody
    assert not sight_of(
        accounts.user(Role.ADMINISTRATOR), footprints=[area["footprint"].pk], today=TODAY
    ).everybody


def test_who_manages_one_area_and_speaks_for_another_is_a_manager_in_the_first_only(area):
    elsewhere = plans.footprint()
    both = plans.manager(elsewhere)
    speaker = stakeholders.representative(area["lmc"])
    speaker.stakeholders_representatives.update(user=both)
    speaker.role_grants.update(user=both)
    other = stakeholders.lmc()

    at_home = sight_of(both, footprints=[elsewhere.pk, area["footprint"].pk], today=TODAY)
    abroad = sight_of(both, footprints=[area["footprint"].pk], today=TODAY)

    assert at_home.everybody
    assert abroad.covers(area["lmc"].pk)
    assert not abroad.covers(area["practice"].pk)
    assert not abroad.tells_of(other.pk, "lmc")
    assert not sight_of(both, footprints=[], today=TODAY).everybody
    assert sight_of(plans.manager(elsewhere), footprints=[], today=TODAY).everybody


def test_of_another_lmc_an_lmc_is_told_no_more_than_that_it_was_heard(area):
    other = stakeholders.lmc()
    sight = sight_of(
        stakeholders.representative(area["lmc"]), footprints=[area["footprint"].pk], today=TODAY
    )

    assert sight.tells_of(area["lmc"].pk, "lmc")
    assert sight.tells_of(area["practice"].pk, "gp_practice")
    assert not sight.tells_of(other.pk, "lmc")
    assert sight_of(
        accounts.user(Role.REVIEWER), footprints=[area["footprint"].pk], today=TODAY
    ).tells_of(other.pk, "lmc")
    practice = stakeholders.representative(area["practice"])
    assert sight_of(practice, footprints=[area["footprint"].pk], today=TODAY).tells_of(
        area["lmc"].pk, "lmc"
    )


def test_contact_details_are_for_the_area_s_manager_and_for_the_organisation_itself(area):
    lmc, footprints = area["lmc"], [area["footprint"]]

    def reads(user: User, near=footprints) -> bool:
        return may_read_contacts(user, lmc.pk, near, today=TODAY)

    assert reads(plans.manager(area["footprint"]))
    assert reads(stakeholders.representative(lmc))
    assert not reads(plans.manager(plans.footprint()))
    assert reads(plans.manager(plans.footprint()), near=[])
    assert not reads(accounts.user(Role.REVIEWER))
    assert not reads(stakeholders.representative(area["practice"]))
    assert not reads(accounts.user(Role.ADMINISTRATOR))
