"""Footprints and who belongs to them when; plans, their phases, milestones and seats.

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
from plans.models.plans import LOCALITY_OF, Phase, Plan, PlanType, Visibility
from plans.models.seats import Arrangement, BoardSeat, Capacity

__all__ = [
    "LOCALITY_OF",
    "Arrangement",
    "BoardSeat",
    "Capacity",
    "Extent",
    "Footprint",
    "FootprintGrant",
    "FootprintKind",
    "FootprintRegion",
    "FootprintSuccession",
    "Membership",
    "Phase",
    "Plan",
    "PlanType",
    "Region",
    "Visibility",
]
