"""The filters of the flags."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest

from readiness.queries.pages.flags import MINE, NOBODYS, OVERDUE, FlagChoice
from ui import query
from ui.forms import NhsForm

SEVERITIES = {
    "urgent": "Urgent",
    "high": "High",
    "raised": "Raised",
    "notice": "Notice",
}
TAKEN = {NOBODYS: "By nobody yet", MINE: "By me", OVERDUE: "Overdue"}


@dataclass(frozen=True, kw_only=True)
class FlagChoices:
    """What can be asked for: names by code."""

    plans: Mapping[str, str]
    regions: Mapping[str, str]
    types: Mapping[str, str]


class FlagFilters(NhsForm):
    """Five selects: the board's, with the plan in place of the order, and who has taken it on."""

    plan = forms.ChoiceField(label="Plan", required=False)
    region = forms.ChoiceField(label="Region", required=False)
    type = forms.ChoiceField(label="Plan type", required=False)
    severity = forms.ChoiceField(
        label="Severity", choices=[("", "Any severity"), *SEVERITIES.items()], required=False
    )
    taken = forms.ChoiceField(
        label="Taken on", choices=[("", "By anybody or nobody"), *TAKEN.items()], required=False
    )

    def __init__(self, choice: FlagChoice, choices: FlagChoices) -> None:
        asked = {
            "plan": choice.plan,
            "region": choice.region,
            "type": choice.plan_type,
            "severity": choice.severity,
            "taken": choice.taken,
        }
        super().__init__(initial=asked)
        offered = {
            "plan": [("", "All plans"), *choices.plans.items()],
            "region": [("", "All regions"), *choices.regions.items()],
            "type": [("", "All types"), *choices.types.items()],
        }
        for name, options in offered.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]


def flag_choice(request: HttpRequest, choices: FlagChoices) -> tuple[FlagChoice, list[str]]:
    """What was asked for, and a sentence about each part that could not be understood."""
    plan = query.choice(request, "plan", choices.plans)
    region = query.choice(request, "region", choices.regions)
    plan_type = query.choice(request, "type", choices.types)
    severity = query.choice(request, "severity", SEVERITIES)
    taken = query.choice(request, "taken", TAKEN)
    choice = FlagChoice(
        plan=plan.value,
        region=region.value,
        plan_type=plan_type.value,
        severity=severity.value,
        taken=taken.value,
    )
    asked = (plan, region, plan_type, severity, taken)
    return choice, [one.problem for one in asked if one.problem]
