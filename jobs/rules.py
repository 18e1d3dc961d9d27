"""When a run may be tried, and when it is given up. Pure."""

import datetime as dt

ATTEMPT_LIMIT = 3
"""Tries before a run is set aside for a person, so that a poisonous one ends."""

LEASE = dt.timedelta(minutes=2)
"""A running run that has said nothing for this long has lost its worker."""

PATIENCE = dt.timedelta(seconds=20)
"""How long a waiting run's message may take before it is sent again."""


def is_used_up(attempts: int) -> bool:
    """Whether a run that was tried this often is set aside."""
    return attempts >= ATTEMPT_LIMIT


def share_done(done: int, total: int) -> int:
    """Whole percent of the way; 0 while the total is unknown."""
    return 100 * min(done, total) // total if total else 0
