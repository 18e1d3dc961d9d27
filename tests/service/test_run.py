"""``make run`` for real: it says Ready, answers, keeps its data, and leaves no process behind."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.worker import until
from tools import run, servers

pytestmark = pytest.mark.service
START = 120.0
STOP = 15.0
ROOT = Path(settings.BASE_DIR)


class Service:
    """The service as ``make run`` starts it, in a folder of its own."""

    def __init__(self, state: Path, **variables: str) -> None:
        self.port = servers.free_port()
        self.log = state / f"log-{self.port}"
        bare = {
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", "/"),
            "ENV_FILE": os.devnull,
        }
        own = {"VAR_DIR": str(state / "var"), "PORT": str(self.port), "DEMONSTRATION": "off"}
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tools.run"], cwd=ROOT, env=bare | own | variables,
                stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        self.tree: list[int] = []

    @property
    def said(self) -> str:
        return self.log.read_text()

    def wait_until_ready(self) -> None:
        until(lambda: "Ready: " in self.said or self.process.poll() is not None, limit=START)
        assert f"Ready: http://127.0.0.1:{self.port}" in self.said, self.said
        self.tree = descendants(self.process.pid)
        assert len(self.tree) >= 5, "web with two workers, worker, scheduler"

    def get(self, path: str) -> tuple[int, str]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return answer.status, answer.read().decode()

    def everything_has_ended(self) -> None:
        self.process.wait(STOP)
        until(lambda: not any(is_alive(pid) for pid in self.tree), limit=STOP)


def descendants(pid: int) -> list[int]:
    """Every process below this one, by /proc."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            child, parent = stat.parent.name, stat.read_text().rpartition(")")[2].split()[1]
            parents.setdefault(int(parent), []).append(int(child))
    found = list(parents.get(pid, []))
    for child in found:
        found.extend(parents.get(child, []))
    return found


def is_alive(pid: int) -> bool:
    """Whether the process runs; a zombie, which only waits to be counted, does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture
def started() -> Iterator[list[Service]]:
    """Services started by the test, ended whatever becomes of it."""
    services: list[Service] = []
    yield services
    for service in services:
        for pid in [service.process.pid, *service.tree]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        service.process.wait()


def start(started: list[Service], state: Path, **variables: str) -> Service:
    started.append(Service(state, **variables))
    started[-1].wait_until_ready()
    return started[-1]


@pytest.mark.parametrize("ask", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_is_ready_when_it_answers_and_ends_whole_when_asked(started, tmp_path, ask) -> None:
    service = start(started, tmp_path)
    assert "Nobody can sign in yet." in service.said
    status, body = service.get("/healthz")
    assert (status, json.loads(body)["worker"]) == (200, True)
    assert service.get("/sign-in/")[0] == 200
    assert service.get(f"/sign-in/?q={'a' * 10_000}")[0] == 200
    service.process.send_signal(ask)
    service.everything_has_ended()
    assert service.process.returncode == 0


def test_nothing_is_left_when_it_is_killed(started, tmp_path) -> None:
    service = start(started, tmp_path)
    service.process.kill()
    service.everything_has_ended()


def test_all_end_when_one_part_ends_and_the_log_names_it(started, tmp_path) -> None:
    service = start(started, tmp_path)
    worker = next(pid for pid in service.tree if b"worker" in Path(f"/proc/{pid}/cmdline").read_bytes()
                  and b"celery" in Path(f"/proc/{pid}/cmdline").read_bytes())  # fmt: skip
    os.kill(worker, signal.SIGKILL)
    service.everything_has_ended()
    assert service.process.returncode == 1
    assert "The worker ended by itself" in service.said


def test_it_keeps_its_data_and_its_key(started, tmp_path) -> None:
    first = start(started, tmp_path)
    key = (tmp_path / "var" / "secret-key").read_text()
    first.process.terminate()
    first.everything_has_ended()
    again = start(started, tmp_path)
    assert (tmp_path / "var" / "secret-key").read_text() == key
    again.process.terminate()
    again.everything_has_ended()


def test_it_uses_the_servers_that_are_named(started, tmp_path) -> None:
    with servers.postgres() as database, servers.redis(servers.redis_program()) as redis:
        service = start(started, tmp_path, DATABASE_URL=database, REDIS_URL=redis)
        assert service.get("/healthz")[0] == 200
        assert not (tmp_path / "var" / "db.sqlite3").exists()
        service.process.terminate()
        service.everything_has_ended()


def test_a_taken_port_is_told_in_one_line() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SystemExit) as refused:
            run.refuse_taken(port)
    words = f"Port {port} is taken. Choose another, for example: PORT={port + 1} make run"
    assert str(refused.value) == words


def test_a_setting_that_cannot_be_is_told_in_one_line() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "tools.run"], cwd=ROOT, env=os.environ | {"PORT": "high"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 1
    assert told.stderr.strip() == "PORT is 'high'. Allowed: a whole number from 1 to 65535."
