"""What is typed about the history: words to take out, why, and reasons of holds."""

from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from django import forms

from accounts.presenters.words import noun_of
from ui.forms import CleanText, NhsForm, Radios, Select, Text, Textarea

SHORTEST = 3


def _reason(label: str, hint: str, wanted: str) -> CleanText:
    return CleanText(
        label=label,
        help_text=hint,
        max_length=300,
        widget=Textarea,
        error_messages={"required": wanted},
    )


class RedactionForm(NhsForm):
    """Words to take out, in one record or everywhere, and who wants it."""

    words = CleanText(
        label="Words to take out",
        help_text="A name, an email address or a telephone number, as it stands in the history."
        " The whole text that holds it is taken out.",
        max_length=200,
        widget=Text,
        error_messages={"required": "Enter the words to take out"},
    )
    where = forms.ChoiceField(label="Where", widget=Radios)
    reason = _reason(
        "Reason", "Who asked for it and when. Do not repeat the words here.", "Enter a reason"
    )
    submit_text = "Ask for the redaction"

    def __init__(self, *args: Any, about: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("everywhere", "In the whole history")]
        if about:
            choices.insert(0, ("record", f"Only in the history of {about}"))
        self.fields["where"].choices = choices  # type: ignore[attr-defined]
        self.fields["where"].initial = choices[0][0]

    def clean_words(self) -> str:
        words = str(self.cleaned_data["words"])
        if len(words) < SHORTEST:
            raise forms.ValidationError(f"Enter at least {SHORTEST} characters")
        return words

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        words, reason = given.get("words", ""), given.get("reason", "")
        if words and words.casefold() in reason.casefold():
            self.add_error("reason", "Leave the words themselves out of the reason")
        return given


class RefusalForm(NhsForm):
    """Why the history stays as it is."""

    reason = _reason("Reason", "Whoever asked reads it.", "Enter a reason")
    submit_text = "Refuse the redaction"
    submit_variant = "secondary"


class HoldForm(NhsForm):
    """Which record is kept as it is, and why."""

    object_type = forms.ChoiceField(label="Kind of record", widget=Select)
    object_key = CleanText(
        label="Number of the record",
        help_text="It stands in the address of the record's page and in its history.",
        max_length=60,
        widget=Text,
        error_messages={"required": "Enter the number of the record"},
    )
    reason = _reason(
        "Reason", "The claim, complaint or inquiry that it is kept for.", "Enter a reason"
    )
    submit_text = "Place the hold"

    def __init__(self, *args: Any, types: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = sorted(((one, noun_of(one)) for one in types), key=itemgetter(1))
        self.fields["object_type"].choices = choices  # type: ignore[attr-defined]


class ConfirmForm(NhsForm):
    """A question with one button."""

    submit_text = "Lift the hold"
