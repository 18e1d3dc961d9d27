"""The sign-in form."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from accounts.models import User
from ui.forms import CleanText, NhsForm, Password

LONGEST_PASSWORD = 4096


class SignInForm(NhsForm):
    """E-mail address and password.

    The answer is the same for an unknown address, a wrong password and a suspended person, so
    that nobody can find out who is a user.
    """

    email = CleanText(
        label="Email address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
        error_messages={"required": "Enter your email address"},
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        widget=Password,
        error_messages={"required": "Enter your password"},
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    submit_text = "Sign in"

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        if len(password) > LONGEST_PASSWORD:
            message = f"Your password must be {LONGEST_PASSWORD:,} characters or fewer"
            raise ValidationError(message)
        return password

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "email" in given and "password" in given:
            self.user = authenticate(
                self.request, username=given["email"], password=given["password"]
            )
            if self.user is None:
                message = (
                    "That email address and password do not belong together."
                    " Check both and try again, or ask your administrator."
                )
                raise ValidationError(message)
        return given

    def get_user(self) -> User | None:
        """The person who signed in; Django's sign-in view asks for it by this name."""
        return self.user
