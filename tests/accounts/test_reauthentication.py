"""Asked who it is once more: before what weighs most, after 15 minutes, and nothing typed is lost."""

import datetime as dt
import html
import re
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.actions import second_factor
from accounts.models import User
from accounts.queries.second_factor import recovery_codes_of
from accounts.roles import Role
from tests.accounts.test_second_factor import NOW, SECRET, code_of
from tests.factories import accounts, deciding, plans

pytestmark = pytest.mark.django_db

LATER = dt.timedelta(minutes=15, seconds=1)
TYPED = {"criterion": "lmc_reached", "reason": 'Two <of them> "retired"', "points": ["a", "b"]}


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def long_visits(settings: Any) -> None:
    settings.IDLE_MINUTES = 60


@pytest.fixture
def reviewer(clock) -> User:
    return accounts.user(Role.REVIEWER)


@pytest.fixture
def path(clock) -> str:
    plan = plans.plan(plans.footprint())
    deciding.results(plan)
    return f"/plans/{plan.code}/exceptions/add/"


def sign_in(client: Any, user: User) -> None:
    client.post("/sign-in/", {"email": user.email, "password": accounts.PASSWORD})


def hidden(page: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page):
        found.setdefault(name, []).append(html.unescape(value))
    return found


@pytest.mark.parametrize(("minutes", "asked"), [(0, False), (15, False), (16, True)])
def test_a_sign_in_lasts_a_quarter_of_an_hour_for_what_weighs_most(
    client, clock, reviewer, path, minutes, asked
):
    sign_in(client, reviewer)
    clock.shift(dt.timedelta(minutes=minutes))

    answer = client.post(path, TYPED)

    assert (answer.status_code == 307) is asked
    assert client.get(path).status_code == 200


def test_what_was_typed_is_kept_through_slips_and_sent_on(client, clock, reviewer, path):
    sign_in(client, reviewer)
    clock.shift(LATER)

    sent = client.post(path, TYPED)
    where = sent.headers["Location"]
    assert where.startswith(f"/account/confirm/?next={path.replace('/', '%2F')}")
    asked = client.post(where, TYPED)
    assert "<strong>What you typed is kept</strong>" in asked.text
    kept = re.search(r'name="kept" value="([^"]+)"', asked.text)[1]  # type: ignore[index]
    wrong = client.post(where, {"password": "not it at all", "kept": kept})
    assert "That is not your password" in wrong.text
    assert kept in wrong.text
    done = client.post(where, {"password": accounts.PASSWORD, "kept": kept})

    assert f'action="{path}"' in done.text
    again = hidden(done.text)
    assert again["points"] == ["a", "b"]
    assert again["reason"] == [TYPED["reason"]]
    assert client.post(path, TYPED).status_code == 200


def test_whoever_has_a_factor_confirms_by_it_or_by_the_password(client, clock, reviewer, path):
    second_factor.add_app(by=reviewer, secret=SECRET, step=1, now=NOW)
    sign_in(client, reviewer)
    client.post("/sign-in/second-factor/", {"code": code_of(SECRET)})
    clock.shift(LATER)

    assert client.post(path, TYPED).headers["Location"].startswith("/account/confirm/code/")
    used = {"code": recovery_codes_of(reviewer)[0], "kept": ""}
    assert client.post(f"/account/confirm/code/?next={path}", used).headers["Location"] == path
    clock.shift(LATER)
    refused = client.post(f"/account/confirm/code/?next={path}", used)
    assert "was not accepted" in refused.text
    by_password = {"password": accounts.PASSWORD, "kept": ""}
    client.post(f"/account/confirm/?next={path}", by_password)
    assert client.post(path, TYPED).status_code == 200


def test_what_was_typed_goes_along_to_another_way_of_confirming(client, clock, reviewer, path):
    second_factor.add_app(by=reviewer, secret=SECRET, step=1, now=NOW)
    sign_in(client, reviewer)
    client.post("/sign-in/second-factor/", {"code": code_of(SECRET)})
    clock.shift(LATER)
    asked = client.post(client.post(path, TYPED).headers["Location"], TYPED)
    other = html.unescape(re.search(r'action="(/account/confirm/\?[^"]+)"', asked.text)[1])  # type: ignore[index]
    kept = hidden(asked.text)["kept"][0]

    by_password = client.post(other, {"kept": kept, "another-way": "1"})
    assert "There is a problem" not in by_password.text
    kept = hidden(by_password.text)["kept"][0]
    done = client.post(other, {"kept": kept, "password": accounts.PASSWORD})

    assert hidden(done.text)["reason"] == [TYPED["reason"]]
    assert f'action="{path}"' in done.text


def test_another_sign_in_elsewhere_does_not_freshen_this_one(client, clock, reviewer, path):
    sign_in(client, reviewer)
    clock.shift(LATER)
    sign_in(Client(), reviewer)

    assert client.post(path, TYPED).status_code == 307


def test_the_way_onward_stays_on_this_host(client, clock, reviewer):
    sign_in(client, reviewer)
    for onward in ("//evil.example", "https://evil.example/", "javascript:alert(1)", "\\\\evil"):
        given = {"password": accounts.PASSWORD, "kept": "made up"}
        answer = client.post(f"/account/confirm/?next={onward}", given)
        assert answer.headers["Location"] == "/"


def test_guessing_the_password_is_braked(client, clock, reviewer):
    sign_in(client, reviewer)
    tries = [
        client.post("/account/confirm/", {"password": "no", "kept": ""}).status_code
        for _ in range(12)
    ]

    assert tries[-1] == 429


def test_whoever_has_neither_password_nor_factor_finds_no_dead_end(client, clock, path):
    user = accounts.user(Role.REVIEWER)
    user.set_unusable_password()
    user.save()
    client.force_login(user)
    clock.shift(LATER)

    page = client.get("/account/confirm/")

    assert "sign out and in again" in page.text
    assert client.post(path, TYPED, headers={"HX-Request": "true"}).status_code == 401


@pytest.mark.parametrize("name", ["decide", "exceptions/add"])
def test_decisions_and_exceptions_are_behind_the_question(client, clock, reviewer, name):
    plan = plans.plan(plans.footprint())
    deciding.results(plan)
    sign_in(client, reviewer)
    clock.shift(LATER)

    assert client.post(f"/plans/{plan.code}/{name}/").status_code == 307


def test_so_is_taking_an_exception_back(client, clock, reviewer):
    plan = plans.plan(plans.footprint())
    deciding.results(plan)
    exception = deciding.excepted(plan)
    sign_in(client, reviewer)
    clock.shift(LATER)

    assert client.post(f"/exceptions/{exception.pk}/withdraw/").status_code == 307
