"""Two people changed one record: who did what, both texts side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import AuditEntry
from engagement.models import CancelReason, Channel, Event, Level, Outcome
from engagement.queries.attendees import Attendee
from engagement.rules.attendees import key_of
from plans.models import Capacity
from ui.words import nhs_datetime

FIELD_NAMES = {
    "plans": "Counts for",
    "held_on": "Date",
    "channel": "Channel",
    "status": "Did it happen?",
    "cancel_reason": "Why it did not happen",
    "title": "Title",
    "rows": "Who took part",
    "level": "Level",
    "summary": "Summary",
    "points": "Points",
    "restricted_note": "Restricted note",
    "readers": "Readers of the note",
}
CHOICES = {
    "channel": dict(Channel.choices),
    "cancel_reason": dict(CancelReason.choices),
    "level": dict(Level.choices),
    "status": {
        "happened": "It happened",
        "planned": "It is planned",
        "not": "It did not happen",
    },
}


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One field in which the texts differ, each as lines."""

    name: str
    before: list[str]
    theirs: list[str]
    mine: list[str]


@dataclass(frozen=True, kw_only=True)
class Names:
    """What ids on the page are called."""

    plans: Mapping[int, str]
    people: Mapping[int, str]
    attendees: Mapping[str, Attendee]


def differences(
    fields: Sequence[tuple[str, str]],
    texts: tuple[Mapping[str, Any], Mapping[str, Any], Mapping[str, Any]],
    names: Names,
) -> list[Difference]:
    """The fields that differ: what was there, what is there now and what was typed."""
    shown = []
    for section, name in fields:
        if name in FIELD_NAMES:
            before, theirs, mine = (
                _lines(name, (text.get(section) or {}).get(name), names) for text in texts
            )
            shown.append(
                Difference(name=FIELD_NAMES[name], before=before, theirs=theirs, mine=mine)
            )
    return shown


def who_was_quicker(event: Event, change: AuditEntry | None) -> str:
    """Who changed or withdrew the record since it was opened, and when."""
    if event.withdrawn_at is not None:
        return (
            f"{event.withdrawn_by} withdrew this record on {nhs_datetime(event.withdrawn_at)}:"
            f" “{event.withdrawn_reason}”."
        )
    if change is None:
        return "Somebody changed this record since you opened it."
    return f"{change.actor or 'The service'} changed this record on {nhs_datetime(change.recorded_at)}, after you had opened it."


def _lines(name: str, value: Any, names: Names) -> list[str]:
    if not value:
        return ["Nothing"]
    if name in CHOICES:
        return [str(CHOICES[name].get(value, value))]
    if name == "points":
        return [point.get("text", "") for point in value]
    if name == "rows":
        return sorted(_row(row, names) for row in value)
    called = {"plans": names.plans, "readers": names.people}.get(name)
    if called is None:
        return [str(value)]
    return [called.get(int(pk), "Not known any more") for pk in value if str(pk).isdecimal()]


def _row(row: Mapping[str, Any], names: Names) -> str:
    attendee = names.attendees.get(key_of(row["organisation"], row["person"]))
    name = attendee.name if attendee else "Somebody who is not in the register any more"
    parts = [name]
    if row["capacity"] in Capacity.values:
        parts.append(f"as {Capacity(row['capacity']).label.lower()}")
    if row["outcome"] in Outcome.values:
        parts.append(str(Outcome(row["outcome"]).label).lower())
    return ", ".join(parts)
