"""The second factor: setting it up, being asked for it, each code once, and nobody past it."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts.actions import second_factor as actions
from accounts.models import AuditEntry, User
from accounts.queries.second_factor import factors_of, recovery_codes_of
from accounts.roles import Role
from accounts.second_factor import MfaAdapter
from tests.factories import accounts

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOW = dt.datetime(2026, 11, 20, 10, 0, 10, tzinfo=dt.UTC)
ASK = "/sign-in/second-factor/"
APP = "/account/second-factor/app/"
CODES = "/account/second-factor/recovery-codes/"


@pytest.fixture(autouse=True)
def required(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def code_of(secret: str, *, steps: int = 0) -> str:
    """What an app shows now, or some steps of 30 seconds later."""
    return format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30 + steps))


def person(*roles: Role, with_app: bool = True) -> User:
    """Somebody with these roles, and an app whose last code was used long ago."""
    made = accounts.user(*roles)
    if with_app:
        actions.add_app(by=made, secret=SECRET, step=1, now=timezone.now())
    return made


def sign_in(client: Client, user: User) -> Any:
    return client.post("/sign-in/", {"email": user.email, "password": accounts.PASSWORD})


def test_whoever_has_none_is_led_through_the_set_up_to_where_they_were_going(client):
    reviewer = person(Role.REVIEWER, with_app=False)
    sign_in(client, reviewer)

    turned = client.get("/board/")
    assert turned.headers["Location"] == "/account/second-factor/?next=%2Fboard%2F"
    assert "Your role needs one" in client.get(turned.headers["Location"]).text

    page = client.get(APP).text
    secret = re.search(r'wt-key-text">([A-Z2-7 ]+)<', page)[1].replace(" ", "")  # type: ignore[index]
    assert 'src="data:image/svg+xml;base64,' in page
    wrong = client.post(APP, {"code": "000000"})
    assert "That is not the code" in wrong.text
    done = client.post(APP, {"code": f"{code_of(secret)[:3]} {code_of(secret)[3:]}"})
    assert done.headers["Location"] == CODES
    shown = client.get(CODES).text
    codes = recovery_codes_of(reviewer)
    assert len(codes) == 10
    assert all(f"{code[:4]} {code[4:]}" in shown for code in codes)
    assert client.post(CODES).headers["Location"] == "/board/"
    assert client.get(CODES).headers["Location"] == "/account/second-factor/"
    assert client.get("/board/").status_code == 200
    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["signed in", "set up an authenticator app", "made recovery codes"]


def test_the_password_alone_signs_nobody_in_who_has_one(client):
    manager = person(Role.MANAGER)

    assert sign_in(client, manager).headers["Location"] == ASK
    assert client.get("/").headers["Location"].startswith("/sign-in/")
    assert "Enter your code" in client.get(ASK).text
    assert "was not accepted" in client.post(ASK, {"code": "000000"}).text
    assert client.post(ASK, {"code": code_of(SECRET)}).headers["Location"] == "/"
    assert client.get("/").status_code == 200


def test_a_code_by_email_signs_nobody_in_past_it(client, mailoutbox):
    manager = person(Role.MANAGER)
    client.post("/sign-in/code/", {"email": manager.email})
    code = re.search(r"^\W*([A-Z0-9-]{6,9})\W*$", mailoutbox[-1].body, re.MULTILINE)[1]  # type: ignore[index]

    assert client.post("/sign-in/code/enter/", {"code": code}).headers["Location"] == ASK
    assert client.get("/").headers["Location"].startswith("/sign-in/")


def test_a_new_password_signs_nobody_in_past_it(client, mailoutbox):
    manager = person(Role.MANAGER)
    client.post("/sign-in/forgotten/", {"email": manager.email})
    link = re.search(r"https://tent\.example\.org(/sign-in/new-password/\S+)", mailoutbox[-1].body)[
        1
    ]  # type: ignore[index]
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"password": "a quite different sentence"})
    manager.refresh_from_db()
    assert manager.check_password("a quite different sentence")

    assert client.get("/").headers["Location"].startswith("/sign-in/")
    given = {"email": manager.email, "password": "a quite different sentence"}
    assert client.post("/sign-in/", given).headers["Location"] == ASK


def test_it_is_asked_of_a_representative_who_has_chosen_to_have_one(client):
    assert sign_in(client, person(Role.REPRESENTATIVE)).headers["Location"] == ASK


def test_a_representative_needs_none(client):
    assert sign_in(client, person(Role.REPRESENTATIVE, with_app=False)).headers["Location"] == "/"
    assert client.get("/events/").status_code == 200


@pytest.mark.parametrize("steps", [0, -1])
def test_a_code_is_taken_once_and_none_before_it_afterwards(steps):
    user, other = person(), person()
    code = code_of(SECRET)

    assert actions.use_code(user=user, code=code, now=NOW) == "totp"
    assert actions.use_code(user=user, code=code_of(SECRET, steps=steps), now=NOW) == ""
    assert actions.use_code(user=other, code=code, now=NOW) == "totp"


@pytest.mark.parametrize(("steps", "taken"), [(-2, ""), (-1, "totp"), (1, "totp"), (2, "")])
def test_a_clock_may_be_half_a_minute_off(steps, taken):
    assert actions.use_code(user=person(), code=code_of(SECRET, steps=steps), now=NOW) == taken


def test_the_code_that_set_the_app_up_is_used_up(client):
    user = accounts.user(Role.REVIEWER)
    step = int(NOW.timestamp()) // 30
    actions.add_app(by=user, secret=SECRET, step=step, now=NOW)

    assert actions.use_code(user=user, code=code_of(SECRET), now=NOW) == ""


def test_a_recovery_code_is_taken_once_and_leaves_a_trace():
    user = person()
    code = recovery_codes_of(user)[3]

    assert actions.use_code(user=user, code=code, now=NOW) == "recovery_codes"
    assert actions.use_code(user=user, code=code, now=NOW) == ""
    assert factors_of(user).codes_left == 9
    assert AuditEntry.objects.get(verb="used a recovery code").actor == user


def test_new_recovery_codes_end_the_old(client):
    user = person(Role.REVIEWER)
    old = recovery_codes_of(user)
    sign_in(client, user)
    client.post(ASK, {"code": code_of(SECRET)})

    client.post(f"{CODES}new/")

    assert not set(old) & set(recovery_codes_of(user))
    assert client.get(CODES).text.count("<li>") >= 10


@pytest.mark.parametrize("code", ["", "\x00", "１２３４５６", "x" * 500, "0" * 21, "-1", "é" * 6])
def test_junk_is_refused_with_a_page(client, code):
    sign_in(client, person(Role.REVIEWER))
    answer = client.post(ASK, {"code": code})

    assert answer.status_code == 200
    assert "There is a problem" in answer.text


def test_guessing_is_braked(client):
    sign_in(client, person(Role.REVIEWER))
    answers = [client.post(ASK, {"code": "000000"}).status_code for _ in range(12)]

    assert answers[:10] == [200] * 10
    assert answers[10:] == [429] * 2
    assert client.post(ASK, {"code": code_of(SECRET)}).status_code == 429


def test_a_session_without_the_proof_gets_to_the_question_and_cannot_add_a_factor(client):
    """However it came about: a new password, a code by e-mail, a role granted in mid-visit."""
    client.force_login(person(Role.ADMINISTRATOR))

    assert client.get("/jobs/").headers["Location"] == "/account/confirm/code/?next=%2Fjobs%2F"
    for path in (APP, CODES, f"{CODES}new/",
                 "/account/second-factor/passkeys/", "/account/second-factor/app/remove/"):  # fmt: skip
        for answer in (client.get(path), client.post(path)):
            where = answer.headers.get("Location", "")
            assert where.startswith("/account/confirm/code/"), path
    assert client.get("/account/second-factor/").headers["Location"].startswith("/account/confirm/")
    by_password = client.get("/account/confirm/")
    assert by_password.headers["Location"].startswith("/account/confirm/code/")
    done = client.post("/account/confirm/code/?next=/jobs/", {"code": code_of(SECRET), "kept": ""})
    assert done.headers["Location"] == "/jobs/"
    assert client.get("/jobs/").status_code == 200


def test_search_as_you_type_gets_no_set_up_page(client):
    client.force_login(person(Role.REVIEWER, with_app=False))

    assert client.get("/organisations/", headers={"HX-Request": "true"}).status_code == 401


def test_the_last_factor_stays_with_whoever_must_have_one(client):
    reviewer = person(Role.REVIEWER)
    sign_in(client, reviewer)
    client.post(ASK, {"code": code_of(SECRET)})
    path = "/account/second-factor/app/remove/"

    assert "You cannot remove" in client.get(path).text
    assert "Nothing was removed" in client.post(path, follow=True).text
    assert factors_of(reviewer).app is not None


def test_anybody_else_may_take_it_away_and_the_recovery_codes_go_too(client):
    lead = person(Role.REPRESENTATIVE)
    sign_in(client, lead)
    client.post(ASK, {"code": code_of(SECRET)})

    client.post("/account/second-factor/app/remove/")

    assert not Authenticator.objects.filter(user=lead).exists()
    assert AuditEntry.objects.filter(verb="removed the app").exists()
    assert client.get("/account/second-factor/app/remove/").status_code == 404


def test_one_person_s_passkey_is_not_another_s_to_remove(client):
    other = person()
    key = Authenticator.objects.create(user=other, type="webauthn", data={"name": "laptop"})
    lead = accounts.user(Role.REPRESENTATIVE)
    client.force_login(lead)

    assert client.post(f"/account/second-factor/passkeys/{key.pk}/remove/").status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_an_administrator_resets_a_colleague_who_is_out_and_sets_up_anew(client):
    reviewer, administrator = person(Role.REVIEWER), person(Role.ADMINISTRATOR)
    sign_in(client, reviewer)
    client.post(ASK, {"code": code_of(SECRET)})
    assert client.get("/board/").status_code == 200

    actions.reset_second_factor(
        user_id=reviewer.pk, by=administrator, reason="Telephone in the canal", now=NOW
    )

    assert client.get("/board/").headers["Location"].startswith("/sign-in/")
    sign_in(client, reviewer)
    assert client.get("/board/").headers["Location"].startswith("/account/second-factor/")
    entry = AuditEntry.objects.get(verb="reset the second factor")
    assert (entry.actor, entry.became) == (administrator, {"reason": "Telephone in the canal"})


def test_the_command_on_the_server_lets_the_only_administrator_in_again(capsys):
    administrator = person(Role.ADMINISTRATOR)

    call_command("reset_second_factor", administrator.email.upper(), reason="Seen in person")

    assert not Authenticator.objects.exists()
    assert AuditEntry.objects.get(verb="reset the second factor").actor is None
    assert "sets up a new second factor" in capsys.readouterr().out
    with pytest.raises(CommandError, match=r"Nobody has an account with nobody@example\.org"):
        call_command("reset_second_factor", "nobody@example.org", reason="x")


def test_nobody_resets_their_own():
    administrator = person(Role.ADMINISTRATOR)

    with pytest.raises(ValueError, match="their own"):
        actions.reset_second_factor(user_id=administrator.pk, by=administrator, reason="x", now=NOW)


def test_secrets_lie_encrypted_and_a_changed_key_fits_no_code(settings):
    user = person()
    stored = Authenticator.objects.get(user=user, type="totp").data["secret"]
    assert SECRET not in stored
    assert MfaAdapter().decrypt(stored) == SECRET

    settings.SECRET_KEY = "another key altogether, forty letters long"

    assert MfaAdapter().decrypt(stored) != SECRET
    assert actions.use_code(user=user, code=code_of(SECRET), now=NOW) == ""


@pytest.mark.parametrize(
    "credential",
    ["", "[]", "{", '"x"', "{}", '{"response": 1}', '{"response": {"userHandle": "MQ"}}',
     '{"id": "x", "rawId": "x", "type": "public-key", "response": {"userHandle": "OTk5OTk5OTk5OTk5OTk5OTk5OTk"}}',
     "x" * 30_000, "[" * 10_000],
)  # fmt: skip
def test_a_passkey_that_is_none_is_refused_in_a_sentence(client, credential):
    refused = client.post("/sign-in/passkey/", {"credential": credential}, follow=True)
    assert "was not accepted" in refused.text

    client.force_login(accounts.user(Role.REPRESENTATIVE))
    page = client.post("/account/second-factor/passkeys/", {"name": "x", "credential": credential})
    assert "There is a problem" in page.text
    assert not Authenticator.objects.exists()
