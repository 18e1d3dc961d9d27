"""The filters of the event list, read from the address bar: junk gives everything and a sentence."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest

from engagement.models import Channel, Level, Status
from engagement.queries.events import WITHDRAWN, EventFilters
from stakeholders.models import Category
from ui import query
from ui.forms import NhsForm, PlainDate
from ui.words import nhs_date

STATUSES = {**dict(Status.choices), WITHDRAWN: "Withdrawn"}


def _choices(everything: str, choices: Any) -> list[tuple[str, str]]:
    return [("", everything), *choices]


class EventFilterForm(NhsForm):
    """What the list can be narrowed by; the names are those of the address."""

    q = forms.CharField(label="Title or notes", required=False)
    plan = forms.ChoiceField(label="Plan", required=False)
    start = forms.CharField(label="From", required=False, widget=PlainDate)
    end = forms.CharField(label="To", required=False, widget=PlainDate)
    channel = forms.ChoiceField(
        label="Channel", choices=_choices("Every channel", Channel.choices), required=False
    )
    level = forms.ChoiceField(
        label="Level", choices=_choices("Every level", Level.choices), required=False
    )
    status = forms.ChoiceField(
        label="Status", choices=_choices("Every status", STATUSES.items()), required=False
    )
    category = forms.ChoiceField(
        label="Kind of organisation",
        choices=_choices("Every kind", Category.choices),
        required=False,
    )
    organisation = forms.CharField(label="Organisation code", required=False)

    def __init__(self, filters: EventFilters, *, plans: Mapping[str, str]) -> None:
        asked = {
            "q": filters.words,
            "plan": filters.plan,
            "start": nhs_date(filters.since),
            "end": nhs_date(filters.until),
            "channel": filters.channel,
            "level": filters.level,
            "status": filters.status,
            "category": filters.category,
            "organisation": filters.organisation,
        }
        super().__init__(initial=asked)
        self.fields["plan"].choices = _choices("Every plan", plans.items())  # type: ignore[attr-defined]

    def add_prefix(self, field_name: str) -> str:
        """``from`` cannot be the name of a Python attribute; in the address it is the plain word."""
        return {"start": "from", "end": "to"}.get(field_name, field_name)


def read_filters(
    request: HttpRequest, *, plans: Mapping[str, str]
) -> tuple[EventFilters, list[str]]:
    """What was asked for, as it can be used, and what was wrong with it in sentences.

    ``plans`` are the codes and titles of the plans in the reader's scope.
    """
    answers: dict[str, query.Answer[Any]] = {
        "words": query.text(request, "q", max_length=100),
        "plan": query.choice(request, "plan", plans),
        "since": query.day(request, "from"),
        "until": query.day(request, "to"),
        "channel": query.choice(request, "channel", Channel.values),
        "level": query.choice(request, "level", Level.values),
        "status": query.choice(request, "status", STATUSES),
        "category": query.choice(request, "category", Category.values),
        "organisation": query.text(request, "organisation", max_length=12),
    }
    values = {name: answer.value for name, answer in answers.items()}
    values["organisation"] = values["organisation"].upper()
    problems = [answer.problem for answer in answers.values() if answer.problem]
    if values["since"] and values["until"] and values["since"] > values["until"]:
        problems.append("“From” is later than “To”, so no event can lie between them.")
    return EventFilters(**values), problems
