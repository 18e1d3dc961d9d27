"""Giving, ending and suspending: what the next request sees, and what nobody may do."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from accounts.actions.grants import (
    GrantRefused,
    OwnGrant,
    Why,
    change_end,
    end_now,
    give,
    give_from_today,
)
from accounts.actions.people import new_first_link, restore, set_first_password, suspend
from accounts.first_password import LinkUnusable, token_for
from accounts.models import AuditEntry, RoleGrant, User
from accounts.permissions import roles_of
from accounts.roles import Role
from accounts.rules.grants import Period
from tests.factories import accounts

NOW = dt.datetime(2016, 9, 12, 12, tzinfo=dt.UTC)
TODAY = NOW.date()
TOMORROW, YESTERDAY = TODAY + dt.timedelta(1), TODAY - dt.timedelta(1)
ADMINISTRATOR, REVIEWER = Role.ADMINISTRATOR, Role.REVIEWER


def why(by: User | None, **facts) -> Why:
    return Why(by=by, reason="Asked by the board", now=NOW, today=TODAY, **facts)


def roles(user: User, on: dt.date = TODAY) -> frozenset[Role]:
    return roles_of(User.objects.get(pk=user.pk), today=on)


@pytest.fixture
def admin(db) -> User:
    return accounts.user(ADMINISTRATOR, name="Ann Admin")


def give_role(to: User, by: User | None, role: Role = REVIEWER, period: Period | None = None):
    period = period or Period(first=TODAY)
    return give(RoleGrant, to=to, what={"role": role}, period=period, why=why(by))


def test_a_role_holds_from_its_first_day_to_its_last_and_says_who_gave_it(admin):
    person = accounts.user(name="Rob Reviewer")

    grant = give_role(person, admin, period=Period(first=TODAY, last=TOMORROW))

    assert (grant.granted_by, roles(person)) == (admin, {REVIEWER})
    assert roles(person, TOMORROW) == {REVIEWER}
    assert roles(person, TOMORROW + dt.timedelta(1)) == frozenset()
    entry = AuditEntry.objects.get(verb="access given")
    assert (entry.actor, entry.label) == (admin, "Rob Reviewer")
    assert entry.became["reason"] == "Asked by the board"
    assert entry.became["valid_to"] == TOMORROW.isoformat()


@pytest.mark.parametrize(
    ("period", "field", "says"),
    [
        (Period(first=YESTERDAY), "valid_from", "must be today, 12 September 2016, or later"),
        (Period(first=TOMORROW, last=TODAY), "valid_to", "must be 13 September 2016 or later"),
        (Period(first=TODAY), "valid_from", "holds this already, from 1 April 2013 without an end"),
    ],
)
def test_what_cannot_be_given_is_said_and_nothing_is_written(admin, period, field, says):
    person = accounts.user(REVIEWER)
    before = RoleGrant.objects.count()

    with pytest.raises(GrantRefused, match=says) as refused:
        give_role(person, admin, period=period)

    assert refused.value.field == field
    assert (RoleGrant.objects.count(), AuditEntry.objects.count()) == (before, 0)


def test_a_role_that_begins_later_may_not_be_run_into(admin):
    person = accounts.user()
    give_role(person, admin, period=Period(first=TOMORROW))

    with pytest.raises(GrantRefused, match="again from 13 September 2016 without an end") as told:
        give_role(person, admin)

    assert told.value.field == "valid_to"


def test_ended_now_it_is_gone_today_and_was_held_yesterday(admin):
    person = accounts.user(REVIEWER)

    end_now(person.role_grants.get(), why=why(admin))

    assert roles(person) == frozenset()
    assert roles(person, YESTERDAY) == {REVIEWER}


@pytest.mark.parametrize("first", [TODAY, TOMORROW])
def test_what_began_today_or_later_is_taken_back_and_can_be_given_again(admin, first):
    person = accounts.user()
    grant = give_role(person, admin, period=Period(first=first))

    end_now(grant, why=why(admin))

    assert roles(person, first) == frozenset()
    assert RoleGrant.objects.get(pk=grant.pk).taken_back_at == NOW
    give_role(person, admin, period=Period(first=first))
    assert roles(person, first) == {REVIEWER}


def test_an_end_is_set_moved_and_taken_away(admin):
    person = accounts.user(REVIEWER)
    grant = person.role_grants.get()

    for last in (TOMORROW, TODAY, None):
        change_end(grant, last=last, why=why(admin))
        assert RoleGrant.objects.get(pk=grant.pk).valid_to == last

    changed = AuditEntry.objects.filter(verb="access changed")
    assert [one.was["valid_to"] for one in changed] == ["2016-09-12", "2016-09-13", None]


@pytest.mark.parametrize(
    "again", [end_now, lambda grant, *, why: change_end(grant, last=None, why=why)]
)
def test_what_has_ended_is_not_ended_twice(admin, again):
    person = accounts.user(REVIEWER)
    grant = person.role_grants.get()
    end_now(grant, why=why(admin))

    with pytest.raises(GrantRefused, match="ended already"):
        again(grant, why=why(admin))


def test_nobody_changes_what_they_may_do_themselves(admin):
    mine = admin.role_grants.get()
    for attempt in (
        lambda: give_role(admin, admin),
        lambda: end_now(mine, why=why(admin)),
        lambda: change_end(mine, last=TODAY, why=why(admin)),
        lambda: suspend(person=admin, why=why(admin)),
        lambda: restore(person=admin, why=why(admin)),
    ):
        with pytest.raises(OwnGrant):
            attempt()
    assert not AuditEntry.objects.exists()


class TestTheLastAdministrator:
    """Somebody else is an administrator today, but not for as long."""

    @pytest.fixture
    def other(self, admin):
        other = accounts.user(ADMINISTRATOR, name="Bob Other")
        admin.role_grants.update(valid_to=TOMORROW)
        return other

    def test_stays(self, admin, other):
        grant = other.role_grants.get()
        for attempt in (
            lambda: end_now(grant, why=why(admin)),
            lambda: change_end(grant, last=TOMORROW, why=why(admin)),
            lambda: suspend(person=other, why=why(admin)),
        ):
            with pytest.raises(GrantRefused, match="Bob Other is the last administrator"):
                attempt()
        assert roles(other) == {ADMINISTRATOR}

    def test_may_go_once_another_stays_as_long(self, admin, other):
        accounts.user(ADMINISTRATOR)
        suspend(person=other, why=why(admin))
        assert roles(other) == frozenset()

    def test_somebody_suspended_is_nobody_who_stays(self, admin, other):
        away = accounts.user(ADMINISTRATOR)
        User.objects.filter(pk=away.pk).update(is_active=False)
        with pytest.raises(GrantRefused):
            suspend(person=other, why=why(admin))


def test_a_suspended_person_is_out_and_back_with_the_same_roles(admin, client):
    person = accounts.user(REVIEWER)
    client.post("/sign-in/", {"email": person.email, "password": accounts.PASSWORD})
    assert client.get("/board/").status_code == 200

    suspend(person=person, why=why(admin))

    assert client.get("/board/").status_code == 302
    restore(person=person, why=why(admin))
    assert roles(person) == {REVIEWER}
    assert client.get("/board/").status_code == 302, "the visit of before does not come back"
    entry = AuditEntry.objects.get(verb="suspended")
    assert (entry.actor, entry.became) == (admin, {"reason": "Asked by the board"})


def test_suspending_and_restoring_twice_is_said(admin):
    person = accounts.user(REVIEWER)
    with pytest.raises(GrantRefused, match="is not suspended"):
        restore(person=person, why=why(admin))
    suspend(person=person, why=why(admin))
    with pytest.raises(GrantRefused, match="suspended already"):
        suspend(person=person, why=why(admin))


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ([], [(TODAY, None)]),
        ([(YESTERDAY, None)], []),
        ([(TOMORROW, None)], [(TODAY, TODAY)]),
    ],
)
def test_from_today_on_fills_what_is_free_and_no_more(admin, held, expected):
    person = accounts.user()
    for first, last in held:
        RoleGrant.objects.create(user=person, role=REVIEWER, valid_from=first, valid_to=last)

    give_from_today(RoleGrant, to=person, what={"role": REVIEWER}, why=why(admin))

    given = RoleGrant.objects.filter(user=person, granted_by=admin)
    assert list(given.values_list("valid_from", "valid_to")) == expected


class TestTheLinkToAFirstPassword:
    GOOD = "a long and quiet phrase"

    @pytest.fixture
    def fresh(self, db):
        person = accounts.user()
        person.set_unusable_password()
        person.save()
        return person

    def choose(self, token, password=GOOD):
        return set_first_password(token=token, password=password, now=timezone.now())

    def test_works_once(self, fresh):
        token = token_for(fresh)
        assert self.choose(token) == fresh
        assert User.objects.get(pk=fresh.pk).check_password(self.GOOD)
        with pytest.raises(LinkUnusable) as used:
            self.choose(token)
        assert used.value.known

    def test_ends_with_a_newer_one(self, fresh, admin):
        token = token_for(fresh)
        new_first_link(person=fresh, why=why(admin))
        with pytest.raises(LinkUnusable):
            self.choose(token)
        assert self.choose(token_for(User.objects.get(pk=fresh.pk))) == fresh

    def test_is_not_for_who_is_suspended_or_altered(self, fresh):
        token = token_for(fresh)
        User.objects.filter(pk=fresh.pk).update(is_active=False)
        for one in (token, f"{token}x", "x"):
            with pytest.raises(LinkUnusable) as refused:
                self.choose(one)
            assert refused.value.known == (one == token)

    def test_is_not_sent_to_who_has_a_password(self, admin):
        with pytest.raises(GrantRefused, match="has a password"):
            new_first_link(person=accounts.user(), why=why(admin))


def at_once(work):
    """The pieces of work at the same time where the database has several connections."""
    if not connection.features.test_db_allows_multiple_connections:
        return [one() for one in work]
    together = Barrier(len(work))

    def alone(one):
        try:
            together.wait(timeout=60)
            return one()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(alone, work))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["end", "suspend"])
def test_two_administrators_who_shut_each_other_out_at_once_leave_one(way):
    first, second = (accounts.user(ADMINISTRATOR) for _ in range(2))

    def shut_out(whom, by):
        try:
            if way == "end":
                end_now(RoleGrant.objects.get(user=whom), why=why(by))
            else:
                suspend(person=whom, why=why(by))
        except GrantRefused:
            return "refused"
        return "done"

    answers = at_once([lambda: shut_out(first, second), lambda: shut_out(second, first)])

    assert sorted(answers) == ["done", "refused"]
    assert sorted(len(roles(one)) for one in (first, second)) == [0, 1]
