"""What a consultation asks, as its managers write it."""

from typing import Any

from django import forms

from consultations.actions.surveys import Asked
from consultations.models import Question, QuestionKind
from consultations.rules.surveys import CHOICE_LENGTH, FEWEST_CHOICES, MOST_CHOICES
from ui.forms import Checkboxes, CleanText, NhsForm, Radios, Text, Textarea

REQUIRED, PROCESS = "required", "process"
MARKS = (
    (REQUIRED, "It must be answered before the form can be sent"),
    (PROCESS, "It asks about the consultation itself and not about its subject"),
)
INTRODUCTION_LENGTH = 4_000


class QuestionForm(NhsForm):
    """One question."""

    text = CleanText(
        label="What do you ask?",
        max_length=300,
        widget=Textarea,
        help_text="One thing at a time. For example: What would make the urgent care centre better?",
        error_messages={"required": "Enter the question"},
    )
    hint = CleanText(
        label="Hint (optional)",
        required=False,
        max_length=300,
        widget=Text,
        help_text="One line below the question. On a scale, say what 1 and 5 mean",
    )
    kind = forms.ChoiceField(
        label="How is it answered?",
        choices=QuestionKind.choices,
        initial=QuestionKind.TEXT,
        widget=Radios(reveals={QuestionKind.CHOICE: "choices"}),
    )
    choices = CleanText(
        label="The answers to choose from",
        required=False,
        max_length=(CHOICE_LENGTH + 2) * MOST_CHOICES,
        widget=Textarea,
        help_text=f"One on each line, {FEWEST_CHOICES} to {MOST_CHOICES} of them",
    )
    marks = forms.MultipleChoiceField(
        label="What else? (optional)", required=False, choices=MARKS, widget=Checkboxes()
    )

    @classmethod
    def starting_with(cls, question: Question, *args: Any, **kwargs: Any) -> "QuestionForm":
        """The form filled in with a question that is there."""
        marks = [(REQUIRED, question.is_required), (PROCESS, question.is_about_process)]
        initial = {
            "text": question.text,
            "hint": question.hint,
            "kind": question.kind,
            "choices": "\n".join(question.choices),
            "marks": [name for name, holds in marks if holds],
        }
        return cls(*args, initial=initial, **kwargs)

    def clean_text(self) -> str:
        """One line, however it was typed."""
        return " ".join(self.cleaned_data["text"].split())

    def clean(self) -> dict[str, Any]:
        """One of several answers needs several."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("kind") != QuestionKind.CHOICE or "choices" in self.errors:
            return cleaned
        lines = [" ".join(one.split()) for one in cleaned.get("choices", "").splitlines()]
        listed = list(dict.fromkeys(one for one in lines if one))
        if problem := _problem_of(listed):
            self.add_error("choices", problem)
        cleaned["choices"] = listed
        return cleaned

    def asked(self) -> Asked:
        """The question as it is written."""
        said = self.cleaned_data
        is_choice = said["kind"] == QuestionKind.CHOICE
        return Asked(
            text=said["text"],
            hint=said["hint"],
            kind=said["kind"],
            choices=said["choices"] if is_choice else (),
            is_required=REQUIRED in said["marks"],
            is_about_process=PROCESS in said["marks"],
        )


def _problem_of(listed: list[str]) -> str:
    if not FEWEST_CHOICES <= len(listed) <= MOST_CHOICES:
        return (
            f"Enter {FEWEST_CHOICES} to {MOST_CHOICES} different answers, one on each line. There"
            f" are {len(listed)} now"
        )
    long = next((one for one in listed if len(one) > CHOICE_LENGTH), "")
    if long:
        return f"Shorten “{long[:40]}…” to {CHOICE_LENGTH} characters or fewer"
    return ""


class DescribeForm(NhsForm):
    """What the first page of the form says."""

    introduction = CleanText(
        label="What it is about, and why you ask (optional)",
        required=False,
        max_length=INTRODUCTION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="It stands on the first page of the form, above the dates. Say what can still"
        " change, and where people find the options and the reasons",
    )
    analyst = CleanText(
        label="Who outside reads the answers (optional)",
        required=False,
        max_length=160,
        widget=Text,
        help_text="Where somebody other than the managers of the plan analyses them",
    )
    submit_text = "Save"
