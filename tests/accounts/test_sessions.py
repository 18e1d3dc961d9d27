"""Where somebody is signed in: told in plain words, and ended at the next request."""

import pytest
from django.test import Client

from accounts.models import AuditEntry, User
from accounts.roles import Role
from accounts.rules.devices import device_of
from tests.factories import accounts

pytestmark = pytest.mark.django_db

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/131.0.0.0 Safari/537.36"
)
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/18.1 Mobile/15E148 Safari/604.1"
)


@pytest.mark.parametrize(
    ("says", "device"),
    [
        (CHROME, "Chrome on Windows"),
        (CHROME + " Edg/131.0.0.0", "Edge on Windows"),
        (PHONE, "Safari on an iPhone"),
        (PHONE.replace("Version", "CriOS"), "Chrome on an iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0",
         "Firefox on Linux"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36",
         "Chrome on an Android device"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", "A browser on a Mac"),
        ("Firefox", "Firefox"),
        ("curl/8", "Another browser"),
        ("", "Another browser"),
    ],
)  # fmt: skip
def test_a_browser_in_plain_words(says, device):
    assert device_of(says) == device


def signed_in(user: User, says: str = CHROME) -> Client:
    browser = Client(headers={"User-Agent": says})
    browser.post("/sign-in/", {"email": user.email, "password": accounts.PASSWORD})
    return browser


@pytest.mark.parametrize("role", [None, *Role])
def test_whoever_is_signed_in_sees_every_browser_this_one_marked(role):
    user = accounts.user(*([role] if role else []))
    here, _phone, _other = signed_in(user), signed_in(user, PHONE), signed_in(accounts.user())

    page = here.get("/account/sessions/").text

    assert page.index("Chrome on Windows") < page.index("This one") < page.index("Safari on an")
    assert "127.0.0.1" in page
    assert page.count("/end/") == 2


def test_one_is_ended_and_out_at_its_next_request():
    user = accounts.user(Role.REVIEWER)
    here, phone = signed_in(user), signed_in(user, PHONE)
    key = phone.get("/account/sessions/").context["sessions"][0].pk
    assert phone.get("/board/").status_code == 200

    here.post(f"/account/sessions/{key}/end/")

    assert phone.get("/board/").headers["Location"].startswith("/sign-in/")
    assert here.get("/board/").status_code == 200
    assert "iPhone" not in here.get("/account/sessions/").text
    assert AuditEntry.objects.get(verb="ended a session").actor == user


def test_all_others_are_ended():
    user = accounts.user(Role.REVIEWER)
    here, *others = (signed_in(user, says) for says in (CHROME, PHONE, "curl"))
    stranger = signed_in(accounts.user(Role.REVIEWER))

    here.post("/account/sessions/end-others/")

    assert [browser.get("/board/").status_code for browser in others] == [302, 302]
    assert here.get("/board/").status_code == stranger.get("/board/").status_code == 200
    assert "End all others" not in here.get("/account/sessions/").text


def test_nobody_ends_the_session_of_somebody_else():
    stranger = signed_in(accounts.user(Role.REVIEWER))
    key = stranger.get("/account/sessions/").context["sessions"][0].pk
    browser = signed_in(accounts.user(Role.ADMINISTRATOR))

    assert browser.post(f"/account/sessions/{key}/end/").status_code == 404
    assert browser.post(f"/account/sessions/{10**30}/end/").status_code == 404
    assert stranger.get("/board/").status_code == 200


def test_a_session_that_a_new_password_ended_is_not_listed():
    user = accounts.user(Role.REVIEWER)
    signed_in(user, PHONE)
    user.set_password(accounts.PASSWORD)
    user.save()

    page = signed_in(user).get("/account/sessions/").text

    assert "iPhone" not in page


@pytest.mark.parametrize("number", [1, 6])
def test_the_page_asks_as_often_for_many_as_for_one(number, django_assert_num_queries):
    user = accounts.user()
    browsers = [signed_in(user) for _ in range(number)]
    with django_assert_num_queries(6):
        browsers[0].get("/account/sessions/")
