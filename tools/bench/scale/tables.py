"""Rows on their way into their tables in large pieces: COPY on PostgreSQL, else executemany."""

import io
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import JSONField, Model

PIECE = 50_000
_NOTHING = re.compile(r"\tNone(?=[\t\n])")
"""A value that is missing, as Python writes it; none of our words is "None"."""

Row = Sequence[Any]


class Table:
    """Takes the rows of one model; columns that are not named get the model's default."""

    def __init__(self, model: type[Model], *columns: str) -> None:
        """``columns`` are those of the database: ``event_id``. The key may be left to it."""
        rest = _defaults(model, columns)
        self.name = model._meta.db_table  # noqa: SLF001 - Django's own way to ask
        self.columns = (*columns, *rest)
        self.constants = tuple(rest.values())
        self.waiting: list[Row] = []
        self.count = 0

    def add(self, row: Row) -> None:
        """One row, written at the latest by ``flush``."""
        self.waiting.append(row)
        if len(self.waiting) >= PIECE:
            self.flush()

    def extend(self, rows: Iterable[Row]) -> None:
        """Many rows, and nothing left waiting."""
        for row in rows:
            self.add(row)
        self.flush()

    def flush(self) -> None:
        """Write what waits."""
        if self.waiting:
            write = _copy if connection.vendor == "postgresql" else _insert
            write(self)
        self.count += len(self.waiting)
        self.waiting = []


def _defaults(model: type[Model], named: Sequence[str]) -> dict[str, Any]:
    """What every row gets in the columns that nobody names and that may not be empty."""
    found: dict[str, Any] = {}
    for field in model._meta.concrete_fields:  # noqa: SLF001
        if field.column in named or field.primary_key or field.null:
            continue
        value = field.get_default()
        found[str(field.column)] = json.dumps(value) if isinstance(field, JSONField) else value
    return found


def _copy(table: Table) -> None:
    tail = "".join(f"\t{_text(value)}" for value in table.constants).replace("%", "%%")
    line = "\t".join(["%s"] * (len(table.columns) - len(table.constants))) + tail + "\n"
    text = "".join([line % tuple(row) for row in table.waiting])
    names = ", ".join(f'"{name}"' for name in table.columns)
    with connection.cursor() as cursor:
        cursor.copy_expert(
            f'COPY "{table.name}" ({names}) FROM STDIN', io.StringIO(_NOTHING.sub(r"\t\\N", text))
        )


def _text(value: object) -> str:
    return "\\N" if value is None else str(value)


def _insert(table: Table) -> None:
    names = ", ".join(f'"{name}"' for name in table.columns)
    places = ", ".join(["?"] * len(table.columns))
    with connection.cursor() as cursor:
        # Under Django's cursor, which would rewrite the statement for each row.
        cursor.cursor.connection.executemany(
            f'INSERT INTO "{table.name}" ({names}) VALUES ({places})',  # noqa: S608 - our models
            [(*row, *table.constants) for row in table.waiting],
        )
