"""The browser, and a real worker beside the live server."""

import datetime as dt
import os
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.test import TransactionTestCase
from django.utils import timezone
from playwright.sync_api import expect

from tests.system.kept import Kept, can_keep, measure, truncate
from tests.worker import running_worker

PATIENCE = 20_000
"""Milliseconds in which a page shows what is expected: two journeys share the machine."""

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """The Chromium that tools/test.py found; without it the journeys fail and say so."""
    program = os.environ.get("TEST_CHROMIUM")
    if not program:
        pytest.fail("Run the journeys with: .venv/bin/python -m tools.test journeys [tests]")
    return {
        "executable_path": program,
        # Containers offer no user namespaces and little shared memory.
        "args": ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking",
                 "--disable-component-update", "--disable-sync", "--no-first-run"],
    }  # fmt: skip


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, object]:
    """A laptop in England."""
    return {
        "viewport": {"width": 1280, "height": 800},
        "locale": "en-GB",
        "timezone_id": "Europe/London",
    }


@pytest.fixture(scope="session", autouse=True)
def _emptied_by_hand(_history_gives_way_between_tests: None) -> Iterator[None]:
    """After each journey the rows are put back that stand there after Django has emptied it all."""
    emptied = TransactionTestCase._fixture_teardown
    kept: list[Kept] = []

    def empty(self: TransactionTestCase) -> None:
        if not kept:
            emptied(self)
            if can_keep():
                kept.append(Kept.now())
        else:
            kept[0].put_back()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
        yield


_demonstrations: dict[dt.date, Kept] = {}


@pytest.fixture
def demonstration(transactional_db: None) -> Iterator[None]:
    """A year of synthetic engagement in which Bolton LMC was never consulted.

    It is counted from today, so after midnight it is loaded again.
    """
    today = timezone.localdate()
    if today in _demonstrations:
        _demonstrations[today].put_back()
        measure()
    else:
        call_command("load_demonstration", verbosity=0)
        if can_keep():
            _demonstrations[today] = Kept.now()
    yield
    if _demonstrations:
        truncate()


@pytest.fixture
def worker(transactional_db: None, settings: LazySettings) -> Iterator[None]:
    """A worker process on the test's database and the real broker."""
    with running_worker():
        yield
