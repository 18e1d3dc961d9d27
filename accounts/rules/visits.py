"""How long a visit lasts: pure sums of seconds since 1970."""

HARD_LIMIT = 12 * 60 * 60
"""Seconds after signing in when a visit ends, whatever is done in it."""
GRAIN = 30
"""Seconds: activity is noted this often at most, so a visit may last so much longer when idle."""
WARNING = 2 * 60
"""Seconds before the end when the page says so (WCAG 2.2.1 asks for 20)."""


def seconds_left(*, began: float, seen: float, now: float, idle: float) -> float:
    """How long a visit goes on if nothing is done in it; never more than was promised."""
    return min(seen + idle, began + HARD_LIMIT) - now


def has_ended(*, began: float, seen: float, now: float, idle: float) -> bool:
    """Whether it is over. A clock that was put back frees nobody: such a visit ends as well."""
    if now < seen - GRAIN:
        return True
    return now > seen + idle + GRAIN or now > began + HARD_LIMIT
