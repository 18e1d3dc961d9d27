"""Signing in and out."""

import html
import re

import pytest
from django.test import Client

from accounts.demonstration import ACCOUNTS
from accounts.models import AuditEntry, User
from accounts.roles import Role
from tests.accounts import test_second_factor
from tests.factories import accounts

pytestmark = pytest.mark.django_db

REFUSED = "That email address and password do not belong together."


@pytest.fixture
def reviewer() -> User:
    return accounts.user(Role.REVIEWER, name="Margaret Lomas")


def sign_in(client: Client, email: str, password: str = accounts.PASSWORD, **more: str):
    return client.post("/sign-in/", {"email": email, "password": password, **more})


def credentials(person: User) -> dict[str, str]:
    return {"email": person.email, "password": accounts.PASSWORD}


def bare(response) -> str:
    """The page without what differs by nature: the token and what was typed."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.text)
    return re.sub(r'value="[^"]*@example\.org"', "", page)


def test_the_right_password_leads_home_and_is_kept_in_the_audit_trail(client, reviewer):
    answer = sign_in(client, reviewer.email)

    assert answer.headers["Location"] == "/"
    assert AuditEntry.objects.get(verb="signed in").actor == reviewer


@pytest.mark.parametrize("spelling", [str.upper, str.title, lambda email: f"  {email} "])
def test_the_case_of_the_address_makes_no_difference(client, reviewer, spelling):
    assert sign_in(client, spelling(reviewer.email)).status_code == 302


def test_unknown_wrong_and_suspended_get_the_same_answer(client, reviewer):
    suspended = accounts.user(Role.REVIEWER)
    User.objects.filter(pk=suspended.pk).update(is_active=False)

    unknown = sign_in(client, "nobody@example.org")
    wrong = sign_in(client, reviewer.email, "not the password at all")
    out = sign_in(client, suspended.email)

    assert REFUSED in unknown.text
    assert bare(unknown) == bare(wrong) == bare(out)
    assert unknown.status_code == wrong.status_code == out.status_code == 200


def test_empty_fields_are_named_and_the_address_is_kept(client):
    answer = sign_in(client, "margaret@example.org", "")

    assert "Enter your password" in answer.text
    assert 'value="margaret@example.org"' in answer.text
    assert "<title>Error: Sign in" in answer.text


@pytest.mark.parametrize(
    "email", ["\0", "a\0@example.org", "x" * 1_000_000, "ﬀ@example.org", "%", "' or 1=1 --", " "]
)
@pytest.mark.parametrize("password", ["\0", "x" * 4_097, "x" * 1_000_000, "健康", "' or 1=1 --"])
def test_junk_is_refused_with_a_page(client, email, password):
    answer = sign_in(client, email, password)

    assert answer.status_code == 200
    assert "There is a problem" in answer.text


@pytest.mark.parametrize(
    ("onward", "lands"),
    [
        ("/events/?plan=x", "/events/?plan=x"),
        ("//evil.example", "/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\\evil.example", "/"),
        ("", "/"),
    ],
)
def test_the_way_onward_stays_on_this_host(client, reviewer, onward, lands):
    assert sign_in(client, reviewer.email, next=onward).headers["Location"] == lands


def test_the_page_asked_for_comes_after_signing_in(client, reviewer):
    turned_away = client.get("/board/")
    form = client.get(turned_away.headers["Location"])

    assert turned_away.headers["Location"] == "/sign-in/?next=/board/"
    answer = client.post(form.request["PATH_INFO"] + "?next=/board/",
                         {"email": reviewer.email, "password": accounts.PASSWORD})  # fmt: skip
    assert answer.headers["Location"] == "/board/"


def test_the_session_gets_a_new_key_and_safe_cookies(client, reviewer):
    client.get("/sign-in/")
    client.cookies["sessionid"] = "chosenbysomebodyelse"

    cookie = sign_in(client, reviewer.email).cookies["sessionid"]

    assert cookie.value != "chosenbysomebodyelse"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_whoever_is_suspended_is_out_at_the_next_request(client, reviewer):
    client.force_login(reviewer)
    assert client.get("/organisations/").status_code == 200

    User.objects.filter(pk=reviewer.pk).update(is_active=False)

    assert client.get("/organisations/").headers["Location"].startswith("/sign-in/")


def test_signing_out_is_a_post_and_ends_the_session(client, reviewer):
    client.force_login(reviewer)

    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").headers["Location"] == "/sign-in/"
    assert client.get("/organisations/").status_code == 302


def test_the_demonstration_offers_its_people_and_each_button_signs_in(client, settings):
    settings.DEMONSTRATION = True
    person = ACCOUNTS[0]
    made = User.objects.create_user(person.email, person.name, "widen-the-tent")

    page = client.get("/sign-in/").text
    fields = dict(
        re.findall(r'<input type="hidden" name="(email|password)" value="([^"]*)"', page)[:2]
    )
    client.post("/sign-in/", fields)

    assert all(one.email in page for one in ACCOUNTS)
    assert client.session["_auth_user_id"] == str(made.pk)


def test_outside_the_demonstration_nobody_is_offered(client, settings):
    settings.DEMONSTRATION = False

    page = client.get("/sign-in/").text

    assert "widen-the-tent" not in page
    assert ACCOUNTS[0].email not in page


STEP = "/events/log/a7b3c1d2-0000-4000-8000-000000000000/what/"
ASKED = (
    "/sign-in/?next=%2Fevents%2Flog%2Fa7b3c1d2-0000-4000-8000-000000000000%2Fwhat%2F&interrupted=1"
)
TYPED = {"title": 'Lunch "with" <GPs>', "plans": ["4", "7"], "action": "continue"}


def hidden(page: str) -> dict[str, list[str]]:
    """The hidden fields of the first form that holds any but the token."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page):
        found.setdefault(name, []).append(html.unescape(value))
    return found


def test_what_was_typed_when_the_visit_had_ended_comes_back_after_the_sign_in(client, reviewer):
    stopped = client.post(STEP, TYPED)
    assert (stopped.status_code, stopped.headers["Location"]) == (307, ASKED)

    asked = client.post(ASKED, TYPED)
    assert "What you typed is kept" in asked.text
    kept = hidden(asked.text)["kept"][0]

    wrong = client.post(ASKED, {"email": reviewer.email, "password": "no", "kept": kept})
    assert hidden(wrong.text)["kept"][0] == kept

    done = client.post(
        ASKED, {"email": reviewer.email, "password": accounts.PASSWORD, "kept": kept}
    )
    assert done.headers["Location"] == "/sign-in/carry-on/"
    done = client.get("/sign-in/carry-on/")
    assert f'action="{STEP}"' in done.text
    again = hidden(done.text)
    assert {name: again[name] for name in TYPED} == {
        **TYPED,
        "title": [TYPED["title"]],
        "action": ["continue"],
    }


@pytest.mark.parametrize("kept", ["", "made up", "a:b:c", "\x00"])
def test_only_what_this_service_kept_is_sent_again(client, reviewer, kept):
    answer = client.post(
        ASKED, {"email": reviewer.email, "password": accounts.PASSWORD, "kept": kept}
    )

    assert "Carry on" not in answer.text


def test_a_search_as_you_type_gets_no_sign_in_page(client):
    assert client.get(STEP, headers={"HX-Request": "true"}).status_code == 401


@pytest.mark.parametrize(
    ("origin", "offered"), [("http://testserver", True), ("https://elsewhere.example", False)]
)
def test_a_page_with_an_old_token_can_be_sent_again_but_not_a_foreign_one(origin, offered):
    answer = Client(enforce_csrf_checks=True).post(STEP, TYPED, headers={"Origin": origin})

    assert answer.status_code == 403
    assert ("Send it again" in answer.text) is offered
    assert ("Lunch" in answer.text) is offered


def test_a_password_is_never_written_into_a_page():
    given = {"email": "a@example.org", "password": "hunter2 hunter2"}

    answer = Client(enforce_csrf_checks=True).post(
        "/sign-in/", given, headers={"Origin": "http://testserver"}
    )

    assert "hunter2" not in answer.text


def test_the_longest_password_signs_in(client, reviewer):
    reviewer.set_password("ab" * 2048)
    reviewer.save()

    assert sign_in(client, reviewer.email, "ab" * 2048).status_code == 302


def test_what_was_typed_survives_the_second_factor_too(client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    somebody = test_second_factor.person(Role.MANAGER)
    kept = hidden(client.post(ASKED, TYPED).text)["kept"][0]

    asked = client.post(ASKED, {**credentials(somebody), "kept": kept})
    assert asked.headers["Location"] == "/sign-in/second-factor/"
    code = test_second_factor.code_of(test_second_factor.SECRET)
    done = client.post("/sign-in/second-factor/", {"code": code}, follow=True)

    assert done.request["PATH_INFO"] == "/sign-in/carry-on/"
    assert hidden(done.text)["title"] == [TYPED["title"]]


def test_whoever_is_suspended_between_password_and_second_factor_stays_out(client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    somebody = test_second_factor.person(Role.MANAGER)
    client.post("/sign-in/", credentials(somebody))
    User.objects.filter(pk=somebody.pk).update(is_active=False)

    code = test_second_factor.code_of(test_second_factor.SECRET)
    client.post("/sign-in/second-factor/", {"code": code})

    assert "_auth_user_id" not in client.session
