"""The only place that reads the environment.

A variable that is missing or means nothing stops the start with a sentence that names it and says
what is allowed. Every name read here is explained in ``.env.example``.
"""

import contextlib
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

BASE_DIR = Path(__file__).resolve().parent.parent
_FLAGS = {"on": True, "1": True, "true": True, "yes": True} | {
    "off": False, "0": False, "false": False, "no": False,
}  # fmt: skip
_DATABASES = ("postgres://", "postgresql://")
_SQLITE = "sqlite:///"
_REDIS = ("redis://", "rediss://", "redis+socket://")
_MAIL_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}

environ.Env.read_env(os.environ.get("ENV_FILE") or BASE_DIR / ".env")


def text(name: str, default: str = "") -> str:
    """The variable without surrounding space; ``default`` where it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    """A variable that is on or off."""
    value = text(name, "on" if default else "off")
    if value.lower() not in _FLAGS:
        raise ImproperlyConfigured(f"{name} is {value!r}. Allowed: on or off.")
    return _FLAGS[value.lower()]


def integer(name: str, default: int, *, low: int, high: int) -> int:
    """A whole number from ``low`` to ``high``."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdigit() and low <= int(value) <= high):
        raise ImproperlyConfigured(
            f"{name} is {value!r}. Allowed: a whole number from {low} to {high}."
        )
    return int(value)


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """One of the allowed words."""
    value = text(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} is {value!r}. Allowed: {', '.join(allowed)}.")
    return value


def words(name: str, default: str) -> list[str]:
    """A list divided by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    """A folder that exists afterwards; a relative path counts from the project."""
    path = BASE_DIR / text(name, str(default))
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise ImproperlyConfigured(
            f"{name} is {path}, which cannot be made ({problem.strerror}). "
            "Allowed: a folder that this user may write."
        ) from problem
    return path


def database(name: str) -> dict[str, Any] | None:
    """Django's settings for a PostgreSQL address, or nothing where it is unset.

    The address holds a password, so no error repeats it.
    """
    value = text(name)
    return _postgres(name, value) if value else None


def target(name: str, given: str = "") -> dict[str, Any]:
    """Django's settings for another database: ``given``, else the variable.

    A PostgreSQL address, or ``sqlite:///path`` of a file that is there. No error repeats it.
    """
    value = given or text(name)
    if not value.startswith(_SQLITE):
        return _postgres(name, value)
    path = BASE_DIR / value.removeprefix(_SQLITE)
    if not path.is_file():
        raise ImproperlyConfigured(
            f"There is no database at {path}. Make one with VAR_DIR=FOLDER manage.py migrate."
        )
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": path}


def _postgres(name: str, value: str) -> dict[str, Any]:
    allowed = "Allowed: postgres://user:password@host:port/database, or unset for SQLite."
    if not value.startswith(_DATABASES):
        raise ImproperlyConfigured(f"{name} is not a PostgreSQL address. {allowed}")
    try:
        parsed = environ.Env.db_url_config(value)
    except ValueError as problem:
        raise ImproperlyConfigured(f"{name} cannot be read. {allowed}") from problem
    if not parsed.get("NAME"):
        raise ImproperlyConfigured(f"{name} names no database. {allowed}")
    return dict(parsed)


def broker(name: str) -> str:
    """A Redis address, or an empty text where it is unset."""
    value = text(name)
    if value and not value.startswith(_REDIS):
        raise ImproperlyConfigured(
            f"{name} is not a Redis address. "
            "Allowed: redis://host:port/number, or unset for the queue in VAR_DIR."
        )
    return value


def scanner(name: str, default: str) -> str:
    """Where a virus scanner (clamd) listens, "none", or an empty text where it is unset."""
    value = text(name, default)
    host, _, port = value.rpartition(":")
    address = host and port.isascii() and port.isdigit() and 0 < int(port) < 65_536
    if value and value != "none" and not value.startswith("/") and not address:
        raise ImproperlyConfigured(
            f"{name} is {value!r}. Allowed: host:port or the path of a socket of clamd, "
            "or none where nobody scans."
        )
    return value


def mail_server(name: str) -> dict[str, Any]:
    """Django's EMAIL_ settings for a mail server's address; unset is this machine's own, port 25.

    The address holds a password, so no error repeats it.
    """
    allowed = (
        "Allowed: smtp+starttls://user:password@host:587, smtps://user:password@host:465, or "
        "smtp://host:25 without encryption; letters such as @ or / in the password as %40 or %2F."
    )
    value = text(name, "smtp://localhost:25")
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError as problem:
        raise ImproperlyConfigured(f"{name} cannot be read. {allowed}") from problem
    plain = parts.path in {"", "/"} and not (parts.query or parts.fragment)
    if parts.scheme not in _MAIL_PORTS or not parts.hostname or not plain:
        raise ImproperlyConfigured(f"{name} is not the address of a mail server. {allowed}")
    return {
        "HOST": parts.hostname,
        "PORT": port or _MAIL_PORTS[parts.scheme],
        "HOST_USER": unquote(parts.username or ""),
        "HOST_PASSWORD": unquote(parts.password or ""),
        "USE_TLS": parts.scheme == "smtp+starttls",
        "USE_SSL": parts.scheme == "smtps",
    }


def sender(name: str, public_address: str) -> str:
    """The e-mail address that mails come from; unset is no-reply at the service's own name."""
    value = text(name)
    try:
        validate_email(value or f"no-reply@{urlsplit(public_address).hostname}")
    except ValidationError as problem:
        if not value:  # this machine has no name that a mail could come from
            return "no-reply@example.org"
        raise ImproperlyConfigured(
            f"{name} is {value!r}. Allowed: one e-mail address, like no-reply@example.org."
        ) from problem
    return value or f"no-reply@{urlsplit(public_address).hostname}"


def secret(name: str, *, kept_in: Path | None) -> str:
    """A secret of at least 32 characters; made once into ``kept_in`` where that is given."""
    value = text(name)
    if not value and kept_in:
        return _kept_secret(kept_in)
    if len(value) < 32:
        raise ImproperlyConfigured(
            f"{name} is {'too short' if value else 'not set'}. "
            "Allowed: at least 32 characters that nobody can guess."
        )
    return value


def _kept_secret(path: Path) -> str:
    """The secret in the file, made on first use; two processes starting at once agree on one."""
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    if not path.exists():
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(fresh)
        fresh.unlink()
    return path.read_text().strip()


def check_identity_provider(**variables: str) -> None:
    """Refuse an identity provider that is half described, or could be listened to on the way."""
    missing = [name for name, value in variables.items() if not value]
    if missing and len(missing) < len(variables):
        raise ImproperlyConfigured(
            f"{' and '.join(missing)} not set. Allowed: all of {', '.join(variables)}, or none."
        )
    server = urlsplit(variables["OIDC_SERVER"])
    on_this_machine = server.scheme == "http" and server.hostname in ("127.0.0.1", "localhost")
    if not missing and not (server.hostname and (server.scheme == "https" or on_this_machine)):
        raise ImproperlyConfigured(
            "OIDC_SERVER is not an https address. Allowed: https://login.example.org/realm, "
            "the issuer of the provider."
        )
