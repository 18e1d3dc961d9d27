"""The settings of a server pass Django's own checks, and its files can be collected."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

SERVER = {
    "DATABASE_URL": "postgres://tent@db.example.org/tent",
    "REDIS_URL": "redis://redis.example.org/0",
    "SECRET_KEY": "aB3-dE6_gH9jK2mN5pQ8sT1vW4yZ7" * 2,
    "ALLOWED_HOSTS": "tent.example.org",
    "HTTPS": "on",
    "BEHIND_PROXY": "on",
    "COLLECTED_STATIC": "on",
}


def manage(state: Path, *words: str) -> subprocess.CompletedProcess[str]:
    bare = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, "VAR_DIR": str(state)}
    return subprocess.run(
        [sys.executable, "manage.py", *words], env=bare | SERVER, cwd=settings.BASE_DIR,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_server_passes_the_checks_for_deployment(tmp_path: Path) -> None:
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


def test_the_cookies_of_a_server_are_taken_from_nobody_else(tmp_path: Path) -> None:
    asked = (
        "from django.conf import settings as s\n"
        "print(*(f'{k}={getattr(s, k)}' for k in ["
        "'SESSION_COOKIE_NAME', 'CSRF_COOKIE_NAME', 'SESSION_COOKIE_SECURE', 'CSRF_COOKIE_SECURE',"
        "'SESSION_COOKIE_HTTPONLY', 'CSRF_COOKIE_HTTPONLY', 'SESSION_COOKIE_SAMESITE',"
        "'CSRF_COOKIE_SAMESITE', 'SESSION_COOKIE_PATH', 'SESSION_COOKIE_DOMAIN',"
        "'ALLAUTH_TRUSTED_PROXY_COUNT']))"
    )
    done = manage(tmp_path, "shell", "--no-imports", "-c", asked)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [
        "SESSION_COOKIE_NAME=__Host-session", "CSRF_COOKIE_NAME=__Host-csrf",
        "SESSION_COOKIE_SECURE=True", "CSRF_COOKIE_SECURE=True",
        "SESSION_COOKIE_HTTPONLY=True", "CSRF_COOKIE_HTTPONLY=True",
        "SESSION_COOKIE_SAMESITE=Lax", "CSRF_COOKIE_SAMESITE=Lax",
        "SESSION_COOKIE_PATH=/", "SESSION_COOKIE_DOMAIN=None",
        "ALLAUTH_TRUSTED_PROXY_COUNT=1",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["app.css", "nhsuk-frontend-10.6.1/nhsuk-frontend.min.css"])
def test_every_file_that_a_style_sheet_names_is_collected(collected: Path, name: str) -> None:
    stem, suffix = name.rsplit(".", 1)
    hashed = list(collected.glob(f"{stem}.????????????.{suffix}"))
    assert len(hashed) == 1
    assert "http" not in hashed[0].read_text().replace("http://www.w3.org/2000/svg", "")


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of collected files; collecting fails where a named file is missing."""
    state = tmp_path_factory.mktemp("collected")
    done = manage(state, "collectstatic", "--noinput", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    return state / "static"
