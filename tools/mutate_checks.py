"""Removes each permission check in turn and says whether a test noticed (make mutate).

    .venv/bin/python -m tools.mutate_checks [part of a path]

First every request of the permission matrix and of the canaries, in one process and one world; then,
for the checks that these do not miss, the tests of the apps: each test runs again without each check
that it reached. What is found is added to build/mutants.jsonl at once. Prints each check that no test
missed and ends with 1 where there is one; a check that only decides what a page offers is named with
its reason (tools.mutation.drawing). Takes half an hour, so it is no part of make test; a small piece
of it is (tests/tools/test_mutate_checks.py).
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tools.mutation.drawing import reason_of
from tools.steps import BUILD, PYTHON, ROOT, environment, say

PYTEST = (
    str(PYTHON), "-m", "pytest", "--quiet", "-p", "tools.mutation.hook", "-p", "no:cacheprovider",
    "--timeout", "0",  # the walk through all requests is one test, and takes its time
)  # fmt: skip
TESTS = ("tests/engagement", "tests/readiness", "tests/consultations", "tests/plans", "tests/stakeholders", "tests/accounts",
         "tests/mail", "tests/config", "tests/files", "tests/jobs")  # fmt: skip
FOUND = BUILD / "mutants.jsonl"

Checks = dict[str, dict[str, Any]]
"""By place: what it says (text), what missed it (by), how many requests reached it."""


def walked(part: str, *, routes: str = "", found: Path | None = None) -> Checks:
    """The checks and what the matrix and the canaries said of each."""
    with tempfile.TemporaryDirectory() as folder:
        kept = found or Path(folder) / "found.jsonl"
        said = _pytest("tests/meta/mutants.py", f"--mutants-found={kept}",
                       f"--mutants-in={part}", f"--mutants-routes={routes}")  # fmt: skip
        if "1 passed" not in said:
            raise SystemExit(said[-4000:])
        return {line["place"]: line for line in _lines(kept)}


def missed_by_tests(places: Sequence[str], *, tests: Sequence[str], found: Path) -> dict[str, str]:
    """Which test failed without a check; nothing of the checks that no test missed."""
    with tempfile.TemporaryDirectory() as folder:
        left = Path(folder) / "left.txt"
        left.write_text("\n".join(places))
        _pytest(*tests, f"--mutants-left={left}", f"--mutants-found={found}")
    return {line["place"]: line["by"] for line in _lines(found)}


def _lines(found: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in found.read_text().splitlines()] if found.exists() else []


def _pytest(*arguments: str) -> str:
    variables = environment(DATABASE_URL="", REDIS_URL="", PYTHONDONTWRITEBYTECODE="1")
    done = subprocess.run(
        [*PYTEST, *arguments], cwd=ROOT, env=variables, check=False, capture_output=True, text=True
    )
    return done.stdout + done.stderr


def main(arguments: Sequence[str]) -> int:
    """The table, and 1 where a check can go unnoticed."""
    began = time.monotonic()
    BUILD.mkdir(exist_ok=True)
    FOUND.unlink(missing_ok=True)
    say(f"Mutants: the matrix and the canaries; {FOUND.relative_to(ROOT)} says how far it is")
    checks = walked(arguments[0] if arguments else "", found=FOUND)
    left = [place for place, check in checks.items() if not check["by"]]
    say(f"Mutants: {len(checks) - len(left)} of {len(checks)} are missed; the tests of the apps")
    for place, test in missed_by_tests(left, tests=TESTS, found=FOUND).items() if left else ():
        checks[place]["by"] = test
    return told(checks, seconds=time.monotonic() - began)


def told(checks: Checks, *, seconds: float) -> int:
    """Prints the table; 1 where a check can go unnoticed and does more than draw."""
    survivors = 0
    for place, check in sorted(checks.items()):
        drawn = reason_of(place, check["text"])
        survived = not check["by"] and not drawn
        survivors += survived
        word = "SURVIVED" if survived else "missed" if check["by"] else "draws"
        print(f"{word:<8}  {place}  {check['text'][:90]}\n            {check['by'] or drawn}")
    print(f"{len(checks)} checks, {survivors} can go unnoticed; {seconds:.0f} s")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
