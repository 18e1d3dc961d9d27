"""Indexes for words inside a text, which only PostgreSQL has; for migrations.

SQLite reads the table in their place, which it can at its sizes. So does a PostgreSQL whose role may
not add the extension ``pg_trgm``: the service needs no index to be right.
"""

from collections.abc import Callable
from typing import Any

_MAY_ADD = """
SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm') OR (
    EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm')
    AND has_database_privilege(current_database(), 'CREATE')
)
"""

Step = Callable[[Any, Any], None]


def add(**indexes: tuple[str, str]) -> Step:
    """Name of each index -> its table and expression, as the searches write it in SQL."""

    def forwards(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(_MAY_ADD)
            if not cursor.fetchone()[0]:
                return
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            for name, (table, expression) in indexes.items():
                cursor.execute(
                    f"CREATE INDEX {name} ON {table} USING gin ({expression} gin_trgm_ops)"
                )

    return forwards


def drop(*indexes: str) -> Step:
    """The way back."""

    def backwards(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            for name in indexes:
                schema_editor.execute(f"DROP INDEX IF EXISTS {name}")

    return backwards
