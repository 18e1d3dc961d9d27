"""Steps of setting up that are done once, and again only when what they depend on changes.

Standard library only: this runs before anything is installed, on Debian's Python 3.11.2.
"""

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
PYTHON = BIN / "python"
BUILD = ROOT / "build"


def once(stamp: Path, *, inputs: Sequence[Path], about: str = "", do: Callable[[], None]) -> bool:
    """Call ``do`` unless the stamp says that it was done for these very inputs. True if called."""
    if is_done(stamp, inputs=inputs, about=about):
        return False
    stamp.unlink(missing_ok=True)
    do()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(_fingerprint(inputs, about))
    return True


def is_done(stamp: Path, *, inputs: Sequence[Path], about: str = "") -> bool:
    """Whether the stamp was written for these very inputs."""
    return stamp.exists() and stamp.read_text() == _fingerprint(inputs, about)


def call(
    *command: str | Path, quiet: bool = False, variables: Mapping[str, str] | None = None
) -> None:
    """Run a program to its end; its failure ends this program with one line of explanation."""
    shown = " ".join(str(word) for word in command[:4])
    try:
        done = subprocess.run(
            [str(word) for word in command],
            cwd=ROOT,
            env=variables,
            check=False,
            stdout=subprocess.DEVNULL if quiet else None,
        )
    except OSError as problem:
        raise SystemExit(f"Could not start {shown}: {problem.strerror}") from problem
    if done.returncode:
        raise SystemExit(f"This failed, see above: {shown} ...")


def say(sentence: str) -> None:
    """One line of progress, shown at once."""
    print(f"[{time.strftime('%H:%M:%S')}] {sentence}", flush=True)


def end_on_term() -> None:
    """Let TERM end this program as Ctrl-C does, so that the program it waits for ends with it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def site_packages() -> Path:
    """Where the virtual environment keeps its packages."""
    return next((VENV / "lib").glob("python3*/site-packages"))


def environment(**changes: str) -> dict[str, str]:
    """This program's environment with the virtual environment's programs first."""
    path = f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"
    return os.environ | {"PATH": path, "VIRTUAL_ENV": str(VENV)} | changes


def _fingerprint(inputs: Sequence[Path], about: str) -> str:
    digest = hashlib.sha256(about.encode())
    for path in inputs:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
