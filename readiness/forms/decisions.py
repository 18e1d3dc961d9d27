"""The filter of the list of decisions."""

from django import forms
from django.http import HttpRequest

from readiness.models import DecisionOutcome
from ui.forms import NhsForm, Select
from ui.query import choice


class DecisionFilters(NhsForm):
    """Which decisions are listed."""

    outcome = forms.ChoiceField(
        label="Decision",
        required=False,
        choices=(("", "All decisions"), *DecisionOutcome.choices),
        widget=Select,
    )

    def __init__(self, outcome: str) -> None:
        super().__init__(initial={"outcome": outcome})


def outcome_asked(request: HttpRequest) -> tuple[str, list[str]]:
    """The outcome in the address bar, and what was wrong with it."""
    answer = choice(request, "outcome", DecisionOutcome.values)
    return answer.value, [answer.problem] if answer.problem else []
