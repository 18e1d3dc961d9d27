"""What runs in the child process: takes its limits upon itself, does one task, writes the result.

Called by ``files.child`` only, as ``python -m files.inside``. Knows nothing of Django, of the
settings or of the database; what it is told comes by standard input as JSON.
"""

import errno
import importlib
import json
import resource
import sys
from pathlib import Path
from typing import Any

from files.rules.wrong import WrongKindError

TOO_MUCH_MEMORY = 3
"""Exit code of a task that asked for more memory, or came to a larger result, than it may have."""

MOST_WRITTEN = 64 * 1024 * 1024
"""Bytes of any file that the task may write, its result among them."""


def main() -> int:
    """Limits first, then the task; the exit code says whether there is a result."""
    asked = json.load(sys.stdin)
    _limit(asked["seconds"], asked["megabytes"])
    try:
        told = _done(asked)
        Path(asked["result"]).write_text(json.dumps(told), encoding="utf-8")
    except MemoryError:
        return TOO_MUCH_MEMORY
    except OSError as problem:
        if problem.errno != errno.EFBIG:
            raise
        return TOO_MUCH_MEMORY
    return 0


def _done(asked: dict[str, Any]) -> dict[str, Any]:
    module, _, function = asked["task"].partition(":")
    task = getattr(importlib.import_module(module), function)
    try:
        return {"result": task(Path(asked["path"]), **asked["arguments"])}
    except WrongKindError as problem:
        return {"refused": str(problem)}


def _limit(seconds: int, megabytes: int) -> None:
    """What the kernel enforces, whatever the file makes a parser do."""
    memory = megabytes * 1024 * 1024
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, MOST_WRITTEN),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(what, (most, most))
    # At the second number it would be killed as if for its memory; at the first it is told why.
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))


if __name__ == "__main__":
    sys.exit(main())
