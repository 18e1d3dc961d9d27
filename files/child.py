"""Reads what strangers sent in a process of its own, with limits on time and memory.

A file that makes its parser run for ever, eat all memory or crash ends its own process and nothing
else; whoever asked gets a sentence. The child is told nothing of the service: no settings, no
environment, no open files.
"""

import contextlib
import json
import logging
import os
import select
import signal
import subprocess
import sys
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from files import inside

log = logging.getLogger(__name__)

SECONDS = 30
MEGABYTES = 512
"""Source: the hostile files of the reliability catalogue are refused within these."""

TOO_LONG = "takes too long to read. Make it smaller or simpler, and send it again"
TOO_BIG = "needs too much memory to read. Make it smaller or simpler, and send it again"
BROKEN = (
    "could not be read: it is damaged or not what it says it is. Save it anew and send it again"
)

_ENDED_BY = {-signal.SIGXCPU: TOO_LONG, -signal.SIGKILL: TOO_BIG, inside.TOO_MUCH_MEMORY: TOO_BIG}
"""How the child ended, in words. The kernel kills what needs memory that the machine has not."""

_OUT_OF_MEMORY = ("MemoryError", "memory allocation of")
"""The last words of Python and of parsers in Rust when they are given no more memory."""


class Refused(Exception):  # noqa: N818 - it reads as what happened
    """The file was not read. Its text is the end of a sentence that begins with the file's name."""


def run(
    task: str, path: Path, *, seconds: int = SECONDS, megabytes: int = MEGABYTES, **arguments: Any
) -> Any:
    """What ``task`` ("package.module:function") makes of the file, by way of JSON.

    The function is called as ``function(path, **arguments)`` and may refuse by ``WrongKindError``.
    ``seconds`` and ``megabytes`` bound the whole child. Raises ``Refused``; a task that does not
    exist or breaks by a fault of ours is logged and refused as damaged.
    """
    with tempfile.TemporaryDirectory(prefix="wt-child-") as folder:
        result = Path(folder) / "result.json"
        asked = {
            "task": task,
            "path": str(path),
            "result": str(result),
            "seconds": seconds,
            "megabytes": megabytes,
            "arguments": arguments,
        }
        said = Path(folder) / "said.txt"
        with said.open("wb") as errors:
            child = _started(folder, errors)
        _end(child, json.dumps(asked), seconds, said)
        told = json.loads(result.read_text(encoding="utf-8"))
    if "refused" in told:
        raise Refused(told["refused"])
    return told["result"]


@lru_cache(maxsize=1)
def run_once(task: str, path: Path, **arguments: Any) -> Any:
    """As ``run``, for a file that lies under its hash and so never changes; not to be changed.

    What the newest file gave is kept in memory, because the steps of an import look at the same one
    again and again. A refusal is not kept.
    """
    return run(task, path, **arguments)


def _started(folder: str, errors: IO[bytes]) -> subprocess.Popen[str]:
    """The child, in a group of its own so that whatever it starts ends with it.

    What it complains of goes to a file, which has a largest size, and not into our memory.
    """
    known = {
        "PATH": os.defpath,
        "PYTHONPATH": str(settings.BASE_DIR),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": folder,
        "TMPDIR": folder,
        "LANG": "C.UTF-8",
        # A thread of its linear algebra reserves memory that counts against the limit.
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "files.inside"],
        cwd=folder,
        env=known,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=errors,
        text=True,
        start_new_session=True,
    )


def _end(child: subprocess.Popen[str], asked: str, seconds: int, said: Path) -> None:
    """Wait for the child within its time; raises ``Refused`` unless it came to its result."""
    try:
        has_ended = _told(child, asked, seconds)
    except BaseException:
        _kill(child)
        raise
    if not has_ended:
        _kill(child)
        raise Refused(TOO_LONG)
    if child.wait():
        words = _ENDED_BY.get(child.returncode, BROKEN)
        last = _last_of(said)
        log.warning("A child process ended with %s: %s", child.returncode, last)
        raise Refused(TOO_BIG if any(one in last for one in _OUT_OF_MEMORY) else words)


def _told(child: subprocess.Popen[str], asked: str, seconds: int) -> bool:
    """Whether the child, told what to do, ended in its time; known the moment that it does."""
    ended = os.pidfd_open(child.pid)
    try:
        with contextlib.suppress(BrokenPipeError), child.stdin as line:  # type: ignore[union-attr]
            line.write(asked)
        return bool(select.select([ended], [], [], seconds)[0])
    finally:
        os.close(ended)


def _last_of(said: Path) -> str:
    with said.open("rb") as file:
        file.seek(max(0, said.stat().st_size - 2000))
        return file.read().decode("utf-8", "replace")


def _kill(child: subprocess.Popen[str]) -> None:
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()
