"""A consultation as a form. It is opened with what is known then, and told of as it goes on.

Where the answers are in the service it counts the themes itself (``counts_themes``), and nobody is
asked for them.
"""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from plans.forms.papers import REASON_LIMIT, PaperForm, yes_or_no
from plans.models import Duty
from plans.rules.consultations import FIVE_TESTS, PACK_PARTS
from ui.forms import Checkboxes, CleanText, CountedTextarea, PlainDateField, Radios, Select, Text
from ui.words import nhs_date

MOST_THEMES = 9_999
SUMMARY_LIMIT = 2_000
FORMAL_IS_REPORTED = (
    "A formal consultation needs its report: choose that one is expected, or withdraw the"
    " consultation and record it as not formal"
)
WHERE = "Say where it is shown, for example “Clinical senate report of 3 May 2019, page 4”."
NOT_YET = "Leave it empty while it is not known. For example, 3 April 2016 or 3/4/2016"


def _reason(label: str, *, help_text: str = "", limit: int = REASON_LIMIT) -> CleanText:
    """Some words that may be left out."""
    return CleanText(
        label=f"{label} (optional)",
        required=False,
        max_length=limit,
        widget=CountedTextarea({"rows": 2 if limit == REASON_LIMIT else 5}, limit=limit),
        help_text=help_text,
    )


class ConsultationForm(PaperForm):
    """A consultation about the plan, formal or not."""

    submit_text = "Add the consultation"
    later = (
        *("summary", "opens_on", "closes_on", "time_reason", "options_open", "pack"),
        *("duty", "duty_how", "is_major_change", *(name for name, _ in FIVE_TESTS)),
        *("themes", "themes_answered"),
        *("report_expected", "heard_on", "report_on", "decision_on"),
    )

    title = CleanText(
        label="What is it called?",
        max_length=160,
        error_messages={"required": "Enter what the consultation is called"},
    )
    is_formal = yes_or_no(
        "Is it a formal consultation?", required="Choose whether it is a formal consultation"
    )
    summary = _reason(
        "What is it about?",
        limit=SUMMARY_LIMIT,
        help_text="In plain words, for the public. A new line begins a new paragraph.",
    )
    opens_on = PlainDateField(label="First day", called="the first day")
    closes_on = PlainDateField(label="Last day", called="the last day")
    time_reason = _reason(
        "Why is the time short?",
        help_text="Only where people have less time than the criterion asks for.",
    )
    options_open = yes_or_no(
        "Could the decision still change when it opened?",
        required="Choose whether the decision could still change",
    )
    pack = forms.MultipleChoiceField(
        label="What were people given? (optional)",
        required=False,
        choices=PACK_PARTS,
        widget=Checkboxes(),
    )
    duty = forms.ChoiceField(
        label="Which legal duty does it meet? (optional)",
        required=False,
        choices=[("", "Not known yet"), *Duty.choices],
        widget=Select(),
    )
    duty_how = _reason("How does it meet the duty?")
    is_major_change = forms.TypedChoiceField(
        label="Is it about a major change of services?",
        required=False,
        choices=(("yes", "Yes"), ("no", "No")),
        coerce=lambda value: value == "yes",
        empty_value=False,  # type: ignore[arg-type]  # the stubs know texts only
        initial="no",
        widget=Radios(inline=True),
        help_text="If it is, the five tests of a major service change are tested too.",
    )
    five_engagement = _reason(FIVE_TESTS[0][1], help_text=WHERE)
    five_choice = _reason(FIVE_TESTS[1][1])
    five_clinical = _reason(FIVE_TESTS[2][1])
    five_commissioners = _reason(FIVE_TESTS[3][1])
    five_beds = _reason(FIVE_TESTS[4][1], help_text="Say “No beds close” where none do.")
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
    report_expected = forms.TypedChoiceField(
        label="Is a report expected?",
        required=False,
        choices=(("yes", "Yes"), ("no", "No")),
        coerce=lambda value: value == "yes",
        empty_value=True,  # type: ignore[arg-type]  # the stubs know texts only
        initial="yes",
        widget=Radios(inline=True),
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

    def __init__(self, *args: Any, counts_themes: bool = False, **options: Any) -> None:
        self.counts_themes = counts_themes
        super().__init__(*args, **options)

    def later_of(self, paper: Any) -> tuple[str, ...]:
        """The first day moves only while it lies ahead: people were asked on it otherwise. Themes
        are not typed where the service counts them."""
        fixed = {"opens_on"} if paper.opens_on <= self.today else set()
        if self.counts_themes:
            fixed |= {"themes", "themes_answered"}
        return tuple(name for name in self.later if name not in fixed)

    def told(self, name: str) -> Any:
        """What people were given is one question of five fields."""
        if name != "pack":
            return super().told(name)
        return [part for part, _ in PACK_PARTS if getattr(self.paper, part)]

    def clean_pack(self) -> list[str]:
        """In one order, so that two answers that mean the same are the same."""
        given = self.cleaned_data["pack"]
        return [part for part, _ in PACK_PARTS if part in given]

    def clean_opens_on(self) -> dt.date | None:
        """One that is put off opens today or later; what was open already had been open."""
        day: dt.date | None = self.cleaned_data["opens_on"]
        if self.paper is not None and day is not None and day < self.today:
            message = f"The first day must be {nhs_date(self.today)} or later, because it has not opened yet"
            raise ValidationError(message, code="past")
        return day

    def check(self) -> None:
        """It closes after it opened and tells what was said after it closed, no more is answered than
        was raised, a formal one is reported."""
        for name in ("closes_on", "decision_on"):
            self.not_before(name, "opens_on", "it opens")
        for name in ("report_on", "heard_on"):
            self.not_before(name, "closes_on", "it closes")
        raised, answered = self.answer("themes"), self.answer("themes_answered")
        if raised is not None and answered is not None and answered > raised:
            message = f"Themes answered must be {raised:,} or fewer, because that many were raised"
            self.add_error("themes_answered", ValidationError(message, code="too_many"))
        if self.answer("is_formal") and self.answer("report_expected") is False:
            self.add_error("report_expected", ValidationError(FORMAL_IS_REPORTED, code="formal"))

    def facts(self) -> list[dict[str, Any]]:
        """One row; each part of what people were given is a field of its own."""
        (asked,) = super().facts()
        if "pack" in asked:
            given = asked.pop("pack")
            asked |= {name: name in given for name, _ in PACK_PARTS}
        return [asked]
