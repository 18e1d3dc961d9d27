"""Peak memory of a worker that does the whole night, and of a web process after every page."""

import subprocess
import sys
from collections.abc import Iterator

MOST_MEGABYTES = {"peak memory of a night": 150.0, "peak memory of a web process": 160.0}
WHY = "design: 150 MB for the night"


def peaks() -> Iterator[tuple[str, float]]:
    """What each took at its peak in kilobytes: in a process of its own, as a peak never goes down."""
    for name, what in zip(MOST_MEGABYTES, ("night", "pages"), strict=True):
        command = [sys.executable, "-m", "tools.bench.peak", what]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        yield name, float(done.stdout.splitlines()[-1])
