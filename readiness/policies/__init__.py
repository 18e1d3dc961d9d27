"""The policies that the service brings, one frozen file each.

A file is never edited once it has been released: plans were assessed by it. A new number, word or
criterion is a new file with the next version and the day from which it is in force.
"""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def shipped() -> list[dict[str, Any]]:
    """Every policy with its criteria, as plain values, by plan type and version."""
    files = sorted(FOLDER.glob("*.json"))
    return [json.loads(file.read_text(encoding="utf-8")) for file in files]
