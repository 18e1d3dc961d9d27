"""Footprints and who belongs to them when; plans, their phases, seats and papers.

Every ``valid_from`` and ``valid_to`` is an inclusive day; an empty ``valid_to`` means "still".
"""

from plans.models.consultations import Consultation, Duty, MustAsk
from plans.models.footprints import (
    Extent,
    Footprint,
    FootprintGrant,
    FootprintKind,
    FootprintRegion,
    FootprintSuccession,
    Membership,
    Region,
)
from plans.models.papers import (
    Activity,
    Commitment,
    GroupReason,
    MentionName,
    Opinion,
    OpinionKind,
    PlanVersion,
    Reading,
    Sharing,
    SpecialistAdvice,
    Triage,
    VersionPage,
)
from plans.models.plans import LOCALITY_OF, Phase, Plan, PlanType, Visibility
from plans.models.recorded import RecordedModel, RecordedQuerySet, withdrawn_with_reason
from plans.models.seats import Arrangement, BoardSeat, Capacity

__all__ = [
    "LOCALITY_OF",
    "Activity",
    "Arrangement",
    "BoardSeat",
    "Capacity",
    "Commitment",
    "Consultation",
    "Duty",
    "Extent",
    "Footprint",
    "FootprintGrant",
    "FootprintKind",
    "FootprintRegion",
    "FootprintSuccession",
    "GroupReason",
    "Membership",
    "MentionName",
    "MustAsk",
    "Opinion",
    "OpinionKind",
    "Phase",
    "Plan",
    "PlanType",
    "PlanVersion",
    "Reading",
    "RecordedModel",
    "RecordedQuerySet",
    "Region",
    "Sharing",
    "SpecialistAdvice",
    "Triage",
    "VersionPage",
    "Visibility",
    "withdrawn_with_reason",
]
