"""How long a visit lasts, what ends it, and what is cleared away behind it."""

import datetime as dt
import re
from pathlib import Path

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts import tasks, throttle
from accounts.models import RoleGrant, User
from accounts.roles import Role
from accounts.rules import visits
from accounts.sessions import BEGAN, SEEN
from tests.accounts.test_throttle import knock
from tests.factories import accounts

pytestmark = pytest.mark.django_db

START = dt.datetime(2026, 5, 4, 9, 0, tzinfo=dt.UTC)
PAGE = "/organisations/"
MINUTE, HOUR = 60, 3600


@pytest.fixture
def reviewer() -> User:
    return accounts.user(Role.REVIEWER)


def at(seconds: float) -> time_machine.travel:
    return time_machine.travel(START + dt.timedelta(seconds=seconds), tick=False)


def is_in(client, **headers: str) -> bool:
    return client.get(PAGE, headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("began", "seen", "now", "ended"),
    [
        (0, 0, 15 * MINUTE, False),
        (0, 0, 15 * MINUTE + visits.GRAIN + 1, True),
        (0, 11 * HOUR, 11 * HOUR + 60, False),
        (0, 12 * HOUR, 12 * HOUR + 1, True),
        (1000, 1000, 900, True),  # a clock that was put back
        (1000, 1000, 990, False),
    ],
)
def test_a_visit_ends_when_idle_or_long(began, seen, now, ended):
    assert visits.has_ended(began=began, seen=seen, now=now, idle=15 * MINUTE) is ended


def test_the_page_promises_no_more_time_than_there_is():
    left = visits.seconds_left(began=0, seen=11.9 * HOUR, now=11.95 * HOUR, idle=15 * MINUTE)
    assert left == pytest.approx(0.05 * HOUR)


def test_who_does_nothing_is_signed_out_and_told_so(client, reviewer):
    with at(0):
        client.force_login(reviewer)
        assert is_in(client)
    with at(16 * MINUTE):
        answer = client.get(PAGE)
        assert answer.headers["Location"] == "/sign-in/?next=%2Forganisations%2F&ended=1"
        assert "Your visit has ended" in client.get(answer.headers["Location"]).text
        assert not is_in(client)


def test_who_does_something_stays_until_twelve_hours_are_over(client, reviewer):
    with at(0):
        client.force_login(reviewer)
    for minutes in range(10, 12 * 60, 10):
        with at(minutes * MINUTE):
            assert is_in(client)
    with at(12 * HOUR + 1):
        assert not is_in(client)


def test_what_a_page_asks_by_itself_keeps_nobody_in(client, reviewer):
    with at(0):
        client.force_login(reviewer)
    for minutes in (5, 10, 14):
        with at(minutes * MINUTE):
            assert is_in(client, **{"X-Background": "true"})
    with at(16 * MINUTE):
        assert not is_in(client)


def test_every_page_that_asks_by_itself_says_so():
    polling = re.compile(r'<[^<]*hx-trigger="[^"]*every [^>]*>')
    found = {
        template.name: tag
        for template in Path(django_settings.BASE_DIR, "templates").rglob("*.html")
        for tag in polling.findall(template.read_text())
    }
    assert found
    assert [name for name, tag in found.items() if '"X-Background"' not in tag] == []


def test_activity_is_written_twice_a_minute_at_most(client, reviewer):
    with at(0):
        client.force_login(reviewer)
        session = client.session.session_key
    for seconds, seen in ((29, 0), (31, 31), (60, 31), (61, 61)):
        with at(seconds):
            assert is_in(client)
        kept = Session.objects.get(pk=session).get_decoded()
        assert kept[SEEN] - kept[BEGAN] == seen


def test_a_session_without_a_clock_is_over(client, reviewer):
    client.force_login(reviewer)
    session = client.session
    del session[BEGAN]
    session.save()

    assert not is_in(client)


def test_the_page_asks_how_long_and_staying_is_something_done(client, reviewer):
    with at(0):
        client.force_login(reviewer)
    with at(13 * MINUTE):
        asked = client.get("/sign-in/stay/", headers={"X-Background": "true"})
        assert asked.json() == {"seconds": 2 * MINUTE}
        assert client.post("/sign-in/stay/").json() == {"seconds": 15 * MINUTE}
    with at(20 * MINUTE):
        assert is_in(client)


def test_every_page_of_the_signed_in_carries_the_warning_and_no_other(client, reviewer, settings):
    settings.IDLE_MINUTES = 20
    assert "wt-leaving" not in client.get("/sign-in/").text
    client.force_login(reviewer)
    assert 'data-seconds="1200"' in client.get(PAGE).text


def _end(user: User, *, days: int) -> None:
    RoleGrant.objects.filter(user=user).update(
        valid_to=timezone.localdate() + dt.timedelta(days=days)
    )


def _change_password(user: User) -> None:
    user.set_password("another password altogether")
    user.save()


@pytest.mark.parametrize(
    ("happens", "stays"),
    [
        (lambda user: User.objects.filter(pk=user.pk).update(is_active=False), False),
        (lambda user: _end(user, days=-1), False),
        (lambda user: _end(user, days=0), True),
        (lambda user: user.role_grants.update(taken_back_at=timezone.now()), False),
        (_change_password, False),
    ],
    ids=["suspended", "roles over", "last day of a role", "role taken back", "password changed"],
)
def test_what_ends_every_visit_at_the_next_request(client, reviewer, happens, stays):
    client.force_login(reviewer)
    assert is_in(client)

    happens(reviewer)

    assert is_in(client) is stays


def test_who_never_had_a_role_is_let_in_and_told_that_there_is_none(client):
    client.force_login(accounts.user())

    assert "no role yet" in client.get("/").text


def test_pages_of_the_signed_in_are_not_stored(client, reviewer):
    assert "Cache-Control" not in client.get("/accessibility/")
    client.force_login(reviewer)
    assert client.get(PAGE)["Cache-Control"] == "no-store"
    assert client.get("/no-such-page/")["Cache-Control"] == "no-store"
    assert client.get("/board/")["Cache-Control"] == "private, no-cache"  # kept, but asked about


def test_tidying_takes_what_has_run_out_and_nothing_else_and_twice_is_once(client, reviewer):
    given = {"email": reviewer.email, "password": accounts.PASSWORD}
    with at(0):
        Client().post("/sign-in/", given)
        throttle.allow(knock(), "link", "old")
    client.post("/sign-in/", given)
    throttle.allow(knock(), "link", "new")
    live = client.session.session_key
    UserSession.objects.create(user=reviewer, session_key="gone", ip="192.0.2.1")
    assert Session.objects.count() == UserSession.objects.count() == 2
    counters = _counters()

    for _ in range(2):
        tasks.tidy()
        assert [row.pk for row in Session.objects.all()] == [live]
        assert [row.session_key for row in UserSession.objects.all()] == [live]
        assert 2 <= _counters() < counters


def _counters() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM accounts_throttle")
        return cursor.fetchone()[0]
