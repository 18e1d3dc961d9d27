"""Fills the migrated, empty database that Django was set up for with the country of one size."""

import datetime as dt
import random
from collections.abc import Callable

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

from tools.bench.scale import areas, bodies, happenings, rounds, users
from tools.bench.scale.indexes import indexes_later
from tools.bench.scale.sizes import SEED, Size

Say = Callable[[str], None]


def build(size: Size, *, today: dt.date, say: Say) -> None:
    """Every row, then the statistics."""
    write(size, today=today, say=say)
    say("Statistics")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


@transaction.atomic
def write(size: Size, *, today: dt.date, say: Say) -> None:
    """Every row, in one transaction, and the sequences after them."""
    with indexes_later(say):
        say(f"Size {size.name}: organisations, people and plans")
        country = areas.country(_dice("areas"))
        found = bodies.write(country, _dice("bodies"), today=today, years=size.years)
        plans = rounds.write(country, found, _dice("rounds"), today=today, years=size.years)
        since = today - dt.timedelta(days=365 * size.years + 400)
        manager = users.write(country, found, plans, since=since)
        happenings.write(
            size, (country, found, plans, manager), _dice("happenings"), today=today, say=say
        )
    _set_sequences()


def _dice(purpose: str) -> random.Random:
    return random.Random(f"{SEED}:{purpose}")  # noqa: S311 - made-up rows, nothing secret


def _set_sequences() -> None:
    """The next row of ours must not take the key of a row that was written with one."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)
