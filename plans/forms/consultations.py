"""A consultation as a form. It is opened with what is known then, and told of as it goes on."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from plans.forms.papers import REASON_LIMIT, PaperForm, yes_or_no
from ui.forms import Checkboxes, CleanText, CountedTextarea, PlainDateField, Text

PACK = (
    ("pack_options", "The options"),
    ("pack_costs", "What each costs"),
    ("pack_impact", "What each changes for patients and staff"),
    ("pack_equality", "An equality impact assessment"),
    ("pack_rejected", "What was rejected, and why"),
)
MOST_THEMES = 9_999
NOT_YET = "Leave it empty while it is not known. For example, 3 April 2016 or 3/4/2016"


class ConsultationForm(PaperForm):
    """A consultation about the plan, formal or not."""

    submit_text = "Add the consultation"
    later = ("themes", "themes_answered", "report_on", "heard_on", "decision_on")

    title = CleanText(
        label="What is it called?",
        max_length=160,
        error_messages={"required": "Enter what the consultation is called"},
    )
    is_formal = yes_or_no(
        "Is it a formal consultation?", required="Choose whether it is a formal consultation"
    )
    opens_on = PlainDateField(label="First day", called="the first day")
    closes_on = PlainDateField(label="Last day", called="the last day")
    time_reason = CleanText(
        label="Why is the time short? (optional)",
        required=False,
        max_length=REASON_LIMIT,
        widget=CountedTextarea(limit=REASON_LIMIT),
        help_text="Only where people have less time than the criterion asks for.",
    )
    options_open = yes_or_no(
        "Could the decision still change when it opened?",
        required="Choose whether the decision could still change",
    )
    pack = forms.MultipleChoiceField(
        label="What were people given? (optional)",
        required=False,
        choices=PACK,
        widget=Checkboxes(),
    )
    themes = forms.IntegerField(
        label="How many themes were raised?",
        min_value=0,
        max_value=MOST_THEMES,
        initial=0,
        help_text="0 while nobody has read the replies",
        widget=Text(width=4),
    )
    themes_answered = forms.IntegerField(
        label="How many of them are answered?",
        min_value=0,
        max_value=MOST_THEMES,
        initial=0,
        widget=Text(width=4),
    )
    report_on = PlainDateField(
        label="Report to those who decide (optional)",
        called="the day of the report",
        required=False,
        help_text=NOT_YET,
    )
    heard_on = PlainDateField(
        label="“What we heard” published (optional)",
        called="the day of publication",
        required=False,
        help_text=NOT_YET,
    )
    decision_on = PlainDateField(
        label="Decision (optional)",
        called="the day of the decision",
        required=False,
        help_text=NOT_YET,
    )

    def check(self) -> None:
        """It closes after it opened, and no more is answered than was raised."""
        for name in ("closes_on", "report_on", "heard_on", "decision_on"):
            self.not_before(name, "opens_on", "it opens")
        raised, answered = self.answer("themes"), self.answer("themes_answered")
        if raised is not None and answered is not None and answered > raised:
            message = f"Themes answered must be {raised:,} or fewer, because that many were raised"
            self.add_error("themes_answered", ValidationError(message, code="too_many"))

    def facts(self) -> list[dict[str, Any]]:
        """One row; each part of what people were given is a field of its own."""
        (asked,) = super().facts()
        if "pack" in asked:
            given = asked.pop("pack")
            asked |= {name: name in given for name, _ in PACK}
        return [asked]
