"""make bench: every goal; ends with 1 when one is over its bound.

make bench           the demonstration, on SQLite and on PostgreSQL, fresh and gone afterwards
make bench SIZE=M    the made-up country of that size (S, M or L), on a PostgreSQL that is kept
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tools import servers
from tools.bench.scale.kept import DATABASES, kept
from tools.bench.scale.sizes import SIZES
from tools.steps import PYTHON, ROOT, end_on_term, environment, say

MEASURE = [str(PYTHON), "-m", "tools.bench.one_database"]
MEASURE_SIZE = [str(PYTHON), "-m", "tools.bench.one_size"]


def main(size: str = "", database: str = "postgresql") -> int:
    """Without a size the demonstration on both databases, else the made-up country of that size."""
    if size:
        return national(size, database)
    codes = [measured("")]
    with servers.postgres() as address:
        codes.append(measured(address))
    return ended(codes)


def ended(codes: Sequence[int]) -> int:
    """Say how it went; the worst of the answers."""
    say("Every goal is met." if not any(codes) else "Not every goal is met: see OVER above.")
    return max(codes)


def national(size: str, database: str) -> int:
    """Beside S, measured in the same run: what should not grow is held against it."""
    if size not in SIZES or database not in DATABASES:
        raise SystemExit(
            f"SIZE is {size!r} and DATABASE {database!r}. Allowed: {', '.join(SIZES)}, or nothing; "
            f"{' or '.join(DATABASES)}."
        )
    with tempfile.TemporaryDirectory(prefix="wt-bench-") as state:
        codes = []
        for one in dict.fromkeys(("S", size)):
            figures = Path(state) / f"{one}.json"
            against = ["--against", str(Path(state) / "S.json")] if one != "S" else []
            with kept(one, database, settings("", state)) as variables:
                say(f"Measuring size {one} on {database}; this takes some minutes")
                command = [*MEASURE_SIZE, one, str(figures), *against]
                done = subprocess.run(command, cwd=ROOT, env=variables, check=False)
                codes.append(done.returncode)
    return ended(codes)


def measured(database: str) -> int:
    """One database in a process of its own, since Django's settings are read once."""
    say(f"Measuring on {'PostgreSQL' if database else 'SQLite'}; this takes some minutes")
    with tempfile.TemporaryDirectory(prefix="wt-bench-") as state:
        variables = settings(database, state)
        return subprocess.run(MEASURE, cwd=ROOT, env=variables, check=False).returncode


def settings(database: str, state: str) -> dict[str, str]:
    """The environment in which the service is measured: nothing of the reader's own is touched."""
    return environment(
        DATABASE_URL=database, REDIS_URL="", VAR_DIR=state, DEMONSTRATION="off", LOG_LEVEL="ERROR",
        DJANGO_SETTINGS_MODULE="tools.bench.settings", DEBUG="off", ENV_FILE=os.devnull,
        SECRET_KEY="only-for-measuring-" + "0" * 40,
    )  # fmt: skip


if __name__ == "__main__":
    end_on_term()
    sys.exit(main(*sys.argv[1:]))
