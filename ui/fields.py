"""Form fields that accept what people really type and answer with a sentence when they cannot."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from ui import clean, labels, words
from ui.dates import NotADayError, read_day
from ui.widgets import PlainDate

EARLIEST = date(2013, 1, 1)
DATE_HINT = "For example, 3 April 2016 or 3/4/2016"
SEPARATORS = re.compile(r"[\s,;]+")


class CleanText(forms.CharField):
    """Text without characters that no keyboard makes, and not longer than it may be; both refused with a sentence."""

    def __init__(self, *, max_length: int = 500, **options: Any) -> None:
        super().__init__(**options)
        # Not Django's own limit: that one makes browsers cut pasted text in silence.
        self.limit = max_length
        self.validators = [
            rule
            for rule in self.validators
            if type(rule).__name__ != "ProhibitNullCharactersValidator"
        ]

    def to_python(self, value: object) -> str:
        """The text, trimmed; invisible characters alone count as nothing."""
        text = super().to_python(value) or ""
        if clean.has_control_characters(text):
            message = f"{self._name()} holds characters that cannot be read. Type it instead of pasting it"
            raise ValidationError(message, code="control")
        return clean.visible(text).replace("\r\n", "\n") if self.strip else text

    def validate(self, value: str) -> None:
        """Nothing longer than the limit."""
        super().validate(value)
        if len(value) > self.limit:
            message = (
                f"{self._name()} must be {self.limit:,} characters or fewer. It has {len(value):,}"
            )
            raise ValidationError(message, code="max_length")

    def _name(self) -> str:
        return labels.subject(str(self.label or "The text"))


class PlainDateField(forms.DateField):
    """A day in one text box: 3/4/2016, 03-04-16, 3.4.2016, 3 April 2016, 3 Apr 2016 or 2016-04-03. Day before month."""

    widget = PlainDate

    def __init__(
        self,
        *,
        earliest: date = EARLIEST,
        latest: date | None = None,
        called: str = "",
        **options: Any,
    ) -> None:
        """`latest` is the end of next year unless given; `called` names the date in an error ("the date of the visit")."""
        options.setdefault("help_text", DATE_HINT)
        super().__init__(**options)
        self.earliest, self.latest = earliest, latest
        label = labels.plain(str(self.label or ""))
        self.called = called or (label if label and not label.endswith("?") else "the date")

    def to_python(self, value: object) -> date | None:
        """The day, or a sentence that names the date and shows how to write it."""
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return super().to_python(value)
        text = clean.bare(str(value))
        if not text:
            return None
        try:
            return read_day(text)
        except NotADayError:
            message = (
                f"{labels.subject(self.called)} must be a real date, like 3 April 2016 or 3/4/2016"
            )
            raise ValidationError(message, code="invalid") from None

    def validate(self, value: date | None) -> None:
        """A year that was mistyped is caught here."""
        super().validate(value)
        if value is None:
            return
        # A form field is where typed dates meet the clock; forms that know `today` pass `latest`.
        this_year = timezone.localdate().year  # noqa: TID251
        latest = self.latest or date(this_year + 1, 12, 31)
        if value < self.earliest:
            message = (
                f"{labels.subject(self.called)} must be {words.nhs_date(self.earliest)} or later"
            )
            raise ValidationError(message, code="too_early")
        if value > latest:
            message = f"{labels.subject(self.called)} must be {words.nhs_date(latest)} or earlier"
            raise ValidationError(message, code="too_late")

    def prepare_value(self, value: object) -> object:
        """A stored day is shown in words; what was typed is shown as it was typed."""
        return words.nhs_date(value) if isinstance(value, date) else value


class CodeListField(forms.Field):
    """Codes pasted in any shape: a list of upper-case codes in the order given, each once."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, *, limit: int = 500, **options: Any) -> None:
        options.setdefault("help_text", f"One on each line, or with commas. Up to {limit}.")
        super().__init__(**options)
        self.limit = limit

    def to_python(self, value: object) -> list[str]:
        """The codes; `repeated` says which of them came more than once."""
        if isinstance(value, list | tuple):
            return self._once(value)
        return self._once(self._split(value))

    def validate(self, value: list[str]) -> None:
        """Not more than can be shown and checked on one page."""
        super().validate(value)
        if len(value) > self.limit:
            message = f"You pasted {len(value):,} codes. Paste {self.limit:,} or fewer at a time."
            raise ValidationError(message, code="too_many")

    def repeated(self, value: object) -> list[str]:
        """The codes that came more than once in what was typed, so that the page can say so."""
        codes = self._split(value)
        return [code for code in self._once(codes) if codes.count(code) > 1]

    def prepare_value(self, value: object) -> object:
        """One code on each line; what was typed stays as it was typed."""
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def _split(self, value: object) -> list[str]:
        return [part.upper() for part in SEPARATORS.split(clean.bare(str(value or ""))) if part]

    def _once(self, codes: Iterable[str]) -> list[str]:
        return list(dict.fromkeys(codes))
