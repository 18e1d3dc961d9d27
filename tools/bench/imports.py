# ruff: noqa: PLC0415 - Django's models can be imported only once it is set up
"""What it takes to bring in 10,000 rows of attendance and 4,000 responses, on both databases.

    .venv/bin/python -m tools.bench.imports        three pairs of each
    .venv/bin/python -m tools.bench.imports 1      one pair

Goals 10 and 10c. The product keeps more than the prototype by which they were set: each row as it
stood in the file, an entry in the history and a question to each organisation named; respondents
beside responses. So the floor is the bare parse of the same file and a bare COPY (SQLite:
executemany) of as many rows of each table as the product writes, into tables without an index. The
bounds are those of the design. Attendance is measured from its file on, through the actions that a
worker calls: the child process, the matching, the preview and the writing. Responses are measured as
the prototype did, by what is confirmed and written, and once more from their file on, by a bound of
our own (what was measured, and a fifth): every answer is searched for what a person must see first.
"""

import os
import subprocess
import sys
import tempfile

from tools import servers
from tools.bench.__main__ import settings
from tools.steps import PYTHON, ROOT, end_on_term, say

PAIRS = 3
BOUNDS = {
    "attendance": {"postgresql": 6.0, "sqlite": 8.0},
    "responses": {"postgresql": 7.0, "sqlite": 7.0},
    "responses from their file on": {"postgresql": 10.0, "sqlite": 9.0},
}


def main(pairs: int) -> int:
    """Each database in a process of its own, since Django's settings are read once."""
    codes = []
    with tempfile.TemporaryDirectory(prefix="wt-bench-") as state:
        codes.append(measured("", state, pairs))
    with servers.postgres() as address, tempfile.TemporaryDirectory(prefix="wt-bench-") as state:
        codes.append(measured(address, state, pairs))
    return max(codes)


def measured(address: str, state: str, pairs: int) -> int:
    variables = settings(address, state)
    migrate = [str(PYTHON), "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, cwd=ROOT, env=variables, check=True)
    command = [str(PYTHON), "-m", "tools.bench.imports", "--here", str(pairs)]
    return subprocess.run(command, cwd=ROOT, env=variables, check=False).returncode


def here(pairs: int) -> int:
    """Measure on the database of this process's settings."""
    import django

    django.setup()

    from statistics import median

    from django.db import connection

    from tools.bench import import_cases

    codes = []
    for name, case in (
        ("attendance", import_cases.Attendance()),
        ("responses", import_cases.Responses()),
        ("responses from their file on", import_cases.ResponsesFromTheirFile()),
    ):
        ratios, times = [], []
        for _ in range(pairs):
            floor, taken = case.floor(), case.subject()
            ratios.append(taken / floor)
            times.append((taken, floor))
        bound = BOUNDS[name][connection.vendor]
        well = median(ratios) <= bound
        taken, floor = times[ratios.index(sorted(ratios)[len(ratios) // 2])]
        say(
            f"{connection.vendor}: {name} {case.what}: {taken:.2f} s, floor {floor:.2f} s, ratio "
            f"{median(ratios):.1f} (bound {bound:.0f}){'' if well else '  OVER'}"
        )
        codes.append(0 if well else 1)
    return max(codes)


if __name__ == "__main__":
    end_on_term()
    arguments = sys.argv[1:]
    if arguments[:1] == ["--here"]:
        sys.exit(here(int(arguments[1])))
    os.chdir(ROOT)
    sys.exit(main(int(arguments[0]) if arguments else PAIRS))
