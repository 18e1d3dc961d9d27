"""The base of every form: drawn by crispy forms with the `nhsuk` pack, and speaking in sentences.

Fields and widgets are exported from here too, so a form needs one import line.
"""

from collections.abc import Iterator
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core import validators
from django.forms.boundfield import BoundField

from ui import labels
from ui.fields import CleanText, CodeListField, PlainDateField
from ui.shapes import Link
from ui.widgets import (
    Checkboxes,
    CountedTextarea,
    FileUpload,
    Password,
    PlainDate,
    Radios,
    SearchBox,
    Select,
    Text,
    Textarea,
)

__all__ = [
    "Checkboxes",
    "CleanText",
    "CodeListField",
    "CountedTextarea",
    "FileUpload",
    "NhsForm",
    "NhsModelForm",
    "Password",
    "PlainDate",
    "PlainDateField",
    "Radios",
    "SearchBox",
    "Select",
    "Text",
    "Textarea",
    "error_links",
]

CHOOSING = (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.Select, forms.FileInput)


class _NhsBehaviour:
    """What NHS forms add to Django's: a crispy helper, no browser bubbles, real sentences, sizes of labels."""

    submit_text: ClassVar[str] = "Save and continue"
    submit_variant: ClassVar[str] = "primary"
    label_size: ClassVar[str] = "s"
    label_sizes: ClassVar[dict[str, str]] = {}
    use_required_attribute = False
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            speak(field, getattr(field, "called", "") or str(field.label or name.replace("_", " ")))
            field.label_size = self.label_sizes.get(name, self.label_size)  # type: ignore[attr-defined]  # read by the template pack

    @property
    def helper(self) -> FormHelper:
        """How `{% crispy form %}` draws it; override to change the action or the method."""
        helper = FormHelper()
        helper.template_pack = "nhsuk"
        helper.attrs = {"novalidate": ""}
        helper.form_show_errors = True
        helper.layout = Layout(*self.fields_in_sight())
        helper.disable_csrf = False
        helper.submit_text = self.submit_text
        helper.submit_variant = self.submit_variant
        return helper

    def fields_in_sight(self) -> list[str]:
        """The fields to draw in turn: those revealed under a choice are drawn there."""
        revealed = {
            name
            for field in self.fields.values()
            for name in getattr(field.widget, "reveals", {}).values()
        }
        return [name for name in self.fields if name not in revealed]


class NhsForm(_NhsBehaviour, forms.Form):
    """A form of the service."""


class NhsModelForm(_NhsBehaviour, forms.ModelForm):
    """A form of the service that takes labels and limits from a model. It cleans; it never saves."""


def speak(field: forms.Field, label: str) -> None:
    """Put sentences in place of Django's own messages, wherever the field has none of its own."""
    sentences = _sentences(field, label)
    for code, message in field.error_messages.items():
        if code in sentences and _is_djangos_own(field, code, message):
            field.error_messages[code] = sentences[code]
    for rule in field.validators:
        if isinstance(rule, validators.MinValueValidator | validators.MaxValueValidator):
            edge = "more" if isinstance(rule, validators.MinValueValidator) else "fewer"
            rule.message = f"{labels.subject(label)} must be %(limit_value)s or {edge}"


def _sentences(field: forms.Field, label: str) -> dict[str, str]:
    name = labels.subject(label)
    listed = f"{name} must be one of the choices listed"
    return {
        "required": _required(field, label),
        "invalid_choice": listed,
        "invalid_pk_value": listed,
        "invalid_list": listed,
        "invalid": f"{name} {_shape(field)}",
        "max_length": f"{name} must be %(limit_value)s characters or fewer",
        "empty": f"{name} is empty. Choose another one",
        "missing": f"{name} did not arrive. Choose the file again",
    }


def _required(field: forms.Field, label: str) -> str:
    if isinstance(field.widget, forms.CheckboxInput):
        return f"Tick “{labels.plain(label)}” to go on"
    verb = "Choose" if isinstance(field.widget, CHOOSING) else "Enter"
    return labels.demand(label, verb)


def _shape(field: forms.Field) -> str:
    if isinstance(field, forms.IntegerField):
        return "must be a whole number, like 12"
    if isinstance(field, forms.EmailField):
        return "must be an email address, like name@example.org"
    if isinstance(field, forms.FileField):
        return "did not arrive. Choose the file again"
    return "cannot be read. Check it and try again"


def _is_djangos_own(field: forms.Field, code: str, message: object) -> bool:
    for base in type(field).__mro__:
        if code in vars(base).get("default_error_messages", {}):
            return (
                base.__module__.startswith("django.")
                and vars(base)["default_error_messages"][code] == message
            )
    return False


def error_links(form: forms.BaseForm) -> Iterator[Link]:
    """One link per error, in the order of the page; radios and checkboxes are reached at their first choice."""
    for message in form.non_field_errors():
        yield Link(str(message), "")
    for bound in form:
        for message in bound.errors:
            yield Link(str(message), f"#{first_control(bound)}")


def first_control(bound: BoundField) -> str:
    """The id of the control that an error summary should lead to."""
    grouped = isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    return f"{bound.auto_id}_0" if grouped else str(bound.auto_id)
