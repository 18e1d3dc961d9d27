"""Widgets that the `nhsuk` template pack draws as components of the design system. Plain Django widgets work as well."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

Choices = Iterable[tuple[Any, Any]]


class _Choosing:
    """What radios and checkboxes share: a hint per choice, size, direction and fields shown under a choice."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Choices = (),
        *,
        hints: Mapping[str, str] | None = None,
        reveals: Mapping[str, str] | None = None,
        inline: bool = False,
        small: bool = False,
    ) -> None:
        """`hints` gives a line under a choice by its value; `reveals` names the form's field to show under it."""
        super().__init__(attrs, choices)  # type: ignore[call-arg]  # the widget behind this mixin takes both
        self.hints = dict(hints or {})
        self.reveals = dict(reveals or {})
        self.inline = inline
        self.small = small


class Radios(_Choosing, forms.RadioSelect):
    """One of a few choices, all of them in sight."""


class Checkboxes(_Choosing, forms.CheckboxSelectMultiple):
    """Any number of a few choices."""


class Select(forms.Select):
    """One of many choices."""


class Text(forms.TextInput):
    """A text box; `width` is 2, 3, 4, 5, 10, 20 or 30 characters and tells the reader how much is expected."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, width: int | None = None) -> None:
        super().__init__(attrs)
        self.width = width


class PlainDate(Text):
    """A date in one short text box: quicker by keyboard than three boxes, and it accepts what people paste."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})}, width=20)


class CountedTextarea(forms.Textarea):
    """A text box that says how many characters are left, before and after scripts are there."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, limit: int) -> None:
        super().__init__({"rows": 5, **(attrs or {})})
        self.limit = limit


class SearchBox(forms.TextInput):
    """A search field with its green button beside it."""

    input_type = "search"


class Password(forms.PasswordInput):
    """A password that can be shown while it is typed."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {
                "autocomplete": "current-password",
                "spellcheck": "false",
                "autocapitalize": "none",
                **(attrs or {}),
            }
        )


class Textarea(forms.Textarea):
    """A text box of five lines."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 5, **(attrs or {})})


class FileUpload(forms.FileInput):
    """One file to send."""
