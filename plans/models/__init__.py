"""Footprints and who belongs to them when; plans, their phases, seats and papers.

Every ``valid_from`` and ``valid_to`` is an inclusive day; an empty ``valid_to`` means "still".
"""

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
    Consultation,
    GroupReason,
    Opinion,
    OpinionKind,
    PlanVersion,
    Sharing,
    SpecialistAdvice,
    Triage,
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
    "Extent",
    "Footprint",
    "FootprintGrant",
    "FootprintKind",
    "FootprintRegion",
    "FootprintSuccession",
    "GroupReason",
    "Membership",
    "Opinion",
    "OpinionKind",
    "Phase",
    "Plan",
    "PlanType",
    "PlanVersion",
    "RecordedModel",
    "RecordedQuerySet",
    "Region",
    "Sharing",
    "SpecialistAdvice",
    "Triage",
    "Visibility",
    "withdrawn_with_reason",
]
