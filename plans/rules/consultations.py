"""What people who are consulted have to be given, and what a major service change has to show."""

from collections.abc import Sequence

PACK_PARTS: Sequence[tuple[str, str]] = (
    ("pack_options", "The options"),
    ("pack_costs", "What each costs"),
    ("pack_impact", "What each changes for patients and staff"),
    ("pack_equality", "An equality impact assessment"),
    ("pack_rejected", "What was rejected, and why"),
)
"""The parts of the reasons pack, each by the column that says whether it was there."""

FIVE_TESTS: Sequence[tuple[str, str]] = (
    ("five_engagement", "Strong public and patient engagement"),
    ("five_choice", "Patients keep a choice of provider"),
    ("five_clinical", "A clear clinical evidence base"),
    ("five_commissioners", "Support of the commissioners, clinicians among them"),
    ("five_beds", "Where beds close: other care is there first"),
)
"""The five tests, each by the column that says where it is shown to be met.

Source: the government's mandate to NHS England (four tests, 2010) and NHS England's test on the
closure of beds (2017), in its guidance on planning, assuring and delivering service change.
"""
