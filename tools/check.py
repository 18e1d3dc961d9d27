"""Every check that needs no test (make check). Reads only; all run, and any finding fails."""

import subprocess
import sys
import tempfile
from pathlib import Path

from tools.steps import BIN, PYTHON, ROOT, environment, say

CHECKS: dict[str, list[str | Path]] = {
    "lint": [BIN / "ruff", "check", "--quiet", "."],
    "format": [BIN / "ruff", "format", "--check", "--quiet", "."],
    "templates": [BIN / "djlint", "templates", "--lint", "--quiet"],
    "types": [BIN / "mypy", "."],
    "layers": [BIN / "lint-imports"],
    "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "django": [PYTHON, "manage.py", "check", "--fail-level", "WARNING"],
}


def main() -> int:
    """Run each check and name those that failed."""
    failed = []
    with tempfile.TemporaryDirectory(prefix="wt-check-") as state:
        variables = environment(VAR_DIR=state, DATABASE_URL="", REDIS_URL="")
        for name, command in CHECKS.items():
            words = [str(word) for word in command]
            if subprocess.run(words, cwd=ROOT, env=variables, check=False).returncode:
                failed.append(name)
            say(f"{'FAILED' if name in failed else 'passed'}  {name}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
