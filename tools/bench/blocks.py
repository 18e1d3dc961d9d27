"""How many blocks a piece of work reads in PostgreSQL: a count, which no other work disturbs."""

from django.db import connection

from tools.bench.judge import Work

_READ = """
SELECT pg_stat_get_db_blocks_fetched(oid) FROM pg_database WHERE datname = current_database()
"""


def blocks_read(work: Work) -> int:
    """Blocks of 8 kB asked for while ``work`` ran, from memory or disk; it must end its transaction."""
    work()  # so that no plan is made and nothing of the catalogue is read for the first time
    before = _so_far()
    work()
    return _so_far() - before


def _so_far() -> int:
    """What this session has read is told to the others when it is idle, and at once when asked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(_READ)
        return int(cursor.fetchone()[0])
