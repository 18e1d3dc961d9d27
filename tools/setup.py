"""Makes the machine ready: `python3 -m tools.setup run` or `test`. Standard library only.

A virtual environment, the pinned packages with their hashes checked, and the front-end files.
Nothing is done twice: the second time takes well under a second.
"""

import importlib.util
import sys

from tools import front_end
from tools.steps import BIN, PYTHON, ROOT, VENV, call, end_on_term, once, say

TOOLS = ROOT / "tools"


def make_environment() -> None:
    """A virtual environment of this Python, with the pinned uv in it."""
    if importlib.util.find_spec("ensurepip") is None:
        raise SystemExit("Python's venv is missing. On Debian: apt-get install python3-venv")
    say("Making the virtual environment in .venv")
    call(sys.executable, "-m", "venv", "--clear", VENV)
    call(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
         "--require-hashes", "--requirement", TOOLS / "uv.txt")  # fmt: skip


def install(name: str) -> None:
    """The packages of one pinned list, each file's hash checked."""
    requirements = TOOLS / "node.txt" if name == "node" else ROOT / f"{name}.txt"

    def do() -> None:
        say(f"Installing {requirements.name}")
        call(BIN / "uv", "pip", "install", "--quiet", "--python", PYTHON, "--require-hashes",
             "--compile-bytecode", "--requirement", requirements)  # fmt: skip

    once(VENV / f".done-{name}", inputs=[requirements], do=do)


def main(purpose: str) -> None:
    """Everything that `make run` (purpose "run") or `make test` (purpose "test") needs."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this runs on whatever the machine has
        raise SystemExit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    made = VENV / ".done-venv"
    if not PYTHON.exists():  # the Python that it was made of is gone
        made.unlink(missing_ok=True)
    about = f"{VENV} {sys.version_info[:2]}"
    once(made, inputs=[TOOLS / "uv.txt"], about=about, do=make_environment)
    install("requirements")
    if purpose == "test":
        install("requirements-dev")
    if not front_end.machine_npm():
        install("node")
    front_end.prepare(with_browser=purpose == "test")


if __name__ == "__main__":
    end_on_term()
    main(sys.argv[1])
