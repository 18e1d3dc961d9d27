"""The way from SQLite to PostgreSQL and back, with the whole demonstration and nothing lost."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tools import servers

pytestmark = pytest.mark.service
ROOT = Path(settings.BASE_DIR)
LINE = re.compile(r"^ *([\d,]+)  ([0-9a-f]{16})  (\w+)$", re.MULTILINE)


def manage(folder: Path, *words: str, database: str = "", fails: bool = False) -> str:
    """What the command printed; ``database`` is the service's own, SQLite in ``folder`` if empty."""
    variables = {
        "PATH": os.environ["PATH"], "ENV_FILE": os.devnull, "VAR_DIR": str(folder),
        "DATABASE_URL": database, "SECRET_KEY": "only-for-the-test-suite-" + "0" * 40,
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=variables, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    assert bool(done.returncode) is fails, done.stdout + done.stderr
    return done.stdout + done.stderr


def tables(printed: str) -> dict[str, tuple[str, str]]:
    """Rows and digest of each table, as the command told them."""
    return {table: (rows, digest) for rows, digest, table in LINE.findall(printed)}


def test_to_postgresql_and_back_loses_nothing(tmp_path) -> None:
    first, last = tmp_path / "first", tmp_path / "last"
    with servers.postgres() as address:
        for folder, database in ((first, ""), (first, address), (last, "")):
            manage(folder, "migrate", "--verbosity", "0", database=database)
        manage(first, "load_demonstration")
        there = tables(manage(first, "copy_to", address))
        back = tables(manage(last, "copy_to", f"sqlite:///{last}/db.sqlite3", database=address))
        assert back == there
        assert int(there["engagement_participation"][0].replace(",", "")) > 20_000

        again = manage(first, "copy_to", address, fails=True)
        assert "The target is not empty" in again
        # New rows take new ids on both: the sequences went along.
        for folder, database in ((first, address), (last, "")):
            manage(folder, "assess", database=database)
