"""The browser, and a real worker beside the live server."""

import os
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.core.management import call_command

from tests.worker import running_worker


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


@pytest.fixture
def demonstration(transactional_db: None) -> None:
    """A year of synthetic engagement in which Bolton LMC was never consulted."""
    call_command("load_demonstration", verbosity=0)


@pytest.fixture
def worker(transactional_db: None, settings: LazySettings) -> Iterator[None]:
    """A worker process on the test's database and the real broker."""
    with running_worker():
        yield
