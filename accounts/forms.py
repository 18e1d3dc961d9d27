"""The forms of the way in: sign-in, code by e-mail, new password."""

import unicodedata
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import UserTokenForm
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.core.internal.cryptokit import compare_user_code
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.models import User
from accounts.new_password import LONGEST, NewPasswordField
from accounts.queries.signing_in import may_sign_in, person_at
from ui.forms import CleanText, NhsForm, Password, Text

REFUSED = (
    "That email address and password do not belong together."
    " Check both and try again, or ask your administrator."
)


class _Address(CleanText):
    """The e-mail address that somebody signs in with; compared, so that it need not be a real one."""

    def __init__(self) -> None:
        super().__init__(
            label="Email address",
            max_length=254,
            widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
            error_messages={"required": "Enter your email address"},
        )


class _CurrentPassword(forms.CharField):
    """A password that is compared. One that is too long to be ours is not even hashed."""

    def __init__(self, label: str, required: str) -> None:
        super().__init__(
            label=label, strip=False, widget=Password, error_messages={"required": required}
        )

    def clean(self, value: object) -> str:
        password = super().clean(value)
        if len(password) > LONGEST:
            message = f"Your password must be {LONGEST:,} characters or fewer"
            raise ValidationError(message)
        return password


class SignInForm(NhsForm):
    """E-mail address and password.

    The answer is the same for an unknown address, a wrong password and a suspended person, so
    that nobody can find out who is a user.
    """

    email = _Address()
    password = _CurrentPassword("Password", "Enter your password")
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    submit_text = "Sign in"

    def __init__(self, *args: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "email" in given and "password" in given:
            self.user = get_adapter().authenticate(
                self.request, email=given["email"], password=given["password"]
            )
            if self.user is None:
                raise ValidationError(REFUSED)
        return given

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Begin the sign-in of a valid form; allauth asks for the second factor where there is one."""
        email = self.cleaned_data["email"]
        login = Login(user=self.user, email=email, redirect_url=redirect_url)
        return perform_password_login(request, {"email": email}, login)


class AddressForm(NhsForm):
    """Somebody's e-mail address, to send something to; what it says is the same for every address."""

    email = _Address()
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    submit_text = "Continue"

    def clean_email(self) -> str:
        address = str(self.cleaned_data["email"])
        forms.EmailField(
            error_messages={"invalid": "Enter an email address, like name@example.org"}
        ).clean(address)
        return address

    @property
    def person(self) -> User | None:
        """Who may sign in with the address; asked of a valid form."""
        user = person_at(self.cleaned_data["email"])
        return user if user and _may(user) else None


class RequestCodeForm(AddressForm):
    submit_text = "Email me a code"


class ForgottenForm(AddressForm):
    submit_text = "Email me a link"


class EnterCodeForm(NhsForm):
    """The code that was e-mailed; letters of any case, with or without hyphen and spaces."""

    code = CleanText(
        label="Code",
        help_text="8 letters, like KJFT-QXZP",
        max_length=20,
        widget=Text({"autocomplete": "one-time-code", "autocapitalize": "characters"}, width=10),
        error_messages={"required": "Enter the code"},
    )
    submit_text = "Sign in"

    def __init__(self, *args: Any, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = code

    def clean_code(self) -> str:
        given = unicodedata.normalize("NFKC", self.cleaned_data["code"])
        if not self.expected or not compare_user_code(actual=given, expected=self.expected):
            raise get_adapter().validation_error("incorrect_code")
        return given


class NewPasswordForm(NhsForm):
    """A new password, by the link in a mail. One box: it can be shown while it is typed."""

    password = NewPasswordField(label="New password")
    submit_text = "Save the password"

    def __init__(self, *args: Any, user: User, temp_key: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        validate_password(password, user=self.user)
        return password

    def save(self) -> None:
        """By the adapter, which calls the action."""
        get_adapter().set_password(self.user, self.cleaned_data["password"])


class ChangePasswordForm(NewPasswordForm):
    """A new password in place of the present one."""

    current = _CurrentPassword("Your password now", "Enter your password as it is now")
    password = NewPasswordField(label="Your new password")
    field_order = ("current", "password")

    def clean_current(self) -> str:
        current = self.cleaned_data["current"]
        if not self.user.check_password(current):
            message = "That is not your password. Check it and try again"
            raise ValidationError(message)
        return current


class ResetTokenForm(UserTokenForm):
    """The link to a new password; it works for nobody who may not sign in."""

    def _get_user(self, uidb36: str) -> User | None:
        user = super()._get_user(uidb36)
        return user if user and _may(user) else None


def _may(user: User) -> bool:
    return may_sign_in(user, today=timezone.localdate())  # noqa: TID251 - as views do
