"""The register's filters, and the short forms on the pages of one consultation."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from consultations.queries.register import Filters
from consultations.rules.register import Status
from plans.forms.papers import REASON_LIMIT, PastDay
from plans.forms.seats import OrganisationField
from plans.models import Consultation, MustAsk
from stakeholders.models import Category
from ui import query
from ui.forms import CleanText, CountedTextarea, NhsForm, Radios, Select
from ui.words import nhs_date

STATUSES = {one.value: one.label for one in Status}
GROUPS = tuple(choice for choice in Category.choices if choice[0] != Category.OTHER)
ASKED, NEED_NOT = "asked", "need-not"


class FilterForm(NhsForm):
    """What the register can be narrowed by; the names are those of the address."""

    status = forms.ChoiceField(
        label="Status", choices=[("", "Every status"), *STATUSES.items()], required=False
    )
    plan = forms.ChoiceField(label="Plan", required=False)

    def __init__(self, filters: Filters, *, plans: Mapping[str, str]) -> None:
        super().__init__(initial={"status": filters.status, "plan": filters.plan})
        self.fields["plan"].choices = [("", "Every plan"), *plans.items()]  # type: ignore[attr-defined]


def read_filters(request: HttpRequest, *, plans: Mapping[str, str]) -> tuple[Filters, list[str]]:
    """What was asked for, as it can be used, and what was wrong with it in sentences."""
    status = query.choice(request, "status", STATUSES)
    plan = query.choice(request, "plan", plans)
    problems = [one.problem for one in (status, plan) if one.problem]
    return Filters(status=status.value, plan=plan.value), problems


class DropForm(NhsForm):
    """Since when a consultation does not go forward, and why."""

    dropped_on = PastDay(label="Since when?", called="the day")
    reason = CleanText(
        label="Why does it not go forward?",
        max_length=REASON_LIMIT,
        widget=CountedTextarea(limit=REASON_LIMIT),
        help_text="Anybody can read this once the consultation is published.",
        error_messages={"required": "Enter why it does not go forward"},
    )

    def __init__(self, *args: Any, today: dt.date, **options: Any) -> None:
        super().__init__(*args, initial={"dropped_on": today}, **options)
        self.fields["dropped_on"].latest = today  # type: ignore[attr-defined]


class MustAskForm(NhsForm):
    """Somebody who must be asked: one organisation, or everybody of a kind."""

    submit_text = "Add to the list"

    organisation = OrganisationField(
        label="Organisation (optional)",
        required=False,
        help_text="A code such as LMC012, or the name. Leave it empty to name a whole kind.",
    )
    category = forms.ChoiceField(
        label="Or everybody of one kind (optional)",
        required=False,
        choices=[("", "No whole kind"), *GROUPS],
        widget=Select(),
    )
    because = CleanText(
        label="Why must they be asked? (optional)",
        required=False,
        max_length=200,
        help_text="For example, the law names them, or the change touches their patients",
    )

    def __init__(self, *args: Any, day: dt.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].day = day  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        values = super().clean() or self.cleaned_data
        if "organisation" in self.errors:
            return values
        if values.get("organisation") and values.get("category"):
            message = "Enter an organisation or choose a kind, not both"
            self.add_error("category", ValidationError(message, code="both"))
        if not values.get("organisation") and not values.get("category"):
            message = "Enter the organisation that must be asked, or choose a kind"
            self.add_error("organisation", ValidationError(message, code="neither"))
        return values


class AskedForm(NhsForm):
    """Whether somebody who must be asked was, or need not be after all."""

    submit_text = "Save"

    what = forms.ChoiceField(
        label="What do you want to record?",
        choices=((ASKED, "When they were asked"), (NEED_NOT, "They need not be asked after all")),
        widget=Radios(reveals={ASKED: "asked_on", NEED_NOT: "reason"}),
        error_messages={"required": "Choose what you want to record"},
    )
    asked_on = PastDay(
        label="Asked on",
        called="the day on which they were asked",
        required=False,
        help_text="For example, 3 April 2016. Leave it empty to take back a day.",
    )
    reason = CleanText(
        label="Why need they not be asked?",
        required=False,
        max_length=REASON_LIMIT,
        widget=CountedTextarea(limit=REASON_LIMIT),
    )

    def __init__(
        self, *args: Any, row: MustAsk, consultation: Consultation, today: dt.date, **options: Any
    ) -> None:
        super().__init__(*args, initial={"what": ASKED, "asked_on": row.asked_on}, **options)
        self.row, self.consultation = row, consultation
        self.fields["asked_on"].latest = today  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A day while it could still be answered; a reason where there is none to be."""
        values = super().clean() or self.cleaned_data
        day, closes_on = values.get("asked_on"), self.consultation.closes_on
        if values.get("what") == ASKED and day and day > closes_on:
            message = f"The day on which they were asked must be {nhs_date(closes_on)} or earlier, because it closed then"
            self.add_error("asked_on", ValidationError(message, code="order"))
        lacks_reason = not values.get("reason") and "reason" not in self.errors
        if values.get("what") == NEED_NOT and lacks_reason:
            message = "Enter why they need not be asked"
            self.add_error("reason", ValidationError(message, code="required"))
        return values
