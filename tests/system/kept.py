"""All rows of the tests' database, kept in memory and put back: between journeys, and for those on
the demonstration.

To load the demonstration takes half a minute and to put its rows back a second or two; to empty
every table as Django does, and then to do what follows ``migrate``, takes longer than many a
journey. While rows are put back PostgreSQL fires no trigger, so the history's protection stays in
place. Sequences are left alone: they only ever move on, so no id is given twice.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

NOT_ROWS = {"django_migrations"}


@dataclass(frozen=True)
class Kept:
    """The rows of every table that had some, as PostgreSQL copies them."""

    rows: Mapping[str, bytes]

    @classmethod
    def now(cls) -> "Kept":
        """What the database holds now."""
        rows = {}
        with transaction.atomic(), connection.cursor() as cursor:
            for table in _with_rows(cursor):
                copied = io.BytesIO()
                cursor.copy_expert(f'COPY "{table}" TO STDOUT (FORMAT binary)', copied)
                rows[table] = copied.getvalue()
        return cls(rows)

    def put_back(self) -> None:
        """The database holds these rows again and no others."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")  # no trigger fires
            for table in _with_rows(cursor):
                cursor.execute(f'DELETE FROM "{table}"')
            for table, copied in self.rows.items():
                cursor.copy_expert(f'COPY "{table}" FROM STDIN (FORMAT binary)', io.BytesIO(copied))
        ContentType.objects.clear_cache()


def can_keep() -> bool:
    """Whether the database lets us: a PostgreSQL, and as its superuser."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])


def measure() -> None:
    """Tell PostgreSQL how large its tables are now, as the demonstration does when it is loaded."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def truncate() -> None:
    """Give back the room of a great many rows; what is left of them would slow the next journeys."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        tables = ", ".join(f'"{table}"' for table in _tables(cursor))
        cursor.execute(f"TRUNCATE {tables}")


def _tables(cursor: CursorWrapper) -> list[str]:
    return sorted(set(connection.introspection.table_names(cursor)) - NOT_ROWS)


def _with_rows(cursor: CursorWrapper) -> list[str]:
    asked = (
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")" for table in _tables(cursor)
    )
    cursor.execute(" UNION ALL ".join(asked))
    return [table for (table,) in cursor.fetchall()]
