"""Indexes and constraints of the large tables, made after the rows are in: three times quicker."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

from engagement.models import EventPlan, Participation, Point

LARGE = [model._meta.db_table for model in (EventPlan, Participation, Point)]  # noqa: SLF001

CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid::regclass::text = ANY(%s) AND contype IN ('f', 'u', 'c') ORDER BY contype DESC, oid
"""
INDEXES = """
SELECT indexname, indexdef FROM pg_indexes i WHERE tablename = ANY(%s) AND NOT EXISTS (
    SELECT 1 FROM pg_constraint WHERE conname = indexname
) ORDER BY indexname
"""


@contextmanager
def indexes_later(say: Callable[[str], None]) -> Iterator[None]:
    """Take them away, let the rows be written, put them back as they were."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        cursor.execute(CONSTRAINTS, [LARGE])
        constraints = cursor.fetchall()
        cursor.execute(INDEXES, [LARGE])
        indexes = cursor.fetchall()
        for table, name, _ in constraints:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        say("Indexes and constraints")
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE"
        )  # a table with checks owed cannot be altered
        for _, definition in indexes:
            cursor.execute(definition)
        for table, name, definition in constraints:
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
