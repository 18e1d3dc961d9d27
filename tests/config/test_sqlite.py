"""A SQLite that could lose writes is refused, naming what it lacks."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import ConnectionHandler
from django.db.backends.base.base import BaseDatabaseWrapper

from config import settings as product
from config import sqlite

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(tmp_path: Path) -> Iterator:
    """Opens a new database with the product's options, changed as asked."""
    made: list[BaseDatabaseWrapper] = []

    def opened(**changes: object) -> BaseDatabaseWrapper:
        options = deepcopy(product.SQLITE_OPTIONS) | changes
        kept = {name: value for name, value in options.items() if value is not None}
        handler = ConnectionHandler(
            {
                "default": {
                    "ENGINE": "django.db.backends.sqlite3",
                    "NAME": tmp_path / "db",
                    "OPTIONS": kept,
                }
            }
        )
        made.append(handler["default"])
        return made[-1]

    yield opened
    for connection in made:
        connection.close()


def test_the_products_own_options_keep_every_promise(opened) -> None:
    assert sqlite.missing_promises(opened()) == []


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"init_command": "PRAGMA synchronous=FULL"}, "PRAGMA journal_mode=WAL"),
        (
            {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL"},
            "synchronous=FULL",
        ),
        ({"timeout": 1}, "a timeout of at least 5 seconds"),
        ({"transaction_mode": None}, "transaction_mode IMMEDIATE"),
    ],
)
def test_a_missing_promise_stops_the_start_by_name(opened, changes: dict, named: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=named):
        sqlite.refuse_unless_safe(opened(**changes))
