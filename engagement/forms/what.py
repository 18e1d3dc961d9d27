"""Step 1 of logging: what it was, when, and for which plans it counts."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from engagement.models import CancelReason, Channel
from engagement.queries.crediting import PlanChoice
from ui.forms import Checkboxes, CleanText, NhsForm, PlainDateField, Radios, Select
from ui.words import nhs_date

STATUSES = (("happened", "It happened"), ("planned", "It is planned"), ("not", "It did not happen"))
TITLE_HINT = "Leave it empty and it is named after who took part."


class WhatForm(NhsForm):
    """Date, whether it happened, channel, plans credited and a name."""

    held_on = PlainDateField(
        label="When was it?",
        error_messages={"required": "Enter the date, like 3 April 2016 or 3/4/2016"},
    )
    status = forms.ChoiceField(
        label="Did it happen?",
        choices=STATUSES,
        error_messages={"required": "Choose whether it happened, is planned or did not happen"},
    )
    cancel_reason = forms.ChoiceField(
        label="Why did it not happen?",
        required=False,
        choices=[("", "Choose one"), *CancelReason.choices],
        widget=Select,
    )
    channel = forms.ChoiceField(
        label="How were people reached?",
        choices=[("", "Choose one"), *Channel.choices],
        widget=Select,
        error_messages={"required": "Choose how people were reached"},
    )
    plans = forms.TypedMultipleChoiceField(
        label="Which plans does it count for?",
        coerce=int,
        error_messages={
            "required": "Choose at least one plan that it counts for",
            "invalid_choice": "Choose only plans of footprints that you manage",
            "invalid_list": "Choose only plans of footprints that you manage",
        },
    )
    title = CleanText(
        label="Title (optional)", required=False, max_length=160, help_text=TITLE_HINT
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        plans: Sequence[PlanChoice],
        today: dt.date,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """``plans`` are those that may be credited; a single one is chosen beforehand."""
        initial = dict(initial or {})
        if len(plans) == 1 and not initial.get("plans"):
            initial["plans"] = [str(plans[0].id)]
        super().__init__(data, initial=initial)
        self.today = today
        self.fields["status"].widget = Radios(
            choices=STATUSES, reveals={"not": "cancel_reason"}, inline=False
        )
        self.fields["plans"].widget = Checkboxes(
            small=True,
            hints={str(plan.id): _span(plan) for plan in plans},
        )
        self.fields["plans"].choices = [(plan.id, _name(plan)) for plan in plans]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What happened lies in the past; what did not happen has a reason."""
        cleaned = super().clean() or {}
        held_on, status = cleaned.get("held_on"), cleaned.get("status")
        if status == "happened" and held_on and held_on > self.today:
            self.add_error(
                "held_on",
                f"{nhs_date(held_on)} has not happened yet: log it as planned, or correct the date",
            )
        if status != "not":
            cleaned["cancel_reason"] = ""
        elif not cleaned.get("cancel_reason") and "cancel_reason" not in self.errors:
            self.add_error("cancel_reason", "Choose why it did not happen")
        return cleaned


def _name(plan: PlanChoice) -> str:
    return (
        plan.title if plan.footprint_name in plan.title else f"{plan.footprint_name}: {plan.title}"
    )


def _span(plan: PlanChoice) -> str:
    return f"{nhs_date(plan.starts_on)} to {nhs_date(plan.submission_on)}"
