"""What an organisation of the register is, as the analysis of responses counts it. Pure."""

from collections.abc import Mapping

OTHER = "other"

GROUP_OF: Mapping[str, str] = {
    "gp_practice": "practice_staff",
    "gp_federation": "practice_staff",
    "pcn": "pcn",
    "lmc": "lmc",
    "commissioner": "nhs",
    "icb": "nhs",
    "trust": "nhs",
    "region": "nhs",
    "council": "council",
    "hwb": "council",
    "public_health": "council",
    "social_care": "council",
    "vcse": "vcse",
    "healthwatch": "patient",
    "patient_group": "patient",
}
"""Category of the register -> group of a respondent; any other is ``OTHER``."""


def group_of(category: str) -> str:
    """The group of an organisation by its category."""
    return GROUP_OF.get(category, OTHER)
