"""A whole demonstration, loaded once for each module that asks for it, and taken back after."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.utils import timezone

from readiness.demonstration.load import load

TODAY = dt.date(2028, 2, 29)


@contextmanager
def loaded(today: dt.date, *, seed: str = "1") -> Iterator[list[str]]:
    """What the loader said; everything it wrote is rolled back at the end."""
    now = timezone.make_aware(dt.datetime.combine(today, dt.time(18)))
    said: list[str] = []
    with transaction.atomic():
        load(today=today, now=now, seed=seed, say=said.append)
        connection.check_constraints()  # once, or PostgreSQL does so after every test of a module
        yield said
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker) -> Iterator[list[str]]:
    """The demonstration as on a 29 February: every test of the module reads the same rows."""
    with django_db_blocker.unblock(), loaded(TODAY) as said:
        yield said
