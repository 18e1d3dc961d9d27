"""What a parser can do to its process: tasks for the tests of the child."""

import os
import signal
import time
from pathlib import Path

from files.rules.wrong import WrongKindError


def length(path: Path, *, more: int = 0) -> dict[str, int]:
    return {"bytes": path.stat().st_size + more}


def refuse(path: Path) -> None:
    raise WrongKindError("is not wanted. Send another one")


def for_ever(path: Path) -> None:
    while True:
        pass


def asleep(path: Path) -> None:
    time.sleep(600)


def greedy(path: Path) -> int:
    return len(bytearray(4 * 1024**3))


def crash(path: Path) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def fault(path: Path) -> None:
    raise RuntimeError("a fault of ours")


def curious(path: Path) -> list[str]:
    return sorted(os.environ)


def endless_result(path: Path) -> str:
    return "x" * (70 * 1024 * 1024)


def aborting(path: Path) -> None:
    """As a parser in Rust ends that is given no more memory."""
    os.write(2, b"memory allocation of 30000 bytes failed\n")
    os.abort()


def chatty(path: Path) -> None:
    while True:
        os.write(2, b"a warning without end\n" * 50_000)
