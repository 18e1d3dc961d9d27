"""Asking members, what members write, and the response that is made of it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from engagement.forms.keys import FormKey
from engagement.models import Comment
from engagement.queries.collations import Subject
from engagement.rules.collations import COMMENT_LENGTH, RESPONSE_LENGTH
from ui.forms import CleanText, NhsForm, PlainDateField, Select, Text, Textarea
from ui.words import nhs_date

LONGEST_OPEN = dt.timedelta(days=366)
MATCHES_NAMED = 5


class OpenForm(NhsForm):
    """What to ask the members, about which plan, until when."""

    submit_text = "Open it"

    about = forms.ChoiceField(
        label="What do you ask about?",
        widget=Select,
        help_text="A plan, or a consultation on it: your response is then one to that as well",
        error_messages={"required": "Choose the plan or the consultation that you ask about"},
    )
    question = CleanText(
        label="What do you ask your members?",
        max_length=300,
        widget=Textarea,
        help_text="In your own words. For example: The draft moves diabetes care into practices."
        " What would you need for that?",
        error_messages={"required": "Enter what you ask your members"},
    )
    closes_on = PlainDateField(
        label="Until when may they answer?",
        called="the last day",
        error_messages={"required": "Enter the last day on which they may answer"},
    )

    def __init__(
        self, *args: Any, subjects: Mapping[str, Subject], today: dt.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.subjects = today, subjects
        choices = [(key, one.name) for key, one in subjects.items()]
        self.fields["about"].choices = [("", "Choose one"), *choices]  # type: ignore[attr-defined]

    def clean_closes_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["closes_on"]
        if day < self.today:
            raise forms.ValidationError("The last day must be today or later")
        if day > self.today + LONGEST_OPEN:
            message = f"The last day must be {nhs_date(self.today + LONGEST_OPEN)} or earlier"
            raise forms.ValidationError(message)
        subject = self.subjects.get(self.cleaned_data.get("about", ""))
        if subject and subject.last_day and day > subject.last_day:
            last = nhs_date(subject.last_day)
            message = f"The consultation closes on {last}. Enter that day or an earlier one"
            raise forms.ValidationError(message)
        return day

    @property
    def subject(self) -> Subject:
        """What was chosen."""
        return self.subjects[self.cleaned_data["about"]]


class CodeForm(NhsForm):
    """The code that a member was given."""

    submit_text = "Go on"

    code = forms.CharField(
        label="The code that you were given",
        widget=Text(width=20),
        help_text="Twelve letters and digits, like ACDE-FGHJ-KMNP",
        error_messages={"required": "Enter the code that you were given"},
    )


class CommentForm(NhsForm):
    """What a member says; who says it is up to them."""

    submit_text = "Send the comment"

    words = CleanText(
        label="Your comment",
        max_length=COMMENT_LENGTH,
        widget=Textarea,
        help_text="Up to 5,000 characters. Write nothing about patients",
        error_messages={"required": "Enter your comment"},
    )
    practice = CleanText(
        label="Your practice (optional)",
        required=False,
        max_length=200,
        widget=Text,
        help_text="Its name or its code, like P82001",
    )
    name = CleanText(
        label="Your name (optional)",
        required=False,
        max_length=120,
        widget=Text,
        help_text="Only if you want them to know who wrote it",
    )
    form_key = FormKey()

    def __init__(
        self, *args: Any, members: Sequence[tuple[int, str, str]], asker: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.members, self.asker = members, asker

    def clean_practice(self) -> int | None:
        """The id of the member practice that is meant by its code or its name; None for nothing."""
        typed: str = self.cleaned_data["practice"]
        if not typed:
            return None
        found = _matching(typed, self.members)
        if len(found) == 1:
            return found[0][0]
        if not found:
            message = (
                f"No practice of {self.asker} has the name or code “{typed[:80]}”. Check it, or"
                " leave it empty"
            )
            raise forms.ValidationError(message)
        codes = ", ".join(f"{name} ({code})" for _, code, name in found[:MATCHES_NAMED])
        message = f"More than one practice has this name. Enter the code of yours: {codes}"
        raise forms.ValidationError(message)


def _matching(typed: str, members: Iterable[tuple[int, str, str]]) -> list[tuple[int, str, str]]:
    """Members with that code; failing that with that name; failing that whose name holds it."""
    wanted = _plain(typed)
    listed = list(members)
    by_code = [one for one in listed if _plain(one[1]) == wanted]
    by_name = [one for one in listed if _plain(one[2]) == wanted]
    if by_code or by_name or len(wanted) < 3:
        return by_code or by_name
    return [one for one in listed if wanted in _plain(one[2])]


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


class ChooseForm(NhsForm):
    """Which comments are used. One tick for each, drawn by the page itself."""

    used = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, comments: Iterable[Comment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["used"].choices = [(one.pk, "") for one in comments]  # type: ignore[attr-defined]


class ResponseForm(NhsForm):
    """The response that is put together from the comments."""

    submit_text = "Preview"

    words = CleanText(
        label="Your response",
        max_length=RESPONSE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 20}),
        error_messages={"required": "Write the response before you send it"},
    )
