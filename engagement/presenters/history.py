"""What was done to a record, in plain words. The words of the restricted note are never here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import AuditEntry
from engagement.models import CancelReason, Channel, Level, Status
from ui.words import nhs_date, nhs_datetime

VERBS = {
    "event recorded": "logged this event",
    "event amended": "changed the record",
    "event withdrawn": "withdrew the record",
    "event did not happen": "recorded that it did not happen",
    "record confirmed": "agreed with the record",
    "record disputed": "disagreed with the record",
    "dispute answered": "replied to an organisation that disagrees",
}


def _day(value: str) -> str:
    return nhs_date(date.fromisoformat(value))


SHOWN: dict[str, tuple[str, Callable[[Any], str]]] = {
    "held_on": ("Date", _day),
    "title": ("Title", str),
    "channel": ("Channel", lambda value: Channel(value).label),
    "level": ("Level", lambda value: Level(value).label),
    "status": ("Status", lambda value: Status(value).label),
    "cancel_reason": (
        "Why it did not happen",
        lambda value: CancelReason(value).label if value else "none",
    ),
}
"""Fields whose values are shown, each with its name and how it is put into words."""

NAMED = {
    "plans": "Plans changed",
    "attendances": "Who took part changed",
    "points": "Points changed",
    "summary": "Notes changed",
    "period_reason": "Reason for the date changed",
    "has_restricted_note": "Restricted note added or removed",
}
"""Fields of which the history only says that they changed: the record above shows what they are."""


@dataclass(frozen=True, kw_only=True)
class HistoryLine:
    """One entry: when, who did what, and what was different afterwards."""

    when: str
    sentence: str
    changes: list[str]


def history_lines(entries: Iterable[AuditEntry]) -> list[HistoryLine]:
    """The entries in their order."""
    return [
        HistoryLine(
            when=nhs_datetime(entry.recorded_at),
            sentence=_sentence(entry),
            changes=changes(entry.was, entry.became) if entry.before else [],
        )
        for entry in entries
    ]


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """What differs, with both values where they may be shown."""
    different = {name for name in before.keys() & after.keys() if before[name] != after[name]}
    said = [
        f"{words}: {speak(before[name])}, now {speak(after[name])}"
        for name, (words, speak) in SHOWN.items()
        if name in different
    ]
    return said + [words for name, words in NAMED.items() if name in different]


def _sentence(entry: AuditEntry) -> str:
    who = entry.actor.name if entry.actor else "The service"
    reason = entry.became.get("reason")
    said = f"{who} {VERBS.get(entry.verb, entry.verb)}"
    return f"{said}: {reason}" if reason else f"{said}."
