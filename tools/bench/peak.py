"""Does one kind of work and prints the most memory that this process had, in kilobytes.

python -m tools.bench.peak night|pages|nothing
"""

import sys
from collections.abc import Callable
from pathlib import Path

import django

django.setup()

from tools.bench import country, national, pages  # noqa: E402 - needs the apps
from tools.bench.undoing import undone  # noqa: E402


def night() -> None:
    """What the worker does in the coming night."""
    undone(lambda: national.assess_tomorrow(country.all_plans()))()


def every_page() -> None:
    """Every page that is measured, twice."""
    for goal in pages.goals():
        if not goal.control:
            goal.subject()
            goal.subject()


def peak() -> int:
    """Of this program alone: what `getrusage` says begins with what its parent had."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM:")))


WORK: dict[str, Callable[[], None]] = {
    "night": night, "pages": every_page, "nothing": lambda: None,
}  # fmt: skip

if __name__ == "__main__":
    WORK[sys.argv[1]]()
    print(peak())
