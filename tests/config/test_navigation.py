"""The menu and the name in the header."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from accounts.models import RoleGrant
from accounts.roles import Role
from config.navigation import MENU, frame
from stakeholders.models import Category, Representative
from tests.factories import accounts, stakeholders

pytestmark = pytest.mark.django_db


def frame_for(user, path="/organisations/"):
    request = RequestFactory().get(path)
    request.user = user
    return frame(request)


def test_every_entry_of_every_menu_has_its_page():
    for entries in MENU.values():
        for entry in entries:
            assert reverse(entry.url_name)


@pytest.mark.parametrize("role", Role)
def test_nobody_is_offered_a_page_that_is_refused(client, role):
    """Also the other way about: a menu entry that gives 403 is a promise broken."""
    client.force_login(accounts.user(role))
    for entry in MENU[role]:
        assert client.get(reverse(entry.url_name)).status_code in {200, 302}, entry


def test_the_menu_is_that_of_the_roles_held_today_each_page_once():
    person = accounts.user(Role.REVIEWER, Role.ADMINISTRATOR)

    labels = [item.label for item in frame_for(person)["navigation"]()]

    assert labels == [
        *(
            "National board",
            "Decisions",
            "Flags",
            "Events",
            "Consultations",
            "Organisations",
            "Criteria",
            "History",
        ),
        *("People", "Imports", "Jobs", "Mail", "Words"),
    ]


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", "Home"),
        ("/events/", "Events"),
        ("/events/7/", "Events"),
        ("/events/log/", "Log engagement"),
        ("/plans/x/", ""),
    ],
)
def test_the_page_being_read_is_marked(path, current):
    items = frame_for(accounts.user(Role.MANAGER), path)["navigation"]()

    assert [item.label for item in items if item.current] == ([current] if current else [])


@pytest.mark.parametrize(
    ("category", "title"),
    [
        (Category.LMC, "LMC lead"),
        (Category.GP_PRACTICE, "practice lead"),
        (Category.HEALTHWATCH, "organisation lead"),
    ],
)
def test_a_representative_is_called_by_whom_they_answer_for(category, title):
    person = stakeholders.representative(stakeholders.organisation(category))

    assert frame_for(person)["account"]().role == title


def test_a_role_that_has_ended_is_not_held_any_more():
    person = accounts.user(Role.MANAGER)
    RoleGrant.objects.update(valid_to=accounts.LONG_AGO)

    assert frame_for(person)["account"]().role == "no role yet"
    assert frame_for(person)["navigation"]() == []


def test_header_and_menu_cost_their_queries_once(django_assert_num_queries):
    person = stakeholders.representative(stakeholders.lmc())
    Representative.objects.create(
        user=person, organisation=stakeholders.lmc(), valid_from=accounts.LONG_AGO
    )
    with django_assert_num_queries(0):
        found = frame_for(person)
    with django_assert_num_queries(2):
        for _ in range(3):
            assert found["navigation"]()
            assert found["account"]().role == "LMC lead"


def test_whoever_is_not_signed_in_has_neither(client):
    assert "Sign out" not in client.get("/sign-in/").text
