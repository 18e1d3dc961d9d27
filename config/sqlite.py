"""Refuses to run on a SQLite that would lose writes.

Web, worker and scheduler write to one file. That is safe only in WAL mode, with the write lock
taken at the start of a transaction, with commits that survive a power cut and with patience for
the other writer (see SQLITE_OPTIONS in settings).
"""

from collections.abc import Sequence

from django.apps import AppConfig
from django.core.checks import Error
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

_FULL = 2  # PRAGMA synchronous answers 0 off, 1 normal, 2 full, 3 extra
_LEAST_WAIT = 5_000  # milliseconds


def missing_promises(database: BaseDatabaseWrapper) -> list[str]:
    """What the open database lacks, one readable setting each; empty is safe or not SQLite."""
    if database.vendor != "sqlite":
        return []
    with database.cursor() as cursor:
        found = {name: _pragma(cursor, name) for name in ("journal_mode", "synchronous")}
        wait = int(_pragma(cursor, "busy_timeout"))
    checks = {
        "PRAGMA journal_mode=WAL": found["journal_mode"].lower() == "wal",
        "PRAGMA synchronous=FULL": int(found["synchronous"]) >= _FULL,
        f"a timeout of at least {_LEAST_WAIT // 1000} seconds": wait >= _LEAST_WAIT,
        "transaction_mode IMMEDIATE": getattr(database, "transaction_mode", None) == "IMMEDIATE",
    }
    return [name for name, kept in checks.items() if not kept]


def refuse_unless_safe(database: BaseDatabaseWrapper = connection) -> None:
    """Stop the start where a promise is missing, naming it."""
    missing = missing_promises(database)
    if missing:
        raise ImproperlyConfigured(
            f"SQLite at {database.settings_dict['NAME']} lacks {', '.join(missing)}. "
            "Put the options of SQLITE_OPTIONS back and keep the file on a local disk, "
            "or set DATABASE_URL."
        )


def check_promises(
    app_configs: Sequence[AppConfig] | None,
    databases: Sequence[str] | None = None,
    **_: object,
) -> list[Error]:
    """The same as one of Django's system checks: `check --database default` and `migrate`."""
    if not databases:
        return []
    return [
        Error(f"SQLite lacks {name}.", id="config.E001") for name in missing_promises(connection)
    ]


def _pragma(cursor: object, name: str) -> str:
    cursor.execute(f"PRAGMA {name}")  # type: ignore[attr-defined]
    return str(cursor.fetchone()[0])  # type: ignore[attr-defined]
