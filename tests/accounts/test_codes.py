"""Signing in by a code that is e-mailed."""

import datetime as dt
import re
import smtplib

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, User
from accounts.roles import Role
from tests.accounts.test_sign_in import ASKED, STEP, TYPED, hidden
from tests.factories import accounts

pytestmark = pytest.mark.django_db

ASK, ENTER = "/sign-in/code/", "/sign-in/code/enter/"


@pytest.fixture
def reviewer() -> User:
    return accounts.user(Role.REVIEWER, name="Margaret Lomas")


def code_in(letter) -> str:
    (code,) = re.findall(r"^ {4}(\S+)$", letter.body, re.MULTILINE)
    return code


def ask(client: Client, email: str, **more: str):
    return client.post(ASK, {"email": email, **more})


def test_a_code_leads_in_and_where_the_person_was_going(client, reviewer):
    asked = client.post(f"{ASK}?next=/board/", {"email": reviewer.email.upper()})
    assert asked.headers["Location"] == f"{ENTER}?next=%2Fboard%2F"
    assert "we have sent a code" in client.get(asked.headers["Location"]).text
    (letter,) = mail.outbox
    assert letter.to == [reviewer.email.upper()]

    done = client.post(asked.headers["Location"], {"code": f" {code_in(letter).lower()} "})

    assert done.headers["Location"] == "/board/"
    assert client.session["_auth_user_id"] == str(reviewer.pk)
    signed = AuditEntry.objects.get(verb="signed in")
    assert (signed.actor, signed.became) == (reviewer, {"with": ["code"]})
    assert AuditEntry.objects.get(verb="was sent a sign-in code").actor is None


def test_the_mail_is_ours_in_plain_text_and_html(client, reviewer):
    ask(client, reviewer.email)
    (letter,) = mail.outbox
    ((page, kind),) = letter.alternatives

    assert letter.subject == f"{code_in(letter)} is your code to sign in to Widen the Tent"
    assert letter.from_email == "no-reply@example.org"
    assert kind == "text/html"
    for part in (letter.body, page):
        assert "Tell it to nobody" in part
        assert code_in(letter) in part


def test_a_code_works_once_in_one_browser_and_for_ten_minutes(client, reviewer):
    ask(client, reviewer.email)
    code = code_in(mail.outbox[0])

    assert Client().post(ENTER, {"code": code}).headers["Location"] == ASK
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=11)):
        assert client.post(ENTER, {"code": code}).headers["Location"] == ASK
    ask(client, reviewer.email)
    newer = code_in(mail.outbox[1])
    assert newer != code
    assert client.post(ENTER, {"code": newer}).headers["Location"] == "/"
    client.post("/sign-out/")
    assert client.post(ENTER, {"code": newer}).headers["Location"] == ASK


def test_three_wrong_codes_end_it_and_an_empty_one_counts_for_nothing(client, reviewer):
    ask(client, reviewer.email)
    code = code_in(mail.outbox[0])

    for empty in ("", "  "):
        assert "Enter the code" in client.post(ENTER, {"code": empty}).text
    for wrong in ("AAAA-AAAA", "\0"):
        assert "There is a problem" in client.post(ENTER, {"code": wrong}).text
    assert client.post(ENTER, {"code": "BBBB-BBBB"}).headers["Location"] == ASK
    assert "third wrong code" in client.get(ASK).text
    assert client.post(ENTER, {"code": code}).headers["Location"] == ASK


@pytest.mark.parametrize("code", ["\0", "x" * 1_000_000, "健康", "' or 1=1 --", "\u202eabc"])
def test_junk_is_no_code(client, reviewer, code):
    ask(client, reviewer.email)

    assert "There is a problem" in client.post(ENTER, {"code": code}).text


@pytest.mark.parametrize(
    "email", ["", "nobody", "a@b", "a b@example.org", "\0@example.org", "x" * 1_000_000, "a@b.c\r\nBcc: d@e.f"]
)  # fmt: skip
@pytest.mark.parametrize("path", [ASK, "/sign-in/forgotten/"])
def test_an_address_that_is_none_is_named_and_nothing_is_sent(client, path, email):
    answer = client.post(path, {"email": email})

    assert answer.status_code == 200
    assert "There is a problem" in answer.text
    assert mail.outbox == []


@pytest.mark.parametrize("path", [ASK, "/sign-in/forgotten/"])
@pytest.mark.parametrize("alike", ["mar\u212a@example.org", "mark@examp\u217ce.org"])
def test_a_look_alike_of_an_address_is_another_address(client, path, alike):
    person = accounts.user(Role.REVIEWER)
    User.objects.filter(pk=person.pk).update(email="mark@example.org")

    client.post(path, {"email": alike})

    assert all("cannot sign in" in letter.subject for letter in mail.outbox)


def test_opening_the_sign_in_page_gives_up_a_code_that_was_asked_for(client, reviewer):
    ask(client, reviewer.email)

    assert "Email address" in client.get("/sign-in/").text
    assert client.get(ENTER).headers["Location"] == ASK


def test_what_was_typed_comes_back_after_a_code_too_and_is_forgotten_once_it_is_sent(
    client, reviewer
):
    kept = hidden(client.post(ASKED, TYPED).text)["kept"][0]
    asked = client.post(f"{ASK}?next={STEP}", {"email": reviewer.email, "kept": kept})
    done = client.post(asked.headers["Location"], {"code": code_in(mail.outbox[0])}, follow=True)

    assert done.request["PATH_INFO"] == "/sign-in/carry-on/"
    assert f'action="{STEP}"' in done.text
    assert hidden(client.get("/sign-in/carry-on/").text)["title"] == [TYPED["title"]]
    client.post(STEP, TYPED)
    assert client.get("/sign-in/carry-on/").headers["Location"] == "/"


def test_what_one_person_typed_is_not_offered_to_the_next(client, reviewer):
    kept = hidden(client.post(ASKED, TYPED).text)["kept"][0]
    client.post(f"{ASK}?next={STEP}", {"email": reviewer.email, "kept": kept})

    client.post("/sign-in/", {"email": reviewer.email, "password": accounts.PASSWORD})

    assert client.get("/sign-in/carry-on/").headers["Location"] == "/"


@pytest.mark.parametrize("path", [ASK, "/sign-in/forgotten/"])
@pytest.mark.parametrize("known", [True, False])
def test_a_mail_server_that_does_not_answer_is_said_to_everybody_alike(
    client, reviewer, monkeypatch, path, known
):
    def hang(*_: object, **__: object) -> None:
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", hang)

    answer = client.post(path, {"email": reviewer.email if known else "nobody@example.org"})

    assert answer.status_code == 503
    assert "Our mail server does not answer" in answer.text
    assert AuditEntry.objects.count() == 0


def test_a_password_that_was_changed_stays_changed_when_nobody_can_be_told(
    client, reviewer, monkeypatch
):
    def hang(*_: object, **__: object) -> None:
        raise TimeoutError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", hang)
    client.force_login(reviewer)

    given = {"current": accounts.PASSWORD, "password": "three purple herons"}
    assert client.post("/account/password/", given).headers["Location"] == "/account/"
    reviewer.refresh_from_db()
    assert reviewer.check_password("three purple herons")
