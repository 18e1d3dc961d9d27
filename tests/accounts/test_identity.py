"""Signing in through an identity provider: a real one on this machine, over real HTTP."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from oidc_provider_mock import run_server_in_thread

from accounts.actions import second_factor
from accounts.models import AuditEntry, User
from accounts.roles import Role
from tests.accounts.test_second_factor import SECRET
from tests.factories import accounts

pytestmark = [
    pytest.mark.django_db,
    # The provider of the tests runs in this process and speaks to an older version of its library.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]

START = "/sign-in/provider/"
BACK = "https://tent.example.org/sign-in/provider/return/"


class Provider:
    """The provider's server, and a person's browser at it."""

    def __init__(self, port: int) -> None:
        self.address = f"http://localhost:{port}"

    def knows(self, subject: str, **claims: Any) -> None:
        answer = requests.put(f"{self.address}/users/{subject}", json=claims, timeout=5)
        answer.raise_for_status()

    def answers(self, asked: str, **form: str) -> str:
        """Agree, or deny, on the provider's page; gives the path to which the browser is sent back."""
        answer = requests.post(asked, data=form, allow_redirects=False, timeout=5)
        sent_to = answer.headers["Location"]
        assert sent_to.startswith(BACK)
        return sent_to.removeprefix("https://tent.example.org")


@pytest.fixture(scope="module")
def server() -> Iterator[Provider]:
    with run_server_in_thread(require_nonce=True) as running:
        yield Provider(running.server_port)


@pytest.fixture
def provider(server: Provider, settings: Any) -> Provider:
    """The server, described to us as the environment would."""
    described(settings, server.address)
    return server


def described(settings: Any, address: str) -> None:
    entry = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    app = {**entry["APPS"][0], "name": "NHSmail", "client_id": "tent", "secret": "s3cret",
           "settings": {"server_url": address}}  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {**entry, "APPS": [app]}}
    settings.OIDC_NAME, settings.OIDC_SERVER = "NHSmail", address


def asked_by(client: Client, **query: str) -> str:
    """Where the button leads."""
    answer = client.get(START, query)
    assert answer.status_code == 302, answer.text
    return str(answer.headers["Location"])


def come(client: Client, provider: Provider, subject: str, **query: str) -> Any:
    return client.get(provider.answers(asked_by(client, **query), sub=subject))


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def known(provider: Provider, *roles: Role, subject: str, **claims: Any) -> User:
    """Somebody with an account whose address the provider confirms."""
    user = accounts.user(*roles or (Role.REPRESENTATIVE,))
    provider.knows(subject, **{"email": user.email, "email_verified": True, **claims})
    return user


def test_somebody_with_a_confirmed_address_comes_in_and_is_tied_to_the_provider(client, provider):
    user = known(provider, subject="first", email_verified=True)

    answer = come(client, provider, "first", next="/events/")

    assert answer.headers["Location"] == "/events/"
    assert client.session["_auth_user_id"] == str(user.pk)
    tied = SocialAccount.objects.get(user=user)
    assert (tied.provider, tied.extra_data, len(tied.uid)) == ("oidc", {}, 64)
    assert AuditEntry.objects.filter(verb="was tied to the identity provider").count() == 1
    again = Client()
    come(again, provider, "first")
    assert again.session["_auth_user_id"] == str(user.pk)
    assert SocialAccount.objects.count() == 1


def test_capital_letters_in_the_address_make_no_difference(client, provider):
    user = accounts.user(Role.REPRESENTATIVE)
    provider.knows("capital", email=user.email.upper(), email_verified=True)

    come(client, provider, "capital")

    assert is_signed_in(client)


def test_the_question_to_the_provider_carries_state_nonce_and_pkce_and_nothing_from_the_address(
    client, provider
):
    asked = asked_by(client, scope="admin", auth_params="nonce=mine", process="connect")
    query = parse_qs(urlsplit(asked).query)

    assert query["code_challenge_method"] == ["S256"]
    assert len(query["code_challenge"][0]) == 43
    assert query["nonce"] != ["mine"]
    assert query["state"]
    assert sorted(query["scope"][0].split()) == ["email", "openid", "profile"]
    assert query["redirect_uri"] == [BACK]
    provider.knows("connects", email="nobody@example.org", email_verified=True)


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "stranger@example.org", "email_verified": True},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email_verified": None},
        {"email": None, "email_verified": True},
        {"email": ["a", "b"], "email_verified": True},
    ],
)
def test_whoever_has_no_account_or_no_confirmed_address_is_told_whom_to_ask(
    client, provider, claims
):
    known(provider, subject="refused", **claims)

    answer = come(client, provider, "refused")

    assert answer.status_code in {400, 403}
    assert "Ask the administrator" in answer.text or "could not sign you in" in answer.text
    assert not is_signed_in(client)
    assert not SocialAccount.objects.exists()
    assert User.objects.count() == 1


def test_unknown_unconfirmed_and_suspended_get_the_same_page(client, provider):
    known(provider, subject="unconfirmed", email_verified=False)
    provider.knows("unknown", email="stranger@example.org", email_verified=True)
    suspended = known(provider, subject="suspended")
    tied = known(provider, subject="tied-and-suspended")
    come(Client(), provider, "tied-and-suspended")
    User.objects.filter(pk__in=(suspended.pk, tied.pk)).update(is_active=False)

    pages = [
        come(Client(), provider, subject)
        for subject in ("unconfirmed", "unknown", "suspended", "tied-and-suspended")
    ]

    assert [page.status_code for page in pages] == [403] * 4
    assert len({page.text for page in pages}) == 1


def test_a_changed_address_changes_neither_who_it_is_nor_whose_account_opens(client, provider):
    user = known(provider, subject="renamed")
    other = accounts.user(Role.REVIEWER)
    come(Client(), provider, "renamed")

    provider.knows("renamed", email=other.email, email_verified=True)
    come(client, provider, "renamed")

    assert client.session["_auth_user_id"] == str(user.pk)


def test_an_address_given_to_somebody_else_opens_nothing(client, provider):
    user = known(provider, subject="left")
    come(Client(), provider, "left")
    provider.knows("newcomer", email=user.email, email_verified=True)

    assert come(client, provider, "newcomer").status_code == 403
    assert not is_signed_in(client)


def test_a_denied_consent_leads_back_to_the_other_ways_in(client, provider):
    asked = asked_by(client)
    state = parse_qs(urlsplit(asked).query)["state"][0]  # which this provider forgets to give back
    denied = changed(provider.answers(asked, action="deny"), state=state)

    answer = client.get(denied, follow=True)

    assert answer.redirect_chain[-1][0].startswith("/sign-in/")
    assert "You did not sign in with NHSmail" in answer.text


def changed(address: str, **values: str) -> str:
    parts = urlsplit(address)
    query = {name: found[0] for name, found in parse_qs(parts.query).items()} | values
    return parts._replace(query=urlencode(query)).geturl()


def test_an_answer_to_somebody_else_s_question_is_refused(client, provider):
    known(provider, subject="victim")
    mine = provider.answers(asked_by(client), sub="victim")

    for browser, path in (
        (Client(), mine),
        (client, changed(mine, state="made-up")),
        (client, changed(mine, state="\x00")),
        (client, "/sign-in/provider/return/"),
        (client, changed(mine, code="made-up")),
        (client, mine),  # its state was used by the line before
    ):
        answer = browser.get(path)
        assert answer.status_code == 400, path
        assert "Start again" in answer.text
        assert not is_signed_in(browser)


def test_a_token_of_another_try_is_refused(client, provider):
    known(provider, subject="replayed")
    asked = changed(asked_by(client), nonce="of-another-try")

    answer = client.get(provider.answers(asked, sub="replayed"))

    assert answer.status_code == 400
    assert not is_signed_in(client)


def test_a_token_of_another_issuer_is_refused(client, provider, settings):
    settings.OIDC_SERVER = "https://login.example.org"

    assert client.get(START).status_code == 400


@pytest.mark.parametrize("path", ["", "/jwks", "/nowhere"])
def test_a_provider_that_is_away_or_no_provider_leaves_the_other_ways_in(
    client, provider, settings, path
):
    described(settings, f"{provider.address}{path}" if path else "http://localhost:9")

    answer = client.get(START)

    assert answer.status_code == 503
    assert "does not answer at the moment" in answer.text
    assert 'href="/sign-in/"' in answer.text


def test_a_provider_that_goes_away_in_between_is_told_so(client, provider, settings):
    known(provider, subject="between")
    back = provider.answers(asked_by(client), sub="between")
    described(settings, "http://localhost:9")

    assert client.get(back).status_code == 503


def test_the_second_factor_is_asked_all_the_same(client, provider, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    user = known(provider, Role.REVIEWER, subject="doubted")

    come(client, provider, "doubted")
    assert client.get("/board/").headers["Location"].startswith("/account/second-factor/")

    second_factor.add_app(by=user, secret=SECRET, step=1, now=user.created_at)
    assert come(Client(), provider, "doubted").headers["Location"] == "/sign-in/second-factor/"


def test_unless_the_provider_s_own_counts(client, provider, settings):
    settings.SECOND_FACTOR_REQUIRED = settings.OIDC_IS_SECOND_FACTOR = True
    user = known(provider, Role.REVIEWER, subject="trusted")
    second_factor.add_app(by=user, secret=SECRET, step=1, now=user.created_at)

    come(client, provider, "trusted")

    assert client.get("/board/").status_code == 200
    assert Authenticator.objects.get(user=user, type="totp").last_used_at is None


def test_the_button_stands_there_only_where_a_provider_is_set(client, provider, settings):
    assert "Sign in with NHSmail" in client.get("/sign-in/").text

    settings.OIDC_NAME = ""

    assert "provider/" not in client.get("/sign-in/").text
    assert client.get(START).status_code == client.get(f"{START}return/").status_code == 404
