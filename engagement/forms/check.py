"""Step 4 of logging: the two questions that can stand between the answers and the record."""

from collections.abc import Mapping
from typing import Any

from django import forms

from engagement.models import CancelReason
from ui.forms import CleanText, NhsForm, Radios, Select

SAME, SECOND = "same", "second"


class CheckForm(NhsForm):
    """Is it the same as one that is logged already, and why does it lie outside a plan's time?

    Each question is there only when there is a reason to ask it.
    """

    duplicate = forms.ChoiceField(
        label="Is yours the same event?",
        choices=[
            (SAME, "Yes, add my people and points to that record"),
            (SECOND, "No, save mine as a second record"),
        ],
        widget=Radios,
        error_messages={"required": "Choose whether yours is the same event"},
    )
    period_reason = CleanText(
        label="Why does it count all the same?",
        max_length=300,
        help_text="The board sees this reason beside the record.",
        error_messages={"required": "Enter why it counts although it lies outside the plan's time"},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        asks_duplicate: bool,
        asks_period: bool,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        if not asks_duplicate:
            del self.fields["duplicate"]
        if not asks_period:
            del self.fields["period_reason"]


class WithdrawForm(NhsForm):
    """Why a record is wrong."""

    reason = CleanText(
        label="Why is this record wrong?",
        max_length=300,
        help_text="Everybody who may see the record reads the reason. The record stays in history.",
        error_messages={"required": "Enter why this record is wrong"},
    )


class OutcomeForm(NhsForm):
    """A planned event's day has come: did it happen?"""

    status = forms.ChoiceField(
        label="Did it happen?",
        choices=[("happened", "Yes, it happened"), ("not", "No, it did not happen")],
        error_messages={"required": "Choose whether it happened"},
    )
    cancel_reason = forms.ChoiceField(
        label="Why did it not happen?",
        required=False,
        choices=[("", "Choose one"), *CancelReason.choices],
        widget=Select,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, in_future: bool) -> None:
        super().__init__(data)
        self.in_future = in_future
        self.fields["status"].widget = Radios(
            choices=self.fields["status"].choices,  # type: ignore[attr-defined]
            reveals={"not": "cancel_reason"},
        )

    def clean(self) -> dict[str, Any]:
        """What has not come yet cannot have happened; what did not happen has a reason."""
        cleaned = super().clean() or {}
        if cleaned.get("status") == "happened" and self.in_future:
            self.add_error(
                "status", "It has not happened yet. Come back after its day, or edit the date"
            )
        if cleaned.get("status") == "not" and not cleaned.get("cancel_reason"):
            self.add_error("cancel_reason", "Choose why it did not happen")
        return cleaned
