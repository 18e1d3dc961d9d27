"""When a failing criterion becomes urgent."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

URGENCY_DAYS = (60, 30, 14)
"""Days before the milestone at which a flag rises, where a policy names none. Ours: no official
number exists."""

MOST_DAYS = 365


def flag_days_problem(days: Sequence[int]) -> str:
    """What is wrong with a policy's days for flags, as a sentence; empty when they can be used."""
    if len(days) != len(URGENCY_DAYS) or any(not 1 <= day <= MOST_DAYS for day in days):
        return f"Enter {len(URGENCY_DAYS)} numbers of days between 1 and {MOST_DAYS}."
    if sorted(set(days), reverse=True) != list(days):
        return "Each number of days must be smaller than the one before."
    return ""


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
