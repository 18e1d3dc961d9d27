"""The database of one size, kept in build/bench: built once, used again while it is still true.

It is true while the generator and the migrations are those that it was built with; migrations that
came later are run on it. After four weeks it is built anew, since live plans are counted from today.
"""

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tools import servers
from tools.bench.scale.sizes import SIZES
from tools.steps import BUILD, PYTHON, ROOT, say

HERE = Path(__file__).resolve().parent
TRUE_FOR_DAYS = 28
GIB = 2**30
NEEDS = {"S": 1 * GIB, "M": 3 * GIB, "L": 16 * GIB}
"""Free room on the disk before building, in bytes; sorting for the indexes takes most of it."""

LOADING = (
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal",
    "max_wal_senders=0", "max_wal_size=8GB", "shared_buffers=512MB",
)  # fmt: skip
SERVING = ("shared_buffers=1GB", "max_wal_size=4GB", "autovacuum=off")
"""As a server would be set up, with fsync; nobody tidies up while we measure."""

BUILD_IT = [str(PYTHON), "-m", "tools.bench.build_one"]


Variables = dict[str, str]
Opened = Callable[[Path, Sequence[str]], contextlib.AbstractContextManager[Variables]]


@contextlib.contextmanager
def _postgresql(folder: Path, how: Sequence[str]) -> Iterator[Variables]:
    with servers.kept_postgres(folder / "data", how) as address:
        yield {"DATABASE_URL": address}


@contextlib.contextmanager
def _sqlite(folder: Path, _how: Sequence[str]) -> Iterator[Variables]:
    yield {"DATABASE_URL": "", "VAR_DIR": str(folder / "data")}


DATABASES: dict[str, Opened] = {"postgresql": _postgresql, "sqlite": _sqlite}


@contextlib.contextmanager
def kept(size: str, database: str, variables: Variables) -> Iterator[Variables]:
    """The environment of the database of this size, built or brought up to date first."""
    folder, opened = BUILD / "bench" / f"{database}-{size}", DATABASES[database]
    mark = folder / "built.json"
    before = _read(mark)
    if not _is_true(before):
        _make_room(size, folder)
        say(f"Building {SIZES[size].events:,} events in {folder.relative_to(ROOT)}, once")
        began = time.monotonic()
        with opened(folder, LOADING) as own:
            _run("build", size, variables | own)
        _write(mark, built_at=time.time())
        say(f"Built in {time.monotonic() - began:.0f} s")
    elif before["migrations"] != migrations():
        say(f"Newer migrations on the database of size {size}")
        with opened(folder, LOADING) as own:
            _run("migrate", size, variables | own)
        _write(mark, built_at=before["built_at"])
    say(f"Size {size} is ready in {folder.relative_to(ROOT)}")
    with opened(folder, SERVING) as own:
        yield variables | own


def generator() -> str:
    """A fingerprint of what writes the rows."""
    digest = hashlib.sha256()
    for path in sorted(HERE.glob("*.py")):
        if path.name != "kept.py":
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def migrations() -> dict[str, str]:
    """A fingerprint of each migration, by its path."""
    return {
        str(path.relative_to(ROOT)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(ROOT.glob("*/migrations/0*.py"))
    }


def _is_true(mark: dict) -> bool:
    """Same generator, not too old, and every migration of then is still what it was."""
    now = migrations()
    return (
        mark.get("generator") == generator()
        and time.time() - mark["built_at"] < TRUE_FOR_DAYS * 86_400
        and all(now.get(path) == digest for path, digest in mark["migrations"].items())
    )


def _make_room(size: str, folder: Path) -> None:
    """An empty folder on a disk with room enough."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    free = shutil.disk_usage(folder.parent).free
    if free < NEEDS[size]:
        raise SystemExit(
            f"Size {size} needs {NEEDS[size] / GIB:.0f} GiB free to be built, and there are "
            f"{free / GIB:.1f}. Make room, or measure a smaller size."
        )
    folder.mkdir()


def _run(what: str, size: str, variables: Variables) -> None:
    """In a process of its own, since Django's settings are read once."""
    done = subprocess.run([*BUILD_IT, what, size], cwd=ROOT, env=variables, check=False)
    if done.returncode:
        raise SystemExit(f"The database of size {size} could not be made, see above.")
    os.sync()


def _read(mark: Path) -> dict:
    return json.loads(mark.read_text()) if mark.exists() else {}


def _write(mark: Path, *, built_at: float) -> None:
    content = {"generator": generator(), "migrations": migrations(), "built_at": built_at}
    mark.write_text(json.dumps(content, indent=1))
