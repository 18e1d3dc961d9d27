"""Fields of forms about people."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

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
