"""Compiles each hand-written list of requirements into its pinned one, with hashes (make pins)."""

from pathlib import Path

from tools.steps import BIN, call

LISTS = ("requirements", "requirements-dev", "tools/uv", "tools/node")


def main() -> None:
    """No header and no address of an index: the lists are the same on every machine."""
    for name in LISTS:
        call(BIN / "uv", "pip", "compile", "--quiet", "--generate-hashes", "--no-header",
             "--python-version", "3.11", Path(f"{name}.in"), "--output-file", Path(f"{name}.txt"),
             quiet=True)  # fmt: skip


if __name__ == "__main__":
    main()
