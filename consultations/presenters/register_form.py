"""The form by which a consultation is brought up to date, under headings."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.forms import Form
from django.forms.boundfield import BoundField

from plans.rules.consultations import FIVE_TESTS

FORM_PARTS: Sequence[tuple[str, str, tuple[str, ...]]] = (
    ("What it is", "", ("summary",)),
    ("Its time", "", ("opens_on", "closes_on", "time_reason")),
    ("What people were asked with", "", ("options_open", "pack")),
    ("The law", "", ("duty", "duty_how")),
    (
        "A major change of services",
        "Each of the five tests, with where it is shown to be met.",
        ("is_major_change", *(name for name, _ in FIVE_TESTS)),
    ),
    ("What was said", "", ("themes", "themes_answered")),
    ("How it ends", "", ("report_expected", "heard_on", "report_on", "decision_on")),
)


@dataclass(frozen=True, kw_only=True)
class FormPart:
    """Some questions of the form under one heading."""

    heading: str
    note: str
    fields: Sequence[BoundField]


def form_parts(form: Form) -> list[FormPart]:
    """The questions of a consultation that may still move, under headings."""
    return [
        FormPart(
            heading=heading, note=note, fields=[form[name] for name in names if name in form.fields]
        )
        for heading, note, names in FORM_PARTS
        if any(name in form.fields for name in names)
    ]
