"""make bench: every goal on SQLite and on PostgreSQL; ends with 1 when one is over its bound."""

import os
import subprocess
import sys
import tempfile

from tools import servers
from tools.steps import PYTHON, ROOT, end_on_term, environment, say

MEASURE = [str(PYTHON), "-m", "tools.bench.one_database"]


def main() -> int:
    """Both databases, fresh and gone afterwards; the worse of the two answers."""
    codes = [measured("")]
    with servers.postgres() as address:
        codes.append(measured(address))
    say("Every goal is met." if not any(codes) else "Not every goal is met: see OVER above.")
    return max(codes)


def measured(database: str) -> int:
    """One database in a process of its own, since Django's settings are read once."""
    say(f"Measuring on {'PostgreSQL' if database else 'SQLite'}; this takes some minutes")
    with tempfile.TemporaryDirectory(prefix="wt-bench-") as state:
        variables = environment(
            DATABASE_URL=database, REDIS_URL="", VAR_DIR=state, DEMONSTRATION="off", LOG_LEVEL="ERROR",
            DJANGO_SETTINGS_MODULE="tools.bench.settings", DEBUG="off", ENV_FILE=os.devnull,
            SECRET_KEY="only-for-measuring-" + "0" * 40,
        )  # fmt: skip
        return subprocess.run(MEASURE, cwd=ROOT, env=variables, check=False).returncode


if __name__ == "__main__":
    end_on_term()
    sys.exit(main())
