"""Forms of the second factor and of "confirm that it is you"."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ui.forms import CleanText, NhsForm, Password, Text

LONGEST_CREDENTIAL = 20_000
"""Characters; what an authenticator sends is some 2,000."""


class _Code(CleanText):
    """Digits as an app or a printed page shows them; spaces and hyphens are left out."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=20,
            widget=Text({"autocomplete": "one-time-code", "inputmode": "numeric"}, width=10),
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        return "".join(str(super().clean(value)).replace("-", " ").split())


class CodeForm(NhsForm):
    """A code of the authenticator app, or a recovery code."""

    code = _Code(
        label="Code",
        help_text="The 6 digits that your authenticator app shows now, or one of your recovery codes.",
        error_messages={"required": "Enter the code"},
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    submit_text = "Continue"


class AppForm(NhsForm):
    """The first code of an authenticator app, which proves that it was set up."""

    code = _Code(
        label="Code from the app",
        help_text="6 digits",
        error_messages={"required": "Enter the code that the app shows"},
    )
    submit_text = "Set up the app"


class PasswordForm(NhsForm):
    """The password once more."""

    password = forms.CharField(
        label="Password",
        strip=False,
        max_length=4096,
        widget=Password,
        error_messages={"required": "Enter your password"},
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    submit_text = "Continue"


class PasskeyForm(NhsForm):
    """What a passkey answered; the browser fills it in."""

    credential = forms.CharField(
        max_length=LONGEST_CREDENTIAL,
        widget=forms.HiddenInput,
        error_messages={
            "required": "Your browser gave no passkey. Try again, or use another way.",
            "max_length": "The passkey's answer cannot be read. Try again, or use another way.",
        },
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    submit_text = "Use your passkey"

    def clean_credential(self) -> dict[str, Any]:
        try:
            answer = json.loads(self.cleaned_data["credential"])
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict):
            message = "The passkey's answer cannot be read. Try again, or use another way."
            raise ValidationError(message)
        return answer


class NewPasskeyForm(PasskeyForm):
    """A new passkey and what its owner calls it."""

    name = CleanText(
        label="Name of the passkey",
        help_text="So that you can tell your passkeys apart, such as “work laptop”.",
        max_length=60,
        error_messages={"required": "Enter a name for the passkey"},
    )
    submit_text = "Add the passkey"
    field_order = ("name", "credential", "kept")


class NothingForm(NhsForm):
    """A question that is answered by its button."""

    submit_text = "Continue"
