"""What happened, who took part and for whom they spoke, what was said, and what they say of it."""

from engagement.models.attestations import Answer, Attestation, Resolution
from engagement.models.claims import (
    Claim,
    ClaimKind,
    ClaimState,
    Collation,
    Comment,
    Evidence,
)
from engagement.models.credited import Credited
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
    Status,
)
from engagement.models.imports import AttendanceImport, AttendanceRow
from engagement.models.points import Point, PointFate
from engagement.models.questions import AnswerLink, Question
from engagement.models.reach import Reach, SummaryDay

__all__ = [
    "Answer",
    "AnswerLink",
    "AttendanceImport",
    "AttendanceRow",
    "Attestation",
    "CancelReason",
    "Channel",
    "Claim",
    "ClaimKind",
    "ClaimState",
    "Collation",
    "Comment",
    "Credited",
    "Event",
    "EventDraft",
    "EventPlan",
    "Evidence",
    "Level",
    "NoteReader",
    "Outcome",
    "Participation",
    "Point",
    "PointFate",
    "Question",
    "Reach",
    "Resolution",
    "Status",
    "SummaryDay",
]
