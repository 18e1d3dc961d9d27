"""A plan's text as it is pasted: page breaks are fine, and the limit is said in a sentence."""

from typing import Any

from django.core.exceptions import ValidationError

from plans.rules.mentions import LIMIT
from ui.clean import has_control_characters
from ui.forms import CleanText, Textarea

PAGE_BREAKS = str.maketrans({"\f": "\n", "\v": "\n"})


class PlanText(CleanText):
    """The text of a version of a plan, up to ``LIMIT`` characters."""

    widget = Textarea

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=LIMIT, **options)

    def to_python(self, value: object) -> str:
        """The text with its page breaks as new lines."""
        text = str(value or "").translate(PAGE_BREAKS)
        if has_control_characters(text):
            message = "The text holds characters that cannot be read. Copy it again as plain text, without pictures"
            raise ValidationError(message, code="control")
        return super().to_python(text)

    def validate(self, value: str) -> None:
        """Nothing longer than can be stored and counted at once."""
        if len(value) > LIMIT:
            message = f"The text must be {LIMIT:,} characters or fewer. It has {len(value):,}. Leave out the annexes"
            raise ValidationError(message, code="max_length")
        super().validate(value)
