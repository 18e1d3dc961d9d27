"""The key that makes a form sent twice write once."""

import uuid
from typing import Any

from django import forms


class FormKey(forms.Field):
    """A hidden key, new for each form that is drawn. One that was lost or altered on the way is
    replaced: whoever sends it has filled in the form, and loses nothing."""

    widget = forms.HiddenInput

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "initial": uuid.uuid4, **options})

    def to_python(self, value: object) -> uuid.UUID:
        """The key that came, or a new one."""
        try:
            return uuid.UUID(str(value))
        except ValueError:
            return uuid.uuid4()
