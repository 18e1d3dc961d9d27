"""Moves everything the service knows from one database to another, and proves that it arrived.

Rows are copied as they stand, with their ids, in one transaction of the target. Before that is
kept, both sides are counted and summed up table by table; a difference undoes everything.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from allauth.usersessions.models import UserSession
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management.color import no_style
from django.db import DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Field, Model
from django.db.utils import load_backend

from config import env, protection
from jobs.models import Heartbeat

SOURCE, TARGET = "default", "target"
PIECE = 1_000
LEFT_BEHIND = (Session, UserSession)
"""Everybody signs in again: a session belongs to the machine that gave it."""

BROUGHT_BY_MIGRATIONS = frozenset(
    {
        "accounts_auditentry",
        "auth_permission",
        "django_content_type",
        "readiness_criterion",
        "readiness_policy",
    }
)
"""Tables that are not empty on a database on which only ``migrate`` has run; they are replaced."""

STILL_ALIVE = dt.timedelta(seconds=60)
SLOW = 20_000
"""Rows after which a table's progress is told once more."""

Say = Callable[[str], None]


class MoveRefusedError(Exception):
    """Nothing was written; the message says why and what to do."""


@dataclass(frozen=True, kw_only=True)
class Moved:
    """One table after the move: how many rows, and the sum of their contents on both sides."""

    table: str
    rows: int
    digest: str


def add_target(address: str) -> BaseDatabaseWrapper:
    """Make the database known to Django as ``target`` and open it."""
    config = env.target("COPY_TO", address)
    if config["ENGINE"].endswith("sqlite3"):
        config = {**config, "OPTIONS": settings.SQLITE_OPTIONS}
    configured = connections.configure_settings({SOURCE: {}, TARGET: config})[TARGET]
    opened = load_backend(configured["ENGINE"]).DatabaseWrapper(configured, TARGET)
    opened.ensure_connection()
    connections[TARGET] = opened
    return opened


def drop_target() -> None:
    """Close the target and forget it."""
    connections[TARGET].close()
    del connections[TARGET]


def move(*, now: dt.datetime, say: Say) -> list[Moved]:
    """Copy every table from ``default`` to ``target``, or raise ``MoveRefusedError``."""
    _refuse_other_migrations()
    _refuse_unless_empty()
    _refuse_in_use(now)
    try:
        with transaction.atomic(using=TARGET), _one_moment():
            protection.remove(TARGET)
            _empty()
            for model in models():
                _copy(model, say)
            protection.install(TARGET)
            connections[TARGET].check_constraints()
            found = [_compared(model) for model in models()]
            _set_sequences()
            return found
    except (DatabaseError, ValueError) as problem:  # a NUL is a ValueError to PostgreSQL's driver
        message = f"A row could not be copied, so nothing was: {problem}"
        raise MoveRefusedError(message) from problem


def models() -> list[type[Model]]:
    """Everything that has a table of its own, but for what is left behind; by table."""
    every = apps.get_models(include_auto_created=True)
    ours = [model for model in every if model._meta.managed and model not in LEFT_BEHIND]  # noqa: SLF001
    return sorted(ours, key=_table)


def _refuse_other_migrations() -> None:
    applied = {
        alias: set(MigrationRecorder(connections[alias]).applied_migrations())
        for alias in (SOURCE, TARGET)
    }
    for alias, name in ((SOURCE, "This database"), (TARGET, "The target")):
        executor = MigrationExecutor(connections[alias])
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if waiting:
            raise MoveRefusedError(
                f"{name} lacks {len(waiting)} migrations of this release. "
                "Run `manage.py migrate` on it first."
            )
    if applied[SOURCE] != applied[TARGET]:
        odd = ", ".join(".".join(one) for one in sorted(applied[SOURCE] ^ applied[TARGET]))
        raise MoveRefusedError(
            f"The databases differ in their migrations: {odd}. Use the same release for both."
        )


def _refuse_unless_empty() -> None:
    for model in models():
        if _table(model) in BROUGHT_BY_MIGRATIONS:
            continue
        number = model._base_manager.using(TARGET).count()  # noqa: SLF001
        if number:
            raise MoveRefusedError(
                f"The target is not empty: {_table(model)} has {number:,} rows. "
                "Make a new database and run `manage.py migrate` on it, nothing else."
            )


def _refuse_in_use(now: dt.datetime) -> None:
    if Heartbeat.objects.filter(seen_at__gte=now - STILL_ALIVE).exists():
        raise MoveRefusedError(
            "The service is running: a worker was alive within the last minute. "
            "Stop web, worker and scheduler, wait a minute, and try again."
        )
    for alias, name in ((SOURCE, "This database"), (TARGET, "The target")):
        others = _other_sessions(connections[alias])
        if others:
            raise MoveRefusedError(
                f"{name} is in use: {others} others are connected. "
                "Stop web, worker and scheduler, and try again."
            )


def _other_sessions(database: BaseDatabaseWrapper) -> int:
    """SQLite knows no sessions: there the write lock, taken before the first row, says it."""
    if database.vendor != "postgresql":
        return 0
    with database.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])


@contextmanager
def _one_moment() -> Iterator[None]:
    """The source as it is at one moment: nobody writes to SQLite, PostgreSQL shows a snapshot."""
    try:
        with transaction.atomic(using=SOURCE):
            if connections[SOURCE].vendor == "postgresql":
                with connections[SOURCE].cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    except DatabaseError as problem:
        if "locked" not in str(problem):
            raise
        message = "This database is in use: somebody else is writing to it. Stop the service first."
        raise MoveRefusedError(message) from problem


def _empty() -> None:
    """Take away what migrations brought; foreign keys are looked at again at the end."""
    with connections[TARGET].cursor() as cursor:
        for table in sorted(BROUGHT_BY_MIGRATIONS):
            cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608 - names of ours


def _copy(model: type[Model], say: Say) -> None:
    fields, number = _fields(model), 0
    rows = iter(_rows(model, SOURCE))
    while piece := list(islice(rows, PIECE)):
        _insert(model, fields, piece)
        number += len(piece)
        if number % SLOW == 0:
            say(f"{_table(model)}: {number:,} rows so far")
    say(f"{_table(model)}: {number:,} rows")


def _rows(model: type[Model], alias: str) -> Iterator[tuple[Any, ...]]:
    names = [field.attname for field in _fields(model)]
    stored = model._base_manager.using(alias).order_by()  # noqa: SLF001
    return stored.values_list(*names).iterator(chunk_size=PIECE)


def _insert(model: type[Model], fields: Sequence[Field], rows: Sequence[Sequence[Any]]) -> None:
    """As they stand: no default, no `auto_now_add`, nothing that a model would add of its own."""
    database = connections[TARGET]
    names = ", ".join(database.ops.quote_name(str(field.column)) for field in fields)
    place = f"({', '.join(['%s'] * len(fields))})"
    statement = f"INSERT INTO {database.ops.quote_name(_table(model))} ({names}) VALUES "  # noqa: S608 - names of ours
    values = [
        tuple(
            field.get_db_prep_save(value, database)
            for field, value in zip(fields, row, strict=True)
        )
        for row in rows
    ]
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            every = ", ".join([place] * len(values))
            cursor.execute(statement + every, [one for row in values for one in row])
        else:
            cursor.executemany(statement + place, values)


def _compared(model: type[Model]) -> Moved:
    here, there = (_summed(model, alias) for alias in (SOURCE, TARGET))
    if here != there:
        message = f"{_table(model)} did not arrive as it was, so nothing was kept."
        raise MoveRefusedError(message)
    return here


def _summed(model: type[Model], alias: str) -> Moved:
    """The rows' own digests added up, so that their order, which databases choose, is nothing."""
    total = number = 0
    for row in _rows(model, alias):
        words = json.dumps(row, default=str, sort_keys=True)
        total += int.from_bytes(hashlib.sha256(words.encode()).digest(), "big")
        number += 1
    return Moved(table=_table(model), rows=number, digest=f"{total % 2**256:064x}")


def _set_sequences() -> None:
    """The next row must not take an id that came with the copy."""
    with connections[TARGET].cursor() as cursor:
        for statement in connections[TARGET].ops.sequence_reset_sql(no_style(), models()):
            cursor.execute(statement)


def _table(model: type[Model]) -> str:
    return model._meta.db_table  # noqa: SLF001


def _fields(model: type[Model]) -> list[Field]:
    return list(model._meta.concrete_fields)  # noqa: SLF001
