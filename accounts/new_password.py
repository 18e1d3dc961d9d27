"""Choosing a password: the field, what is wrong with one in sentences, and the form of the first."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import User
from ui.forms import NhsForm, Password

LONGEST = 4096


class NewPasswordField(forms.CharField):
    """A password that is being chosen. Whether it is good depends on whose it is: ``check``."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "Choose a password")
        options.setdefault(
            "help_text",
            "At least 12 characters. Three words that have nothing to do with each other are good.",
        )
        options.setdefault("widget", Password({"autocomplete": "new-password"}))
        options.setdefault("error_messages", {"required": "Choose a password"})
        super().__init__(strip=False, **options)

    def clean(self, value: object) -> str:
        """Not so long that working with it would hold the service up."""
        password = super().clean(value)
        if len(password) > LONGEST:
            message = f"Your password must be {LONGEST:,} characters or fewer"
            raise ValidationError(message)
        return password


def check(password: str, *, email: str, name: str) -> None:
    """Raise ``ValidationError``, in sentences, for a password that is too easy for this person."""
    validate_password(password, user=User(email=email, name=name))


class FirstPasswordForm(NhsForm):
    """One password."""

    submit_text = "Save the password"

    password = NewPasswordField()

    def __init__(self, *args: Any, email: str, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email, self.name = email, name

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        check(password, email=self.email, name=self.name)
        return password
