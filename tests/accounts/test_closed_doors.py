"""Doors behind the first one: each has a brake of its own, and each is shut to who may not sign in."""

import datetime as dt
import re

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.core import mail
from django.test import Client
from django.utils import timezone
from django.utils.http import int_to_base36

from accounts.models import User
from accounts.roles import Role
from accounts.rules.doors import DOORS, Door
from tests.factories import accounts

pytestmark = pytest.mark.django_db

APP, PASSKEY = "/account/second-factor/app/", "/account/second-factor/passkeys/"


@pytest.fixture
def shut(monkeypatch):
    """Shuts a door to everybody."""

    def shut(door: str) -> None:
        monkeypatch.setitem(DOORS, door, Door(address="1/5m", key="1/5m"))

    return shut


@pytest.mark.parametrize(
    ("door", "path", "given"),
    [("second_factor", APP, {"code": "000000"}), ("passkey", PASSKEY, {"name": "x"})],
)
def test_a_new_factor_is_not_guessed(door, path, given, client, shut) -> None:
    client.force_login(accounts.user(Role.REVIEWER))
    assert client.get(path).status_code == 200
    shut(door)
    assert [client.post(path, given).status_code for _ in range(2)] == [200, 429]


def test_the_way_to_the_identity_provider_is_braked(client, shut, settings) -> None:
    settings.OIDC_NAME, settings.OIDC_SERVER = "Provider", "http://127.0.0.1:9"
    shut("identity_provider")
    answers = [client.get("/sign-in/provider/return/").status_code for _ in range(2)]
    assert answers[0] != 429
    assert answers[1] == 429


def test_a_code_from_a_mail_is_not_guessed(shut) -> None:
    person = accounts.user(Role.REVIEWER)
    browser = Client()
    browser.post("/sign-in/code/", {"email": person.email})
    shut("enter_code")
    answers = [browser.post("/sign-in/code/enter/", {"code": "x"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]


def over(person: User) -> None:
    """Every role of theirs has run out since."""
    person.role_grants.update(valid_to=timezone.localdate() - dt.timedelta(days=1))


def suspended(person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)


@pytest.mark.parametrize("ended", [over, suspended])
def test_a_code_that_was_sent_before_lets_nobody_in_afterwards(ended) -> None:
    person = accounts.user(Role.REVIEWER)
    browser = Client()
    browser.post("/sign-in/code/", {"email": person.email})
    code = re.search(r"^\s*([A-Z0-9]{4,}(?:-[A-Z0-9]+)*)\s*$", str(mail.outbox[0].body), re.M)
    assert code
    ended(person)
    browser.post("/sign-in/code/enter/", {"code": code[1]})
    assert "_auth_user_id" not in browser.session


@pytest.mark.parametrize("ended", [over, suspended])
def test_a_link_to_a_new_password_works_for_nobody_who_may_not_sign_in(ended) -> None:
    person = accounts.user(Role.REVIEWER)
    link = f"/sign-in/new-password/{int_to_base36(person.pk)}/{default_token_generator.make_token(person)}/"
    assert "wt-form" in Client().get(link, follow=True).text
    ended(person)
    page = Client().get(link, follow=True)
    assert 'type="password"' not in page.text


def test_the_same_link_works_while_they_may() -> None:
    """The control of the test before."""
    person = accounts.user(Role.REVIEWER)
    link = f"/sign-in/new-password/{int_to_base36(person.pk)}/{default_token_generator.make_token(person)}/"
    assert 'type="password"' in Client().get(link, follow=True).text
