"""What a lead types about colleagues, and what the colleague types who was invited."""

from typing import Any

from django import forms

from accounts.fields import EmailAddressField, NameField
from accounts.new_password import NewPasswordField, check
from ui.forms import CleanText, CountedTextarea, NhsForm, Radios


class InviteForm(NhsForm):
    """Whom to invite."""

    submit_text = "Send the invitation"

    name = NameField(error_messages={"required": "Enter the name of your colleague"})
    email = EmailAddressField(
        help_text="Their own address. Whoever reads mail there can accept.",
        error_messages={"required": "Enter the email address of your colleague"},
    )


class ReasonForm(NhsForm):
    """Why something is ended."""

    reason = CleanText(
        label="Why?",
        max_length=300,
        widget=CountedTextarea(limit=300),
        help_text="Kept in the history.",
        error_messages={"required": "Enter why"},
    )


class ContactForm(ReasonForm):
    """Whether messages may be sent to somebody."""

    submit_text = "Save"

    permitted = forms.TypedChoiceField(
        label="May messages be sent to them?",
        choices=[("yes", "Yes"), ("no", "No, they asked not to be written to")],
        coerce=lambda value: value == "yes",
        widget=Radios,
        error_messages={"required": "Choose whether messages may be sent to them"},
    )
    field_order = ("permitted", "reason")


class JoinForm(NhsForm):
    """The name and the password of somebody who was invited."""

    submit_text = "Accept"

    name = NameField(error_messages={"required": "Enter your name"})
    password = NewPasswordField()

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.email = email

    def clean_password(self) -> str:
        """Not too easy for this person."""
        password = self.cleaned_data["password"]
        check(password, email=self.email, name=self.cleaned_data.get("name", ""))
        return password
