"""The brake on the public doors: in the database, for every process, with nothing personal in it."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import RequestFactory

from accounts import throttle
from accounts.rules.doors import DOORS

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
