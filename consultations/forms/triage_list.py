"""The filters of the list of responses, read from the address bar: junk gives everything and a sentence."""

from typing import Any

from django import forms
from django.http import HttpRequest

from consultations.models import Group, Route
from consultations.queries.triage_list import CAMPAIGNS, CONCERNS, STATES, TIMES, ListFilters
from ui import query
from ui.forms import NhsForm


def _choices(everything: str, choices: Any) -> list[tuple[str, str]]:
    return [("", everything), *choices]


class ListFilterForm(NhsForm):
    """What the list can be narrowed by; the names are those of the address."""

    q = forms.CharField(label="Words", required=False)
    state = forms.ChoiceField(
        label="State", choices=_choices("Every state", STATES.items()), required=False
    )
    route = forms.ChoiceField(
        label="How it came", choices=_choices("Every way", Route.choices), required=False
    )
    group = forms.ChoiceField(
        label="Who answered", choices=_choices("Everybody", Group.choices), required=False
    )
    campaign = forms.ChoiceField(
        label="Same words",
        choices=_choices("All", CAMPAIGNS.items()),
        required=False,
    )
    concern = forms.ChoiceField(
        label="To look at", choices=_choices("All", CONCERNS.items()), required=False
    )
    late = forms.ChoiceField(
        label="On time", choices=_choices("On time or late", TIMES.items()), required=False
    )

    def __init__(self, filters: ListFilters) -> None:
        super().__init__(
            initial={
                "q": filters.words,
                "state": filters.state,
                "route": filters.route,
                "group": filters.group,
                "campaign": filters.campaign,
                "concern": filters.concern,
                "late": filters.late,
            }
        )
        if filters.same_as:
            alike = (str(filters.same_as), f"As response {filters.same_as}")
            self.fields["campaign"].choices = [  # type: ignore[attr-defined]
                *self.fields["campaign"].choices,  # type: ignore[attr-defined]
                alike,
            ]
            self.initial["campaign"] = str(filters.same_as)


def read_filters(request: HttpRequest) -> tuple[ListFilters, list[str]]:
    """What was asked for, as it can be used, and what was wrong with it in sentences."""
    same_as = request.GET.get("campaign", "")
    is_number = same_as.isascii() and same_as.isdigit() and len(same_as) < 12
    answers: dict[str, query.Answer[Any]] = {
        "words": query.text(request, "q", max_length=100),
        "state": query.choice(request, "state", STATES),
        "route": query.choice(request, "route", Route.values),
        "group": query.choice(request, "group", Group.values),
        "concern": query.choice(request, "concern", CONCERNS),
        "late": query.choice(request, "late", TIMES),
        "same_as": query.Answer(int(same_as) if is_number else 0),
        "campaign": query.Answer("") if is_number else query.choice(request, "campaign", CAMPAIGNS),
    }
    values = {name: answer.value for name, answer in answers.items()}
    problems = [answer.problem for answer in answers.values() if answer.problem]
    return ListFilters(**values), problems
