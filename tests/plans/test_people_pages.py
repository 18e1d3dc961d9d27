"""The administrator's pages about people: found, added, given, ended, suspended."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.actions import second_factor
from accounts.first_password import token_for
from accounts.models import AuditEntry, RoleGrant, User
from accounts.permissions import roles_of
from accounts.roles import Role
from mail.models import Message
from plans.access import footprints_managed_by
from plans.models import FootprintGrant
from plans.presenters.letters import first_password as letter
from stakeholders.access import organisations_represented_by
from tests.factories import accounts, plans, stakeholders

NOW = dt.datetime(2016, 9, 12, 12, tzinfo=dt.UTC)
TODAY = NOW.date()
GOOD = "a long and quiet phrase"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def admin(db) -> User:
    return accounts.user(Role.ADMINISTRATOR, name="Ann Admin")


@pytest.fixture
def desk(admin) -> Client:
    opened = Client()
    opened.force_login(admin)
    return opened


def url(name: str, *args: object) -> str:
    return reverse(f"plans:{name}", args=args)


def words(response) -> str:
    return " ".join(response.text.split())


def roles(user: User) -> frozenset[Role]:
    return roles_of(User.objects.get(pk=user.pk), today=TODAY)


PERIOD = {"valid_from": "12/9/2016", "valid_to": "", "reason": "Asked by the board"}


class TestTheList:
    @pytest.fixture
    def everybody(self, admin):
        area = plans.footprint(name="Greater Manchester")
        lmc = stakeholders.lmc(name="Bolton LMC")
        manager = plans.manager(area)
        User.objects.filter(pk=manager.pk).update(
            name="Mary Manager", email="mary@north.example.org"
        )
        lead = stakeholders.representative(lmc)
        User.objects.filter(pk=lead.pk).update(name="Leo Lead")
        accounts.user(name="Nora None")
        gone = accounts.user(Role.REVIEWER, name="Sue Suspended")
        User.objects.filter(pk=gone.pk).update(is_active=False)

    @pytest.mark.parametrize(
        ("asked", "shown"),
        [
            ({}, {"Ann Admin", "Mary Manager", "Leo Lead", "Nora None", "Sue Suspended"}),
            ({"q": "mary"}, {"Mary Manager"}),
            ({"q": "north manager"}, {"Mary Manager"}),
            ({"role": "manager"}, {"Mary Manager"}),
            ({"role": "none"}, {"Nora None"}),
            ({"state": "suspended"}, {"Sue Suspended"}),
            ({"role": "reviewer", "state": "active"}, set()),
            ({"role": "king"}, {"Ann Admin", "Mary Manager", "Leo Lead", "Nora None", "Sue Suspended"}),
        ],
    )  # fmt: skip
    def test_finds_by_word_role_and_state(self, desk, everybody, asked, shown):
        page = desk.get(url("people"), asked)
        names = ("Mary Manager", "Leo Lead", "Nora None", "Sue Suspended")
        assert {name for name in names if f">{name}</a>" in page.text} == shown - {"Ann Admin"}
        assert ("Nobody found" in page.text) == (not shown)

    def test_says_what_each_may_do_and_where(self, desk, everybody):
        page = words(desk.get(url("people")))
        for shown in ("Regional manager", "Greater Manchester", "Bolton LMC", "No role"):
            assert shown in page

    def test_asks_as_much_for_many_as_for_few(self, desk, django_assert_max_num_queries):
        counts = []
        for number in (2, 20):
            for _ in range(number):
                plans.manager(plans.footprint(), plans.footprint())
                stakeholders.representative(stakeholders.lmc())
            with django_assert_max_num_queries(20) as counted:
                assert desk.get(url("people")).status_code == 200
            counts.append(len(counted))
        assert counts[0] == counts[1]


class TestAdding:
    NEW = {"name": "Rob Example", "email": "rob@example.org", "role": "reviewer", **PERIOD}

    def test_they_get_a_link_choose_a_password_and_sign_in(self, desk, admin, client):
        done = desk.post(url("person-add"), self.NEW, follow=True)

        assert "A link to choose a password goes to rob@example.org." in words(done)
        assert "Not chosen yet" in words(done)
        rob, message = User.objects.get(email="rob@example.org"), Message.objects.get()
        assert roles(rob) == {Role.REVIEWER}
        assert rob.role_grants.get().granted_by == admin
        written = letter(message, now=NOW)
        token = token_for(rob)
        assert written is not None
        assert f"https://tent.example.org/first-password/{token}/" in written.text
        assert "19 September 2016" in written.text
        assert token not in str([*Message.objects.values(), *AuditEntry.objects.values()])

        link = reverse("accounts:first-password", args=[token])
        assert client.get(link).status_code == client.head(link).status_code == 200
        assert "at least 12 characters" in words(client.post(link, {"password": "short"}))
        assert client.post(link, {"password": GOOD}).url == "/sign-in/"
        assert client.get("/board/").status_code == 302, "the link signs nobody in"
        client.post("/sign-in/", {"email": rob.email, "password": GOOD})
        assert client.get("/board/").status_code == 200
        used = client.get(link)
        assert (used.status_code, "This link has ended" in used.text) == (410, True)
        assert letter(Message.objects.get(), now=NOW) is None

    def test_a_manager_with_an_area_and_a_lead_with_an_organisation(self, desk):
        area, region = plans.footprint(name="Greater Manchester"), plans.region("North")
        plans.footprint(in_region=region)
        lmc = stakeholders.lmc(name="Bolton LMC", code="LMC901")
        for number, more in enumerate(
            (
                {"role": "manager", "area": f"footprint:{area.code}"},
                {"role": "manager", "area": f"region:{region.code}"},
                {"role": "representative", "organisation": "lmc901"},
            )
        ):
            done = desk.post(
                url("person-add"), {**self.NEW, "email": f"n{number}@example.org", **more}
            )
            assert done.status_code == 302
        one, two, three = User.objects.filter(email__startswith="n").order_by("email")
        assert list(footprints_managed_by(one, today=TODAY)) == [area]
        assert [held.region for held in FootprintGrant.objects.filter(user=two)] == [region]
        assert list(organisations_represented_by(three, today=TODAY)) == [lmc]

    @pytest.mark.parametrize(
        ("typed", "says"),
        [
            ({"name": " "}, "Enter the person's full name"),
            ({"email": "rob"}, "Email address must look like name@example.org"),
            ({"email": "TAKEN@example.org"}, "TAKEN@example.org already has an account."),
            ({"role": ""}, "Choose a role"),
            ({"role": "manager"}, "Choose a footprint or a region"),
            ({"role": "manager", "area": "footprint:QXX"}, "must be one of the choices listed"),
            ({"role": "representative"}, "Enter the organisation's code or name"),
            ({"role": "representative", "organisation": "QXX"}, "is not an organisation open on"),
            (
                {"valid_from": "11/9/2016"},
                "The first day must be today, 12 September 2016, or later",
            ),
            ({"valid_to": "11/9/2016"}, "The last day must be 12 September 2016 or later"),
            ({"valid_from": "31/9/2016"}, "The first day must be a real date"),
            ({"reason": ""}, "Enter why"),
        ],
    )
    def test_what_is_wrong_is_said_and_nobody_is_added(self, desk, typed, says):
        taken = accounts.user()
        User.objects.filter(pk=taken.pk).update(email="taken@example.org")
        before = User.objects.count()
        assert says in desk.post(url("person-add"), {**self.NEW, **typed}).text.replace(
            "&#x27;", "'"
        )
        assert (User.objects.count(), Message.objects.count()) == (before, 0)

    def test_what_another_role_would_need_is_not_looked_at(self, desk):
        typed = {**self.NEW, "organisation": "no such thing", "area": "junk"}
        assert desk.post(url("person-add"), typed).status_code == 302

    def test_a_new_link_ends_the_one_before(self, desk, client):
        desk.post(url("person-add"), self.NEW)
        rob = User.objects.get(email="rob@example.org")
        before = reverse("accounts:first-password", args=[token_for(rob)])
        assert "A new link goes to" in words(desk.post(url("person-link", rob.pk), follow=True))
        assert client.get(before).status_code == 410
        assert client.get(f"{before[:-1]}x/").status_code == 404


class TestGiving:
    @pytest.fixture
    def person(self, db):
        return accounts.user(Role.MANAGER, name="Pat Person")

    def test_a_role_an_area_and_an_organisation(self, desk, admin, person):
        area = plans.footprint(name="Greater Manchester")
        lmc = stakeholders.lmc(code="LMC901")
        for kind, what in (
            ("roles", {"role": "reviewer"}),
            ("areas", {"area": f"footprint:{area.code}"}),
            ("organisations", {"organisation": "LMC901"}),
        ):
            done = desk.post(url("grant-add", person.pk, kind), {**PERIOD, **what}, follow=True)
            assert "It is given to Pat Person." in words(done)
            again = desk.post(url("grant-add", person.pk, kind), {**PERIOD, **what})
            assert "Pat Person holds this already, from 12 September 2016" in words(again)
        assert roles(person) == {Role.MANAGER, Role.REVIEWER}
        assert list(footprints_managed_by(person, today=TODAY)) == [area]
        assert list(organisations_represented_by(person, today=TODAY)) == [lmc]
        entries = AuditEntry.objects.filter(verb="access given")
        assert {(one.actor, one.object_key) for one in entries} == {(admin, str(person.pk))}
        page = words(desk.get(url("person", person.pk)))
        assert "<b>Ann Admin</b> gave access" in page
        assert "Reason: Asked by the board" in page

    def test_ended_now_it_is_over_in_the_middle_of_a_form(self, desk, client, person):
        plan = plans.plan(plans.footprint())
        person = plans.manager(plan.footprint)
        client.force_login(person)
        form = reverse("plans:seat-add", args=[plan.code])
        assert client.get(form).status_code == 200
        held = FootprintGrant.objects.get(user=person)

        typed = {"ending": "now", "reason": "Moved"}
        done = desk.post(url("grant", person.pk, "areas", held.pk), typed, follow=True)

        assert f"{plan.footprint.name} has ended." in words(done)
        assert "1 April 2013 to 11 September 2016" in words(done)
        assert client.post(form, {"title": "GP member"}).status_code == 404

    @pytest.mark.parametrize(
        ("typed", "says"),
        [
            ({"ending": ""}, "Choose when it ends"),
            ({"ending": "on_day"}, "Enter the last day"),
            ({"ending": "on_day", "valid_to": "11/9/2016"}, "To end it at once, choose “Now”"),
            ({"ending": "on_day", "valid_to": "soon"}, "The last day must be a real date"),
            ({"ending": "now", "reason": ""}, "Enter why"),
        ],
    )
    def test_an_end_that_will_not_do_is_said(self, desk, person, typed, says):
        held = person.role_grants.get()
        page = desk.post(url("grant", person.pk, "roles", held.pk), {"reason": "x", **typed})
        assert says in words(page)
        assert RoleGrant.objects.get(pk=held.pk).valid_to is None

    def test_an_end_is_set_and_taken_away(self, desk, person):
        held = person.role_grants.get()
        address = url("grant", person.pk, "roles", held.pk)
        for typed, says in (
            ({"ending": "on_day", "valid_to": "30/9/2016"}, "ends on 30 September 2016."),
            ({"ending": "never", "valid_to": "junk"}, "has no end."),
        ):
            done = desk.post(address, {"reason": "x", **typed}, follow=True)
            assert f"Regional manager {says}" in words(done)

    def test_what_was_given_by_two_roles_needs_is_missed_in_words(self, desk, person):
        page = words(desk.get(url("person", person.pk)))
        assert "A regional manager without an area sees no plan." in page


class TestShuttingOut:
    def test_suspended_and_restored_with_a_reason(self, desk, client):
        person = accounts.user(Role.REVIEWER, name="Rob Reviewer")
        client.post("/sign-in/", {"email": person.email, "password": accounts.PASSWORD})
        assert "1 browser" in words(desk.get(url("person", person.pk)))

        assert "Enter why" in words(desk.post(url("person-suspend", person.pk), {"reason": ""}))
        done = words(desk.post(url("person-suspend", person.pk), {"reason": "Left"}, follow=True))

        assert "Ann Admin suspended them on 12 September 2016." in done
        assert "Reason: Left" in done
        assert client.get("/board/").status_code == 302
        again = words(desk.post(url("person-suspend", person.pk), {"reason": "x"}))
        assert "Rob Reviewer is suspended already." in again
        desk.post(url("person-restore", person.pk), {"reason": "Back"})
        assert User.objects.get(pk=person.pk).is_active

    def test_the_last_administrator_is_told_why_they_stay(self, desk, admin):
        other = accounts.user(Role.ADMINISTRATOR, name="Bob Other")
        admin.role_grants.update(valid_to=TODAY)
        page = words(desk.post(url("person-suspend", other.pk), {"reason": "x"}))
        assert "Bob Other is the last administrator" in page
        assert User.objects.get(pk=other.pk).is_active

    def test_a_second_factor_that_was_lost_is_reset(self, desk):
        person = accounts.user(Role.REVIEWER)
        secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
        second_factor.add_app(by=person, secret=secret, step=1, now=NOW)
        assert "Reset the second factor" in words(desk.get(url("person", person.pk)))
        desk.post(url("person-second-factor", person.pk), {"reason": "Lost the telephone"})
        assert "Not set up" in words(desk.get(url("person", person.pk)))

    def test_nobody_is_offered_or_allowed_to_change_themselves(self, desk, admin):
        page = words(desk.get(url("person", admin.pk)))
        assert "Nobody changes what they may do themselves" in page
        for offered in ("Give a role", "End or change", "Suspend"):
            assert offered not in page
        refused = desk.post(url("person-suspend", admin.pk), {"reason": "x"})
        assert refused.status_code == 403


def test_a_change_needs_a_recent_sign_in_and_keeps_what_was_typed(desk, clock):
    person = accounts.user()
    clock.shift(16 * 60)
    asked = desk.post(url("grant-add", person.pk, "roles"), {**PERIOD, "role": "reviewer"})
    assert asked.status_code == 307
    assert "interrupted=1" in asked.url
    assert roles(person) == frozenset()


def test_a_person_is_shown_by_a_fixed_number_of_statements(desk, django_assert_max_num_queries):
    counts = []
    for number in (1, 15):
        person = plans.manager(*(plans.footprint() for _ in range(number)))
        with django_assert_max_num_queries(25) as counted:
            assert desk.get(url("person", person.pk)).status_code == 200
        counts.append(len(counted))
    assert counts[0] == counts[1]
