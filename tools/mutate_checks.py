"""Removes each permission check in turn and says whether a test noticed (make mutate).

    .venv/bin/python -m tools.mutate_checks [part of a path]

First every request of the permission matrix and of the canaries, in one process and one world; then,
for a check that these do not miss, the tests of the apps that reach it, one process for each. Prints
each check that no test missed and ends with 1 where there is one. Takes half an hour, so it is no
part of make test; a small piece of it is (tests/tools/test_mutate_checks.py).
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tools.steps import PYTHON, ROOT, environment, say

PYTEST = (
    str(PYTHON),
    "-m",
    "pytest",
    "--quiet",
    "-p",
    "tools.mutation.hook",
    "-p",
    "no:cacheprovider",
)
TESTS = ("tests/accounts", "tests/engagement", "tests/files", "tests/jobs", "tests/mail",
         "tests/plans", "tests/readiness", "tests/stakeholders", "tests/config")  # fmt: skip
MOST_TESTS = 40
"""Tests asked about one check."""


def walked(places: str, *, routes: str = "") -> dict[str, Any]:
    """The checks and what the matrix and the canaries said of each."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "found.json"
        more = {"MUTANTS_FOUND": str(kept), "MUTANT_PLACES": places, "MUTANT_ROUTES": routes}
        done = _pytest(["tests/meta/mutants.py"], more)
        if not kept.exists():
            raise SystemExit(done.stdout[-4000:])
        return dict(json.loads(kept.read_text()))


def reached_by_tests() -> dict[str, list[str]]:
    """Each check with the tests of the apps that reach it."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "seen.tsv"
        _pytest(list(TESTS), {"CHECKS_SEEN": str(kept)})
        found = defaultdict(list)
        for line in kept.read_text().splitlines():
            place, test = line.split("\t")
            found[place].append(test)
    return {place: sorted(tests) for place, tests in found.items()}


def missed_by(place: str, tests: Sequence[str]) -> bool:
    """Whether one of these tests fails without the check."""
    return bool(tests) and _pytest(["-x", *tests[:MOST_TESTS]], {"MUTANT": place}).returncode == 1


def _pytest(arguments: Sequence[str], more: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    variables = environment(DATABASE_URL="", REDIS_URL="", **more)
    return subprocess.run(
        [*PYTEST, *arguments],
        cwd=ROOT, env=variables, check=False, capture_output=True, text=True,
    )  # fmt: skip


def main(arguments: Sequence[str]) -> int:
    """The table, and 1 where a check can go unnoticed."""
    began = time.monotonic()
    say("Mutants: the matrix and the canaries")
    found = walked(arguments[0] if arguments else "")
    checks: dict[str, dict[str, Any]] = found["checks"]
    left = [place for place, check in checks.items() if not check["by"]]
    say(f"Mutants: {len(checks) - len(left)} of {len(checks)} killed; the tests of the apps")
    tests = reached_by_tests() if left else {}
    for place in left:
        if missed_by(place, tests.get(place, [])):
            checks[place]["by"] = "the tests of the apps"
    survivors = {place: check for place, check in checks.items() if not check["by"]}
    for place, check in sorted(checks.items()):
        print(f"{'killed  ' if check['by'] else 'SURVIVED'}  {place}  {check['text'][:90]}")
        if check["by"]:
            print(f"            {check['by']}")
    print(f"{len(checks) - len(survivors)} of {len(checks)} checks cannot go unnoticed; "
          f"{time.monotonic() - began:.0f} s")  # fmt: skip
    return 1 if survivors else 0


if __name__ == "__main__":
    os.environ.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    sys.exit(main(sys.argv[1:]))
