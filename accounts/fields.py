"""Fields of forms about people."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from ui.clean import bare
from ui.forms import CleanText


class EmailAddressField(CleanText):
    """An e-mail address, refused with a sentence when it is none."""

    def __init__(self, **options: Any) -> None:
        attrs = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}
        options.setdefault("label", "Email address")
        options.setdefault("max_length", 254)
        options.setdefault("widget", forms.EmailInput(attrs=attrs))
        super().__init__(**options)

    def clean(self, value: object) -> str:
        """The address, or what one looks like."""
        address = super().clean(value)
        if address:
            try:
                validate_email(address)
            except ValidationError:
                message = f"{self.label} must look like name@example.org"
                raise ValidationError(message, code="invalid") from None
        return address


class NameField(CleanText):
    """Somebody's name, on one line, without anything that cannot be seen."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "Full name")
        options.setdefault("max_length", 120)
        super().__init__(**options)

    def to_python(self, value: object) -> str:
        """The name as it is meant: marks that turn the direction of writing round are left out."""
        text = bare(" ".join(super().to_python(value).split()))
        return unicodedata.normalize("NFC", text)
