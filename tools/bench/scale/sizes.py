"""How large the made-up country is. S is an honest national year, L a stress size."""

from dataclasses import dataclass

SEED = "widen-the-tent-2026"


@dataclass(frozen=True, kw_only=True)
class Size:
    """``written_to`` is the mean number of organisations to which a mailing goes: 2 % of events."""

    name: str
    events: int
    years: int
    written_to: int


SIZES = {
    one.name: one
    for one in (
        Size(name="S", events=2_000, years=1, written_to=170),
        Size(name="M", events=100_000, years=10, written_to=760),
        Size(name="L", events=1_000_000, years=10, written_to=760),
    )
}

SYSTEMS, PLACES = 44, 156
FOOTPRINTS = SYSTEMS + PLACES
PRACTICES = 7_500
LMCS = 80
COMMISSIONERS = 106
NETWORKS = 1_250
PEOPLE = 45_000

OTHERS = {
    "vcse": 6_000,
    "social_care": 3_500,
    "patient_group": 3_000,
    "other": 881,
    "independent": 600,
    "trust": 230,
    "gp_federation": 200,
    "council": 156,
    "hwb": 156,
    "healthwatch": 156,
    "public_health": 156,
    "royal_college": 25,
    "region": 4,
}
"""How many of every other kind of body: 24,000 organisations in all."""

GROWTH_A_YEAR = 1.18
"""Each year has so many times the events of the year before: the last of ten has 19 %."""
