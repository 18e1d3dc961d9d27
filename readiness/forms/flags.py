"""The filters of the flags."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest

from ui import query
from ui.forms import NhsForm

SEVERITIES = {
    "urgent": "Urgent: 14 days or fewer",
    "high": "High: 30 days or fewer",
    "raised": "Raised: 60 days or fewer",
    "notice": "Notice: more than 60 days",
}


@dataclass(frozen=True, kw_only=True)
class FlagChoice:
    """What was asked for; empty asks for everything."""

    plan: str = ""
    severity: str = ""

    @property
    def any(self) -> bool:
        return bool(self.plan or self.severity)


class FlagFilters(NhsForm):
    """Two selects on one line."""

    plan = forms.ChoiceField(label="Plan", required=False)
    severity = forms.ChoiceField(
        label="Severity", choices=[("", "Any severity"), *SEVERITIES.items()], required=False
    )

    def __init__(self, choice: FlagChoice, plans: Mapping[str, str]) -> None:
        super().__init__(initial={"plan": choice.plan, "severity": choice.severity})
        self.fields["plan"].choices = [("", "All plans"), *plans.items()]  # type: ignore[attr-defined]


def flag_choice(request: HttpRequest, plans: Mapping[str, str]) -> tuple[FlagChoice, list[str]]:
    """What was asked for, and a sentence about each part that could not be understood."""
    plan = query.choice(request, "plan", plans)
    severity = query.choice(request, "severity", SEVERITIES)
    choice = FlagChoice(plan=plan.value, severity=severity.value)
    return choice, [one.problem for one in (plan, severity) if one.problem]
