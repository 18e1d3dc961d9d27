"""Nobody can find out who has an account: known, unknown and suspended get the same, for the same work."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from tests.factories import accounts

pytestmark = pytest.mark.django_db

ASK, ENTER, FORGOTTEN = "/sign-in/code/", "/sign-in/code/enter/", "/sign-in/forgotten/"


def known() -> User:
    return accounts.user(Role.REVIEWER)


def suspended() -> User:
    person = known()
    User.objects.filter(pk=person.pk).update(is_active=False)
    return person


def run_out() -> User:
    person = known()
    person.role_grants.update(valid_to=timezone.localdate() - dt.timedelta(days=1))
    return person


def without_password() -> User:
    person = known()
    person.set_unusable_password()
    person.save()
    return person


PEOPLE: dict[str, Callable[[], User] | None] = {
    "unknown": None,
    "known": known,
    "suspended": suspended,
    "every role over": run_out,
    "no password": without_password,
}


def address_of(kind: str) -> str:
    make = PEOPLE[kind]
    return make().email if make else "person0@example.org"


def bare(response) -> tuple[int, str, str]:
    """Status, way onward and page, without token and address."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.text)
    page = re.sub(r"person\d+@example\.org", "somebody", page)
    return response.status_code, response.headers.get("Location", ""), page


@pytest.mark.parametrize("password", ["not the password at all", accounts.PASSWORD])
def test_a_sign_in_is_refused_alike(password):
    answers = {
        kind: bare(Client().post("/sign-in/", {"email": address_of(kind), "password": password}))
        for kind in PEOPLE
        if not (kind == "known" and password == accounts.PASSWORD)
    }
    assert set(answers.values()) == {answers["unknown"]}
    assert answers["unknown"][0] == 200


@pytest.mark.parametrize("path", [ASK, FORGOTTEN])
def test_asking_for_a_mail_is_answered_alike_and_one_mail_goes_out_each_time(path):
    answers = {}
    for kind in PEOPLE:
        mail.outbox.clear()
        browser = Client()
        answers[kind] = [
            bare(page) for page in (browser.post(path, {"email": address_of(kind)}), browser.get(path))
        ]  # fmt: skip
        assert len(mail.outbox) == 1, kind
        may = kind in {"known", "no password"}
        assert ("cannot sign in" not in mail.outbox[0].subject) is may

    assert all(answer == answers["unknown"] for answer in answers.values())


@pytest.mark.parametrize("tries", [1, 3])
def test_entering_a_code_is_answered_alike(tries):
    answers = {}
    for kind in PEOPLE:
        browser = Client()
        browser.post(ASK, {"email": address_of(kind)})
        answers[kind] = [bare(browser.get(ENTER))] + [
            bare(browser.post(ENTER, {"code": "AAAA-AAAA"})) for _ in range(tries)
        ]
    assert all(answer == answers["unknown"] for answer in answers.values())


@pytest.mark.parametrize("path", ["/sign-in/", ASK, FORGOTTEN])
def test_an_address_is_locked_alike(path):
    answers = {}
    for kind in PEOPLE:
        given = {"email": address_of(kind), "password": "no"}
        answers[kind] = [bare(Client().post(path, given)) for _ in range(12)]
    assert all(answer == answers["unknown"] for answer in answers.values())
    assert answers["unknown"][0] != answers["unknown"][-1]


@pytest.mark.parametrize("kind", PEOPLE)
def test_the_password_is_hashed_once_for_everybody(kind, monkeypatch):
    email, hashed = address_of(kind), []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda *given: hashed.append(1) or encode(*given)
    )

    Client().post("/sign-in/", {"email": email, "password": "not the password"})

    assert len(hashed) == 1


def test_the_log_names_nobody(caplog):
    Client().post("/sign-in/", {"email": "person0@example.org", "password": "hunter2 hunter2"})

    assert "A sign-in with a password was refused." in caplog.text
    assert "person0" not in caplog.text
    assert "hunter2" not in caplog.text


@pytest.mark.parametrize(
    "name",
    ["account_signup", "account_email", "account_inactive", "account_confirm_email",
     "account_set_password", "account_email_verification_sent", "account_logout",
     "socialaccount_signup", "socialaccount_connections"],
)  # fmt: skip
def test_what_we_do_not_offer_has_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("path", ["signup", "login", "email", "accounts/signup", "sign-in/signup"])
def test_nobody_can_sign_up(client, path):
    assert client.post(f"/{path}/", {"email": "a@example.org"}).status_code == 404
