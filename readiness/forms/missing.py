"""The filters of the missing list."""

from collections.abc import Mapping

from django import forms
from django.http import HttpRequest

from plans.queries.moment import Moment
from readiness.rules.missing import GROUPS, NO_LOCALITY, PRACTICES, MissingChoice
from ui import query
from ui.forms import NhsForm

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
    """Up to four selects on one line; only practices have a locality, an LMC and a list."""

    category = forms.CharField(widget=forms.HiddenInput, required=False)
    locality = forms.ChoiceField(label="Locality", required=False)
    lmc = forms.ChoiceField(label="LMC", required=False)
    size = forms.ChoiceField(
        label="List size", choices=[("", "Any"), *SIZES.items()], required=False
    )
    attempt = forms.ChoiceField(
        label="Last attempt", choices=[("", "Any"), *ATTEMPTS.items()], required=False
    )

    def __init__(
        self,
        choice: MissingChoice,
        moment: Moment,
        *,
        localities: Mapping[str, str],
        lmcs: Mapping[str, str],
    ) -> None:
        asked = {
            "category": choice.category,
            "locality": choice.locality,
            "lmc": choice.lmc,
            "size": choice.size,
            "attempt": choice.attempt,
        }
        super().__init__(initial=asked | moment.query())
        for name in moment.query():
            self.fields[name] = forms.CharField(widget=forms.HiddenInput, required=False)
        self.fields["locality"].choices = [("", f"All {len(localities)}"), *localities.items()]  # type: ignore[attr-defined]
        self.fields["lmc"].choices = [("", f"All {len(lmcs)}"), *lmcs.items()]  # type: ignore[attr-defined]
        if choice.category == PRACTICES:
            del self.fields["category"]
        else:
            for name in ("locality", "lmc", "size"):
                del self.fields[name]


def missing_choice(
    request: HttpRequest, *, localities: Mapping[str, str], lmcs: Mapping[str, str]
) -> tuple[MissingChoice, list[str]]:
    """What was asked for, and a sentence about each part that could not be understood."""
    asked = {
        "category": query.choice(request, "category", GROUPS, PRACTICES),
        "locality": query.choice(request, "locality", {**localities, NO_LOCALITY: ""}),
        "lmc": query.choice(request, "lmc", lmcs),
        "size": query.choice(request, "size", SIZES),
        "attempt": query.choice(request, "attempt", ATTEMPTS),
    }
    fewest = query.choice(request, "fewest", ("1",))
    problems = [one.problem for one in (*asked.values(), fewest) if one.problem]
    values = {name: one.value for name, one in asked.items()}
    return MissingChoice(**values, fewest=bool(fewest.value)), problems
