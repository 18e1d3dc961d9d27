"""What is typed about a flag: who takes it on, what support is offered, what became of it."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from accounts.models import User
from readiness.models import Flag
from ui.forms import CleanText, NhsForm, PlainDateField, Select
from ui.words import nhs_date

LATEST = dt.timedelta(days=366)
"""A due date further away than a year says nothing about a milestone."""


class _ByPerson(NhsForm):
    """A form in which one of a few people is chosen by name."""

    owner = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label="Who will see to it?",
        empty_label="Choose a person",
        widget=Select,
        error_messages={"required": "Choose the person who will see to it"},
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]


class TakeOnForm(_ByPerson):
    """Owner, action and due date of a flag."""

    submit_text = "Save who does what"

    action = CleanText(
        label="What will they do?",
        max_length=300,
        help_text="For example, ring the ten practices with the longest lists",
        error_messages={"required": "Enter what they will do"},
    )
    due_on = PlainDateField(
        label="By when?", called="The due date", error_messages={"required": "Enter the due date"}
    )

    def __init__(self, *args: Any, flag: Flag, today: dt.date, **kwargs: Any) -> None:
        standing = {"owner": flag.owner_id, "action": flag.action, "due_on": flag.due_on}
        super().__init__(*args, initial=standing, **kwargs)
        self.today = today

    def clean_due_on(self) -> dt.date:
        """From today on, and within a year."""
        due_on = self.cleaned_data["due_on"]
        if not self.today <= due_on <= self.today + LATEST:
            last = nhs_date(self.today + LATEST)
            message = f"The due date must be between {nhs_date(self.today)} and {last}"
            raise ValidationError(message, code="out_of_range")
        return due_on


class SupportForm(_ByPerson):
    """An offer of help."""

    submit_text = "Offer support"

    what = CleanText(
        label="What support is offered?",
        max_length=300,
        help_text="For example, two days of an engagement lead to hold practice visits",
        error_messages={"required": "Enter what support is offered"},
    )
    field_order = ("what", "owner")


class CloseSupportForm(NhsForm):
    """What became of an offer."""

    submit_text = "Close the offer"

    outcome = CleanText(
        label="What became of it?",
        max_length=300,
        help_text="For example, 12 practices were visited; or, the offer was not needed",
        error_messages={"required": "Enter what became of the offer"},
    )
