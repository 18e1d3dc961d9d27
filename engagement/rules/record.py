"""A record as it is to be saved, and what must be true of it whatever the register says."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from engagement.rules.answers import OUTCOMES_BY_STATUS, REACHED


@dataclass(frozen=True, kw_only=True, slots=True)
class Attendance:
    """One organisation's, and where known one person's, part, and as what."""

    organisation_id: int
    person_id: int | None
    capacity: str
    outcome: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PointMade:
    """Something that was said."""

    text: str
    theme: str = ""
    organisation_id: int | None = None
    follow_up_by: dt.date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """Everything that a saved event holds. ``period_reason`` says why it lies outside a plan's time."""

    plan_ids: tuple[int, ...]
    title: str
    held_on: dt.date
    channel: str
    status: str
    level: str
    cancel_reason: str = ""
    period_reason: str = ""
    summary: str = ""
    restricted_note: str = ""
    reader_ids: tuple[int, ...] = ()
    attendances: tuple[Attendance, ...] = ()
    points: tuple[PointMade, ...] = ()


class RecordRefused(ValueError):  # noqa: N818  # reads as what happened
    """The record breaks a rule that no page may let through; ``reasons`` holds the codes."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(", ".join(self.reasons))


def refusals(record: Record, *, today: dt.date) -> list[str]:
    """Codes of everything that forbids saving; empty when it may be saved.

    ``no_plan``; ``not_yet`` (happened, in the future); ``nobody`` (happened without anybody who
    took part); ``impossible_outcome`` (attended what did not happen); ``two_capacities``.
    """
    checks = {
        "no_plan": not record.plan_ids,
        "not_yet": record.status == "happened" and record.held_on > today,
        "nobody": record.status == "happened" and not _anybody(record.attendances),
        "impossible_outcome": any(
            one.outcome not in OUTCOMES_BY_STATUS[record.status] for one in record.attendances
        ),
        "two_capacities": bool(people_in_two_capacities(record.attendances)),
    }
    return [code for code, broken in checks.items() if broken]


def people_in_two_capacities(attendances: Iterable[Attendance]) -> frozenset[int]:
    """Ids of people who are down as having spoken for two sides in one event."""
    capacities = defaultdict(set)
    for one in attendances:
        if one.person_id is not None and one.capacity:
            capacities[one.person_id].add(one.capacity)
    return frozenset(person for person, held in capacities.items() if len(held) > 1)


def outside_period(held_on: dt.date, *, starts_on: dt.date, submission_on: dt.date) -> str:
    """``before_start``, ``after_submission``, or empty inside the plan's own time."""
    if held_on < starts_on:
        return "before_start"
    return "after_submission" if held_on > submission_on else ""


def _anybody(attendances: Iterable[Attendance]) -> bool:
    return any(one.outcome in REACHED for one in attendances)
