"""When a failing criterion becomes urgent."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

URGENCY_DAYS = (60, 30, 14)
"""Days before the milestone at which a flag rises. Ours: no official number exists."""


class Urgency(StrEnum):
    """How near the milestone is while a must is not met, from the mildest on."""

    NOTICE = "notice"
    RAISED = "raised"
    HIGH = "high"
    URGENT = "urgent"


def urgency(milestone: date, as_at: date, days: Sequence[int] = URGENCY_DAYS) -> Urgency:
    """Urgency by the days that are left; a milestone in the past stays at the highest.

    A limit is reached when that many days or fewer are left, so a night that was missed is
    caught by the next one.
    """
    left = (milestone - as_at).days
    reached = sum(left <= limit for limit in days)
    return tuple(Urgency)[reached]
