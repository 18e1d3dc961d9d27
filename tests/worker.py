"""A real Celery worker process that works on the test's own database."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from jobs import queries
from tools.supervisor import end_with_parent

READY_LIMIT = 30.0


@contextlib.contextmanager
def running_worker(*options: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker that has said that it is alive. Needs committed rows: a transactional test."""
    log = Path(settings.VAR_DIR) / "worker.log"
    command = [sys.executable, "-m", "celery", "--app", "config", "worker", "--pool", "threads",
               "--concurrency", "2", "--loglevel", "INFO", "--without-gossip",
               "--without-mingle", "--without-heartbeat", *options]  # fmt: skip
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, env=worker_environment(), cwd=settings.BASE_DIR,
            stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
            preexec_fn=end_with_parent,  # also when the tests themselves are killed
        )  # fmt: skip
    try:
        until(
            lambda: process.poll() is not None or queries.last_seen("worker") is not None,
            limit=READY_LIMIT,
        )
        assert process.poll() is None, "the worker ended"
        yield process
    except BaseException:
        print(log.read_text()[-6000:])  # noqa: T201 - pytest shows it with the failure
        raise
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def worker_environment() -> dict[str, str]:
    """The settings of this test's process for another one, with the test's database by name."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "ENV_FILE": os.devnull,
        "SECRET_KEY": settings.SECRET_KEY,
        "VAR_DIR": str(settings.VAR_DIR),
        "DATABASE_URL": _database_address(),
        "REDIS_URL": settings.REDIS_URL,
        "DEMONSTRATION": "on",  # mail is kept in a table, where a journey finds it
        "EMAIL_URL": "",
    }


def until(reached: Callable[[], object], *, limit: float) -> None:
    """Wait for a condition; ``AssertionError`` when it is not reached in ``limit`` seconds."""
    deadline = time.monotonic() + limit
    while not reached():
        assert time.monotonic() < deadline, f"not reached in {limit} seconds"
        time.sleep(0.05)


def _database_address() -> str:
    """Empty for SQLite, which the worker finds in VAR_DIR (see config/settings_test.py)."""
    if connection.vendor == "sqlite":
        return ""
    found = connection.settings_dict
    password = f":{found['PASSWORD']}" if found["PASSWORD"] else ""
    host = f"{found['HOST']}:{found['PORT']}" if found["PORT"] else found["HOST"]
    if host.startswith("/"):  # a socket's folder
        host = f"/{host}"
    return f"postgres://{found['USER']}{password}@{host}/{found['NAME']}"
