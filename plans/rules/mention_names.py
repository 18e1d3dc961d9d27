"""The words that stand for each group of stakeholders in a text: those that come with the service.

An administrator adds to them and leaves some out (``plans.queries.mentions.names_in_use``).
"""

from collections.abc import Iterable, Mapping

GENERAL_PRACTICE = "gp_practice"
"""The group whose count is read against the others: general practice in all its words."""

NAMES: Mapping[str, tuple[str, ...]] = {
    GENERAL_PRACTICE: (
        "general practice", "general practices", "general practitioner", "general practitioners",
        "GP", "GPs", "GP's", "GPs'", "family doctor", "family doctors", "family practice",
        "primary care network", "primary care networks", "PCN", "PCNs",
        "local medical committee", "local medical committees", "LMC", "LMCs",
    ),
    "commissioner": (
        "clinical commissioning group", "clinical commissioning groups", "CCG", "CCGs",
        "sub-ICB", "sub-ICBs", "sub-ICB location", "sub-ICB locations",
    ),
    "icb": (
        "integrated care board", "integrated care boards", "ICB", "ICBs",
    ),
    "trust": (
        "NHS trust", "NHS trusts", "foundation trust", "foundation trusts", "NHS foundation trust",
        "NHS foundation trusts", "acute trust", "acute trusts", "ambulance trust",
        "ambulance trusts", "community trust", "community trusts", "hospital trust",
        "hospital trusts", "mental health trust", "mental health trusts", "provider trust",
        "provider trusts", "trust board", "trust boards", "trusts",
    ),
    "council": (
        "local authority", "local authorities", "local government", "council", "councils",
        "councillor", "councillors",
    ),
    "hwb": (
        "health and wellbeing board", "health and wellbeing boards", "health and well-being board",
        "health and well-being boards", "health & wellbeing board", "health & wellbeing boards",
        "health and wel being board", "health and wel being boards",
        "HWB", "HWBs",
    ),
    "healthwatch": ("healthwatch",),
    "royal_college": (
        "royal college", "royal colleges", "royal college of general practitioners", "RCGP",
    ),
    "vcse": (
        "voluntary, community and social enterprise", "voluntary, community or social enterprise",
        "voluntary sector", "voluntary and community sector", "voluntary and community",
        "voluntary organisation", "voluntary organisations", "community organisation",
        "community organisations", "council for voluntary service", "third sector", "third sectors", "charity",
        "charities", "social enterprise", "social enterprises", "VCSE", "VCSEs", "VCFSE", "VCS",
        "voluntary",
    ),
    "social_care": ("social care", "adult social services", "social services", "ADASS"),
    "public_health": (
        "public health", "director of public health", "directors of public health", "DPH",
    ),
    "patient_group": (
        "patient participation group", "patient participation groups", "PPG", "PPGs",
        "patient group", "patient groups", "patient forum", "patient forums",
        "patient representative", "patient representatives",
    ),
    "independent": ("independent sector", "independent provider", "independent providers"),
}  # fmt: skip
"""The words that stand for each category of stakeholder. "Primary care" is not among those of
general practice: it means pharmacists, dentists and opticians as well. "Trust" alone is a virtue.
Copying from a PDF turns the ligature of "wellbeing" into "wel being"."""

Names = Mapping[str, tuple[str, ...]]
"""Group -> the words that stand for it."""


def with_changes(
    added: Iterable[tuple[str, str]], left_out: Iterable[tuple[str, str]]
) -> dict[str, tuple[str, ...]]:
    """The list that comes with the service, with pairs of group and word added and left out."""
    without, more = set(left_out), dict.fromkeys(added)
    return {
        group: (
            *(name for name in names if (group, name) not in without),
            *(name for of, name in more if of == group and name not in names),
        )
        for group, names in NAMES.items()
    }
