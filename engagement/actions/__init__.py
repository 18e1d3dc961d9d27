"""Writes to engagement. Each is one transaction that leaves an audit row and marks its plans."""

from engagement.actions.drafts import (
    DraftAlreadySaved,
    DraftDiscarded,
    discard_draft,
    rebase_draft,
    save_step,
    start_draft,
    start_edit,
)
from engagement.actions.events import (
    EventChanged,
    amend_event,
    close_planned_event,
    record_event,
    withdraw_event,
)
from engagement.actions.people import NewPerson, add_attendee
from engagement.actions.summary import mark_counts_due

__all__ = [
    "DraftAlreadySaved",
    "DraftDiscarded",
    "EventChanged",
    "NewPerson",
    "add_attendee",
    "amend_event",
    "close_planned_event",
    "discard_draft",
    "mark_counts_due",
    "rebase_draft",
    "record_event",
    "save_step",
    "start_draft",
    "start_edit",
    "withdraw_event",
]
