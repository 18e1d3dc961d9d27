"""Settings as another process sees them, under environments of our making."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

SERVER = {"DATABASE_URL": "postgres://u@db.example.org/tent", "SECRET_KEY": "k" * 40}


def started(tmp_path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """What ``config.settings`` says when it is read in a process of its own."""
    program = (
        "import json; from config import settings as s;"
        "print(json.dumps({n: getattr(s, n) for n in"
        " ('DEBUG', 'DATABASES', 'CELERY_BROKER_URL', 'CELERY_BROKER_TRANSPORT_OPTIONS',"
        " 'SESSION_COOKIE_SECURE', 'SECRET_KEY')}, default=str))"
    )
    bare = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, "VAR_DIR": str(tmp_path)}
    return subprocess.run(
        [sys.executable, "-c", program], env=bare | variables, cwd=settings.BASE_DIR,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_nothing_set_is_sqlite_and_a_queue_of_files(tmp_path: Path) -> None:
    found = json.loads(started(tmp_path).stdout)
    assert found["DATABASES"]["default"]["NAME"] == str(tmp_path / "db.sqlite3")
    assert found["CELERY_BROKER_URL"].startswith("filesystem://")
    assert (tmp_path / "queue" / "messages").is_dir()
    assert found["DEBUG"] is False


def test_a_test_never_waits_for_postgresql_without_end(tmp_path: Path) -> None:
    program = "from config import settings_test as s; print(s.DATABASES['default']['OPTIONS'])"
    bare = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path)}
    told = subprocess.run(
        [sys.executable, "-c", program], env=bare | SERVER, cwd=settings.BASE_DIR,
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    for limit in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
        assert f"-c {limit}=" in told


def test_servers_are_used_where_they_are_named(tmp_path: Path) -> None:
    done = started(tmp_path, **SERVER, REDIS_URL="redis://r.example.org/1", HTTPS="on")
    found = json.loads(done.stdout)
    database = found["DATABASES"]["default"]
    assert database["HOST"] == "db.example.org"
    assert database["CONN_HEALTH_CHECKS"] is True
    assert found["CELERY_BROKER_URL"] == "redis://r.example.org/1"
    assert found["CELERY_BROKER_TRANSPORT_OPTIONS"]["socket_timeout"] == 2
    assert found["SESSION_COOKIE_SECURE"] is True


def test_a_server_must_be_told_its_key(tmp_path: Path) -> None:
    done = started(tmp_path, DATABASE_URL=SERVER["DATABASE_URL"])
    assert done.returncode != 0
    assert "SECRET_KEY is not set" in done.stderr


def test_the_env_file_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    file = tmp_path / "env"
    file.write_text("DEBUG=on\nHTTPS=on\n")
    found = json.loads(started(tmp_path, ENV_FILE=str(file), HTTPS="off").stdout)
    assert found["DEBUG"] is True
    assert found["SESSION_COOKIE_SECURE"] is False


@pytest.mark.parametrize(
    "typed",
    ["03/04/2016", "3/4/16", "3 April 2016", "3 Apr 2016", "2016-04-03", "03-04-2016", "3.4.2016"],
)
def test_dates_are_read_day_first(typed: str) -> None:
    from django import forms

    assert forms.DateField().clean(typed).isoformat() == "2016-04-03"


def test_the_content_security_policy_allows_this_server_only() -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert "'unsafe" not in str(directives)
    assert directives["default-src"] == ["'self'"]
    sources = {source for values in directives.values() for source in values}
    assert sources <= {"'self'", "'none'", "data:"}
