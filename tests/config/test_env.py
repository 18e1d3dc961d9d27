"""Reading the environment: what is refused, and in which words."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env

ROOT = Path(env.BASE_DIR)
MACHINE = {"X", "PATH", "HOME", "PYTEST_XDIST_WORKER"}
"""Names that every machine or pytest sets, and the one that these tests use."""


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch):
    return lambda value: monkeypatch.setenv("X", value)


@pytest.mark.parametrize(
    ("value", "expected"), [("on", True), ("Yes", True), ("0", False), ("", False)]
)
def test_flag_reads_words_for_yes_and_no(given, value: str, expected: bool) -> None:
    given(value)
    assert env.flag("X", default=False) is expected


@pytest.mark.parametrize(
    ("read", "value", "words"),
    [
        (lambda: env.flag("X", default=False), "maybe", "X is 'maybe'. Allowed: on or off."),
        (lambda: env.integer("X", 1, low=1, high=9), "10", "a whole number from 1 to 9"),
        (lambda: env.integer("X", 1, low=1, high=9), "²", "a whole number from 1 to 9"),
        (lambda: env.choice("X", "A", ("A", "B")), "C", "X is 'C'. Allowed: A, B."),
        (lambda: env.database("X"), "mysql://u:hunter2@h/d", "X is not a PostgreSQL address"),
        (lambda: env.database("X"), "postgres://u:hunter2@h", "X names no database"),
        (lambda: env.broker("X"), "amqp://u:hunter2@h", "X is not a Redis address"),
        (lambda: env.mail_server("X"), "imap://u:hunter2@h", "X is not the address of a mail"),
        (lambda: env.mail_server("X"), "smtp://u:hunter2@h/x", "X is not the address of a mail"),
        (lambda: env.mail_server("X"), "smtp://u:hunter2@", "X is not the address of a mail"),
        (lambda: env.mail_server("X"), "smtp://u:hunter2@h:port", "X cannot be read"),
        (lambda: env.sender("X", "https://h"), "a, b", "X is 'a, b'. Allowed: one e-mail address"),
        (lambda: env.scanner("X", ""), "clamd", "Allowed: host:port"),
        (lambda: env.scanner("X", ""), "localhost:99999", "Allowed: host:port"),
        (lambda: env.secret("X", kept_in=None), "", "X is not set"),
        (lambda: env.secret("X", kept_in=None), "hunter2", "X is too short"),
    ],
)
def test_nonsense_is_refused_naming_the_variable_and_never_a_password(
    given, read, value: str, words: str
) -> None:
    given(value)
    with pytest.raises(ImproperlyConfigured) as refused:
        read()
    assert words in str(refused.value)
    assert "hunter2" not in str(refused.value)


PROVIDER = {
    "OIDC_NAME": "NHSmail",
    "OIDC_SERVER": "https://login.example.org/realm",
    "OIDC_CLIENT_ID": "tent",
    "OIDC_CLIENT_SECRET": "hunter2",
}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"OIDC_SERVER": ""}, "OIDC_SERVER not set. Allowed: all of OIDC_NAME"),
        ({"OIDC_NAME": "", "OIDC_CLIENT_ID": ""}, "OIDC_NAME and OIDC_CLIENT_ID not set"),
        ({"OIDC_SERVER": "http://login.example.org"}, "OIDC_SERVER is not an https address"),
        ({"OIDC_SERVER": "login.example.org"}, "OIDC_SERVER is not an https address"),
        ({"OIDC_SERVER": "https://"}, "OIDC_SERVER is not an https address"),
    ],
)
def test_an_identity_provider_half_described_or_in_the_clear_is_refused(changed, words) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        env.check_identity_provider(**{**PROVIDER, **changed})
    assert words in str(refused.value)
    assert "hunter2" not in str(refused.value)


def test_an_identity_provider_is_described_whole_or_not_at_all() -> None:
    env.check_identity_provider(**PROVIDER)
    env.check_identity_provider(**{**PROVIDER, "OIDC_SERVER": "http://127.0.0.1:8080"})
    env.check_identity_provider(**dict.fromkeys(PROVIDER, ""))


@pytest.mark.parametrize("value", ["none", "127.0.0.1:3310", "/run/clamav/clamd.ctl", ""])
def test_a_scanner_is_an_address_a_socket_none_or_not_set_up(given, value: str) -> None:
    given(value)
    assert env.scanner("X", "") == value


def test_database_reads_a_server_and_a_socket(given) -> None:
    given("postgres://u:p%40ss@db.example.org:5433/tent")
    found = env.database("X")
    assert found is not None
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example.org", 5433, "tent")
    assert found["PASSWORD"] == "p@ss"
    given("postgres://u@//run/postgresql/tent")
    found = env.database("X")
    assert found is not None
    assert (found["HOST"], found["NAME"]) == ("/run/postgresql", "tent")


@pytest.mark.parametrize(
    ("value", "host", "port", "tls", "ssl"),
    [
        ("", "localhost", 25, False, False),
        ("smtp+starttls://u:p%40ss@mail.example.org", "mail.example.org", 587, True, False),
        ("smtps://u:p%40ss@mail.example.org:4465", "mail.example.org", 4465, False, True),
    ],
)
def test_mail_server_reads_its_three_kinds(given, value, host, port, tls, ssl) -> None:
    given(value)
    found = env.mail_server("X")
    assert (found["HOST"], found["PORT"]) == (host, port)
    assert (found["USE_TLS"], found["USE_SSL"]) == (tls, ssl)
    assert (found["HOST_USER"], found["HOST_PASSWORD"]) == (("u", "p@ss") if value else ("", ""))


@pytest.mark.parametrize(
    ("value", "address", "expected"),
    [
        ("", "https://tent.example.org", "no-reply@tent.example.org"),
        ("", "http://127.0.0.1:8000", "no-reply@example.org"),
        ("tent@example.org", "https://other.example.org", "tent@example.org"),
    ],
)
def test_mails_come_from_the_service_s_own_name(given, value, address, expected) -> None:
    given(value)
    assert env.sender("X", address) == expected


def test_a_folder_that_cannot_be_made_is_named(given, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    given(str(tmp_path / "file" / "var"))
    with pytest.raises(ImproperlyConfigured, match=r"X is .*cannot be made"):
        env.folder("X", tmp_path)


def test_the_key_is_made_once_and_for_its_owner_only(given, tmp_path: Path) -> None:
    given("")
    first = env.secret("X", kept_in=tmp_path / "key")
    assert env.secret("X", kept_in=tmp_path / "key") == first
    assert len(first) >= 50
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_every_variable_that_is_read_is_explained_and_the_other_way_round() -> None:
    files = [*ROOT.glob("config/*.py"), *ROOT.glob("tools/*.py"), *ROOT.glob("tests/**/*.py")]
    read_by = re.compile(
        r"""(?:env\.(?:text|flag|integer|choice|words|folder|database|target|broker|scanner|mail_server|sender|secret)\(\s*"""
        r"""|os\.environ\.get\(\s*|os\.environ\[)"([A-Z_]+)\""""
    )
    read = {name for file in files for name in read_by.findall(file.read_text())} - MACHINE
    lines = (ROOT / ".env.example").read_text().splitlines()
    explained = {
        line.split("=")[0]: before.startswith("# ")
        for before, line in pairwise(lines)
        if re.match(r"[A-Z_]+=", line)
    }
    assert set(explained) == read
    assert all(explained.values()), "each needs one line of explanation above it"
