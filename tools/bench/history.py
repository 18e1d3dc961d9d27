# ruff: noqa: PLC0415 - Django's models can be imported only once it is set up
"""How long a long history takes to seal and to verify: writes many entries, on both databases.

    .venv/bin/python -m tools.bench.history            a million entries on each
    .venv/bin/python -m tools.bench.history 10000      fewer

Goal (the issue's own): a million entries verified within 60 seconds. Ends with 1 when the time for
as many as were written is over the share of it. The databases are made for it and gone afterwards.
"""

import os
import subprocess
import sys
import tempfile

from tools import servers
from tools.bench.__main__ import settings
from tools.steps import PYTHON, ROOT, end_on_term, say

MILLION = 1_000_000
SECONDS = 60.0
PIECE = 5_000


def main(number: int) -> int:
    """Each database in a process of its own, since Django's settings are read once."""
    codes = []
    with tempfile.TemporaryDirectory(prefix="wt-bench-") as state:
        codes.append(measured("", state, number))
    with servers.postgres() as address, tempfile.TemporaryDirectory(prefix="wt-bench-") as state:
        codes.append(measured(address, state, number))
    return max(codes)


def measured(address: str, state: str, number: int) -> int:
    variables = settings(address, state)
    migrate = [str(PYTHON), "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, cwd=ROOT, env=variables, check=True)
    command = [str(PYTHON), "-m", "tools.bench.history", "--here", str(number)]
    return subprocess.run(command, cwd=ROOT, env=variables, check=False).returncode


def here(number: int) -> int:
    """Write, seal and verify on the database of this process's settings."""
    import django

    django.setup()

    import resource
    import time

    from django.db import connection
    from django.utils import timezone

    from accounts.actions import sealing
    from accounts.queries.verification import verified_history

    _write(number)
    began = time.perf_counter()
    sealing.seal(now=timezone.now(), everything=True)
    sealed = time.perf_counter() - began
    began = time.perf_counter()
    found = verified_history()
    verified = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    limit = SECONDS * number / MILLION
    well = not found.findings and found.count == number and verified <= limit
    say(
        f"{connection.vendor}: {number:,} entries sealed in {sealed:.1f} s, verified in "
        f"{verified:.1f} s (limit {limit:.1f} s), {memory:.0f} MB{'' if well else '  OVER'}"
    )
    return 0 if well else 1


def _write(number: int) -> None:
    """Entries like those of a saved event, written many at a time and not by the action."""
    from django.utils import timezone

    from accounts.models import AuditEntry
    from accounts.rules.personal import Values, sealed

    now = timezone.now()
    for start in range(0, number, PIECE):
        made = []
        for one in range(start, min(start + PIECE, number)):
            values: Values = {}
            said = {
                "title": f"Forum {one}",
                "held_on": "2016-04-03",
                "level": "consult",
                "summary": f"What was said at forum {one}, in a sentence or two of plain words.",
                "plans": [one % 44],
                "attendances": [[one + n, None, "provider", "attended"] for n in range(5)],
            }
            made.append(
                AuditEntry(
                    recorded_at=now,
                    request_id=f"{one:036d}",
                    verb="event recorded",
                    object_type="engagement.event",
                    object_key=str(one),
                    object_label=f"Forum {one}, 2016-04-03",
                    before={},
                    after=sealed(said, values),
                    personal=values,
                )
            )
        AuditEntry.objects.bulk_create(made)


if __name__ == "__main__":
    end_on_term()
    if sys.argv[1:2] == ["--here"]:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        sys.exit(here(int(sys.argv[2])))
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else MILLION))
