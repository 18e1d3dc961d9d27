"""What happened, who took part and for whom they spoke, what was said, and what they say of it."""

from engagement.models.attestations import Answer, Attestation, Resolution
from engagement.models.drafts import EventDraft
from engagement.models.events import (
    CancelReason,
    Channel,
    Event,
    EventPlan,
    Level,
    NoteReader,
    Outcome,
    Participation,
    Point,
    Status,
)
from engagement.models.reach import Reach, SummaryDay

__all__ = [
    "Answer",
    "Attestation",
    "CancelReason",
    "Channel",
    "Event",
    "EventDraft",
    "EventPlan",
    "Level",
    "NoteReader",
    "Outcome",
    "Participation",
    "Point",
    "Reach",
    "Resolution",
    "Status",
    "SummaryDay",
]
