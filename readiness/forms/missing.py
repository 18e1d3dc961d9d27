"""The filters of the missing list."""

from collections.abc import Mapping

from django import forms
from django.http import HttpRequest

from readiness.rules.missing import NO_LOCALITY, MissingChoice
from ui import query
from ui.forms import NhsForm

GROUPS = {"practices": "GP practices", "lmcs": "LMCs", "others": "Other partners"}
SIZES = {
    "large": "10,000 or more",
    "middle": "5,000 to 9,999",
    "small": "Under 5,000",
    "unknown": "Not known",
}
ATTEMPTS = {
    "never": "Never tried",
    "tried": "Invited or tried",
    "informed": "Informed only",
}


class MissingFilters(NhsForm):
    """Up to five selects on one line; only practices have a locality, an LMC and a list."""

    category = forms.ChoiceField(label="Who", choices=GROUPS.items(), required=False)
    locality = forms.ChoiceField(label="Locality", required=False)
    lmc = forms.ChoiceField(label="LMC", required=False)
    size = forms.ChoiceField(
        label="List size", choices=[("", "Any"), *SIZES.items()], required=False
    )
    attempt = forms.ChoiceField(
        label="Last attempt", choices=[("", "Any"), *ATTEMPTS.items()], required=False
    )

    def __init__(
        self, choice: MissingChoice, *, localities: Mapping[str, str], lmcs: Mapping[str, str]
    ) -> None:
        asked = {
            "category": choice.category,
            "locality": choice.locality,
            "lmc": choice.lmc,
            "size": choice.size,
            "attempt": choice.attempt,
        }
        super().__init__(initial=asked)
        self.fields["locality"].choices = [
            ("", f"All {len(localities)}"),
            *_with_none(localities),
        ]
        self.fields["lmc"].choices = [("", f"All {len(lmcs)}"), *lmcs.items()]
        if choice.category != "practices":
            for name in ("locality", "lmc", "size"):
                del self.fields[name]


def _with_none(localities: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(code, name or "No locality") for code, name in localities.items()]


def missing_choice(
    request: HttpRequest, *, localities: Mapping[str, str], lmcs: Mapping[str, str]
) -> tuple[MissingChoice, list[str]]:
    """What was asked for, and a sentence about each part that could not be understood."""
    asked = {
        "category": query.choice(request, "category", GROUPS, "practices"),
        "locality": query.choice(request, "locality", {**localities, NO_LOCALITY: ""}),
        "lmc": query.choice(request, "lmc", lmcs),
        "size": query.choice(request, "size", SIZES),
        "attempt": query.choice(request, "attempt", ATTEMPTS),
    }
    fewest = query.choice(request, "fewest", ("1",))
    problems = [one.problem for one in (*asked.values(), fewest) if one.problem]
    values = {name: one.value for name, one in asked.items()}
    return MissingChoice(**values, fewest=bool(fewest.value)), problems
