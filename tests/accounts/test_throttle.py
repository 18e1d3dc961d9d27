"""The brake on the public doors: in the database, for every process, with nothing personal in it."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts import throttle
from accounts.roles import Role
from accounts.rules.doors import DOORS, Door
from tests.factories import accounts
from tests.meta.test_urls import named_addresses

pytestmark = pytest.mark.django_db

OPEN_DOORS = [name for name, door in DOORS.items() if door.key]


def knock(address: str = "192.0.2.1", **more):
    return RequestFactory().post("/", REMOTE_ADDR=address, **more)


def amount(rate: str) -> int:
    return int(rate.partition("/")[0])


@pytest.mark.parametrize("door", OPEN_DOORS)
def test_a_door_closes_for_one_key_and_stays_open_for_another(door):
    most = amount(DOORS[door].key)

    tries = [throttle.allow(knock(), door, "Jo@example.org") for _ in range(most + 1)]

    assert tries == [True] * most + [False]
    assert not throttle.allow(knock("192.0.2.9"), door, " jo@EXAMPLE.org ")
    assert throttle.allow(knock(), door, "sam@example.org")


@pytest.mark.parametrize("door", [name for name, door in DOORS.items() if door.address])
def test_a_door_closes_for_one_address_and_stays_open_for_another(door):
    most = amount(DOORS[door].address)

    tries = [throttle.allow(knock(), door) for _ in range(most + 1)]

    assert tries == [True] * most + [False]
    assert throttle.allow(knock("192.0.2.2"), door)


def test_a_machine_cannot_walk_through_its_own_network_of_addresses():
    most = amount(DOORS["link"].address)
    tries = [throttle.allow(knock(f"2001:db8::{n:x}"), "link") for n in range(most + 1)]

    assert tries[-1] is False


def test_reading_is_counted_too():
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1")
    tries = [throttle.allow(request, "link", "token") for _ in range(21)]

    assert tries[-1] is False


@pytest.mark.parametrize("key", ["", "x" * 1_000_000, "\0", "\ud800", "健康", "a:b\nc"])
def test_any_key_can_be_counted(key):
    assert throttle.allow(knock(), "link", key)


def test_a_door_that_is_not_in_the_table_is_a_fault_of_ours():
    with pytest.raises(KeyError):
        throttle.allow(knock(), "no such door")


@pytest.mark.parametrize(
    ("proxies", "headers", "counted"),
    [
        (0, {"X-Forwarded-For": "203.0.113.7"}, "192.0.2.1"),
        (1, {"X-Forwarded-For": "203.0.113.7"}, "203.0.113.7"),
        (1, {"X-Forwarded-For": "198.51.100.1, 203.0.113.7"}, "203.0.113.7"),
        (1, {}, "192.0.2.1"),
    ],
)
def test_behind_a_proxy_the_asker_counts_and_what_the_asker_wrote_does_not(
    settings, proxies, headers, counted
):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    most = amount(DOORS["link"].address)
    for _ in range(most):
        throttle.allow(RequestFactory().post("/", headers=headers, REMOTE_ADDR="192.0.2.1"), "link")

    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert not throttle.allow(knock(counted), "link")


def test_no_name_of_a_counter_says_who_knocked():
    throttle.allow(knock(), "link", "jo@example.org")

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM accounts_throttle")
        kept = str(cursor.fetchall())

    assert kept != "[]"
    for said in ("jo@example.org", "192.0.2.1", "allauth"):
        assert said not in kept


def test_the_counters_lie_in_the_database_and_many_of_them_wipe_out_nobodys(settings):
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
    assert cache._max_entries >= 1_000_000


def test_the_page_says_when_to_come_back_and_asks_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        page = throttle.refused(knock())

    assert page.status_code == 429
    assert page["Retry-After"] == "300"
    assert "Wait 5 minutes, then try again." in page.text


BETWEEN = {"account_confirm_login_code", "mfa_authenticate"}
"""Steps in the middle of a sign-in, closed to who has not begun one; their doors have tests of their
own."""
GIVEN = {"email": "a@example.org", "password": "not a password", "code": "ABCD", "key": "x"}
EXAMPLE = {"mfa_login_webauthn": {"credential": "{}"}}


def public_posts() -> dict[str, str]:
    """Routes that need no sign-in and take POST, each with an address."""
    found = {}
    for name, path in named_addresses():
        answer = Client(raise_request_exception=False).post(path)
        is_closed = answer.headers.get("Location", "").startswith("/sign-in/?next=")
        if answer.status_code != 405 and not is_closed:
            found[name] = path
    return found


def test_every_form_that_a_stranger_may_send_is_braked(monkeypatch, settings):
    found = public_posts()
    assert len(found) > 8
    for door in DOORS:
        monkeypatch.setitem(DOORS, door, Door(address="1/5m"))
    settings.ACCOUNT_RATE_LIMITS = dict.fromkeys(DOORS, "1/5m/ip")

    open_doors = []
    for number, (name, path) in enumerate(found.items()):
        browser = Client(REMOTE_ADDR=f"198.51.100.{number}", raise_request_exception=False)
        given = EXAMPLE.get(name, GIVEN)
        answers = [browser.post(path, given) for _ in range(2)]
        is_braked = answers[-1].status_code == 429 or "closed for an hour" in answers[-1].text
        if not is_braked and name not in BETWEEN:
            open_doors.append(f"{name}: {[answer.status_code for answer in answers]}")
    assert open_doors == []


@pytest.mark.parametrize(
    ("path", "given", "tries"),
    [
        ("/sign-in/", {"email": "a@example.org", "password": "x"}, 10),
        ("/sign-in/code/", {"email": "a@example.org"}, 3),
        ("/sign-in/forgotten/", {"email": "a@example.org"}, 3),
        ("/sign-in/new-password/1/x/", {"password": "x"}, 60),
    ],
)
def test_a_door_closes_in_the_browser_too_and_without_redis(path, given, tries, monkeypatch):
    def unreachable(*_: object, **__: object) -> None:
        raise ConnectionError

    monkeypatch.setattr("redis.connection.AbstractConnection.connect", unreachable)
    one_place = "new-password" in path
    for number in range(tries):
        place = 1 if one_place else number
        answer = Client(REMOTE_ADDR=f"192.0.2.{place}").post(path, given)
        assert answer.status_code in {200, 302}
        assert "Too many tries" not in answer.text

    answer = Client(REMOTE_ADDR="192.0.2.1" if one_place else "192.0.2.250").post(path, given)

    if path == "/sign-in/":
        assert "closed for an hour" in answer.text
    else:
        assert answer.status_code == 429
        assert "Wait 5 minutes, then try again." in answer.text


def test_ten_wrong_codes_close_the_door_for_the_address_however_many_codes_were_sent():
    person = accounts.user(Role.REVIEWER)
    answers = []
    for number in range(4):
        browser = Client(REMOTE_ADDR=f"192.0.2.{number}")
        with time_machine.travel(timezone.now() + dt.timedelta(seconds=number)):
            browser.post("/sign-in/code/", {"email": person.email})
            answers += [browser.post("/sign-in/code/enter/", {"code": "x"}) for _ in range(3)]

    assert len(mail.outbox) == 3, "the fourth code is not sent"
    assert sum("There is a problem" in answer.text for answer in answers) <= 10


def test_a_right_password_in_between_does_not_open_the_door_for_a_guesser():
    person = accounts.user(Role.REVIEWER)
    for _ in range(9):
        Client().post("/sign-in/", {"email": person.email, "password": "no"})
    right = {"email": person.email, "password": accounts.PASSWORD}
    assert Client().post("/sign-in/", right).status_code == 302
    Client().post("/sign-in/", {"email": person.email, "password": "no"})

    assert "closed for an hour" in Client().post("/sign-in/", right).text
