"""Rows by the thousand, the quickest way that the database has: COPY, or one prepared statement.

For what a person has confirmed and an action has checked: nothing here looks at a value again but
the database. Django's own ``bulk_create`` takes five times as long, most of it in Python.
"""

import datetime as dt
import gc
import io
import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.db import connection, models
from django.utils import timezone

NULL = "\\N"


@contextmanager
def without_collecting() -> Iterator[None]:
    """Let the search for garbage wait while a bounded number of rows is worked through.

    Tens of thousands of new objects set it off again and again, each time through the whole
    program, and find nothing: a fifth of the time. What is not used any more goes all the same.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def take_ids(model: type[models.Model], number: int) -> list[int]:
    """Numbers for as many new rows, which nobody else is given. Inside the transaction that writes."""
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001 - Django documents it
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "select nextval(pg_get_serial_sequence(%s, 'id')) from generate_series(1, %s)",
                [table, number],
            )
            return [row[0] for row in cursor.fetchall()]
        # The one writer of SQLite holds the database until its transaction is over.
        cursor.execute(f"select coalesce(max(id), 0) from {table}")  # noqa: S608 - a table of ours
        (last,) = cursor.fetchone()
        cursor.execute(
            "select coalesce(max(seq), 0) from sqlite_sequence where name = %s",
            [model._meta.db_table],  # noqa: SLF001 - Django documents it
        )
        (ever,) = cursor.fetchone()
    first = max(last, ever) + 1
    return list(range(first, first + number))


def insert(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write the rows, whose values are in the order of ``fields`` (names as in the model); how many.

    A column that is left out has the database's default or is null; Django's defaults do not apply.
    """
    columns = [model._meta.get_field(name) for name in fields]  # noqa: SLF001 - Django documents it
    listed = ", ".join(connection.ops.quote_name(str(one.column)) for one in columns)  # type: ignore[union-attr]
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001 - Django documents it
    # Column by column: what kind of values it holds is looked at once and not for each row.
    by_column = list(zip(*rows, strict=True))
    if not by_column:
        return 0
    is_sqlite = connection.vendor == "sqlite"
    made = [
        _as_json(values) if isinstance(one, models.JSONField) else _plain(values, is_sqlite)
        for values, one in zip(by_column, columns, strict=True)
    ]
    with connection.cursor() as cursor:
        if is_sqlite:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(
                f"insert into {table} ({listed}) values ({marks})",  # noqa: S608 - our own names
                list(zip(*made, strict=True)),
            )
        else:
            lines = map(",".join, zip(*map(_cells, made), strict=True))
            kept = io.StringIO("\n".join(lines))
            cursor.copy_expert(
                f"copy {table} ({listed}) from stdin with (format csv, null '{NULL}')", kept
            )
    return len(by_column[0])


_AS_IT_IS = frozenset({str, int, float, type(None)})
_encode = json.JSONEncoder(ensure_ascii=False).encode


def _as_json(values: Sequence[Any]) -> Sequence[Any]:
    return list(map(_encode, values))


def _plain(values: Sequence[Any], is_sqlite: bool) -> Sequence[Any]:  # noqa: FBT001 - of two databases
    """The values of a column as both databases take them: as text or numbers."""
    if _AS_IT_IS.issuperset(map(type, values)):
        return values
    say = _for_sqlite if is_sqlite else _for_postgresql
    return [one if type(one) in _AS_IT_IS else say(one) for one in values]


def _cells(values: Sequence[Any]) -> Sequence[str]:
    """The values as cells of CSV, each different one once.

    Everything but null is quoted, so that no text is taken for null.
    """
    cells = {
        one: NULL if one is None else '"' + str(one).replace('"', '""') + '"' for one in set(values)
    }
    return [cells[one] for one in values]


@lru_cache(maxsize=1_000, typed=True)
def _for_sqlite(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return timezone.make_naive(value.astimezone(dt.UTC), dt.UTC).isoformat(" ")
    if isinstance(value, bool):
        return int(value)
    return value.hex if isinstance(value, uuid.UUID) else str(value)


@lru_cache(maxsize=1_000, typed=True)
def _for_postgresql(value: Any) -> Any:
    """A moment in UTC, as Django writes it; PostgreSQL reads it with its zone."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    return value.hex if isinstance(value, uuid.UUID) else str(value)
