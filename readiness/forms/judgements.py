"""What a reviewer types about what the plan says."""

from collections.abc import Iterable
from typing import Any

from django import forms

from readiness.models import Subject
from ui.forms import CleanText, NhsForm, Radios, Textarea


class JudgementForm(NhsForm):
    """One judgement: about what, where, whether, and why."""

    submit_text = "Record the judgement"

    subject = forms.ChoiceField(
        label="What do you judge?",
        widget=Radios,
        error_messages={"required": "Choose what you judge"},
    )
    section = CleanText(
        label="Where in the plan?",
        max_length=120,
        help_text="For example, section 4.2, pages 31 to 33; or, the whole plan",
        error_messages={"required": "Enter the section of the plan that you read"},
    )
    is_explicit = forms.ChoiceField(
        label="Is the plan explicit about it?",
        choices=(("yes", "Yes, it says so in so many words"), ("no", "No")),
        widget=Radios,
        error_messages={"required": "Choose whether the plan is explicit"},
    )
    words = CleanText(
        label="Why?",
        max_length=500,
        widget=Textarea,
        help_text="What it says, or what is lacking. The plan's managers and LMCs read this",
        error_messages={"required": "Enter why"},
    )

    def __init__(self, *args: Any, subjects: Iterable[Subject], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = [  # type: ignore[attr-defined]
            (one.value, one.label) for one in subjects
        ]

    def values(self) -> dict[str, Any]:
        """What is recorded, once the form is valid."""
        return {**self.cleaned_data, "is_explicit": self.cleaned_data["is_explicit"] == "yes"}


class WithdrawJudgementForm(NhsForm):
    """Why a judgement was wrong."""

    submit_text = "Withdraw the judgement"

    reason = CleanText(
        label="Why is it withdrawn?",
        max_length=300,
        error_messages={"required": "Enter why the judgement is withdrawn"},
    )
