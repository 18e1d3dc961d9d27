"""What a representative says of a record, and what a manager answers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from engagement.forms.evidence import EvidenceFields
from engagement.models import Answer, Attestation
from ui.forms import CleanText, NhsForm, Radios, Textarea


class AnswerForm(EvidenceFields, NhsForm):
    """Agree or disagree; who disagrees says why, and may add what shows it."""

    submit_text = "Send the answer"
    field_order = ("answer", "words")

    answer = forms.ChoiceField(
        label="Did it happen as the record says?",
        choices=((Answer.CONFIRMED, "Yes, we agree"), (Answer.DISPUTED, "No, we disagree")),
        widget=Radios(
            hints={
                Answer.CONFIRMED: "The board sees that you agree",
                Answer.DISPUTED: "It stops counting until it is put right, and the board sees why",
            },
            reveals={Answer.DISPUTED: "words"},
        ),
        error_messages={"required": "Choose whether you agree with the record"},
    )
    words = CleanText(
        label="What is wrong with it?",
        max_length=2000,
        required=False,
        widget=Textarea,
        help_text="For example: nobody of ours was there; we were told and not asked",
    )

    def __init__(self, *args: Any, standing: Attestation | None, **kwargs: Any) -> None:
        said = {"answer": standing.answer, "words": standing.words} if standing else {}
        super().__init__(*args, initial=said, **kwargs)

    @property
    def evidence(self) -> list[forms.BoundField]:
        """The fields for files and links, which most people leave as they are."""
        return [self[name] for name in self.fields_in_sight() if name != "answer"]

    @property
    def shows_evidence(self) -> bool:
        """Whether something was sent with it already, or was wrong with what was sent."""
        return any(field.errors or field.value() for field in self.evidence)

    def clean(self) -> dict[str, Any]:
        """A dispute needs its reason; who agrees has nothing to explain."""
        cleaned = super().clean() or {}
        if cleaned.get("answer") == Answer.DISPUTED and not cleaned.get("words"):
            self.add_error("words", ValidationError("Enter what is wrong with the record"))
        if cleaned.get("answer") == Answer.CONFIRMED:
            cleaned["words"] = ""  # the box still holds what a former dispute said
        return cleaned


class ReplyForm(NhsForm):
    """The managers' own words beside a dispute."""

    submit_text = "Send the reply"

    reply = CleanText(
        label="Your reply",
        max_length=2000,
        widget=Textarea,
        help_text="The organisation and the board read it beside what was said. It does not end the"
        " dispute: to do that, put the record right, and the organisation agrees",
        error_messages={"required": "Enter your reply"},
    )


class TakeBackForm(NhsForm):
    """The organisation ends its own dispute."""

    words = CleanText(
        label="Why do you take it back?",
        max_length=2000,
        widget=Textarea,
        help_text="For example: we found the notes, and two of us were there. What you said before"
        " stays in the history",
        error_messages={"required": "Enter why you take it back"},
    )


class CloseForm(NhsForm):
    """The board keeps both the record and the disagreement."""

    words = CleanText(
        label="Why do both stand?",
        max_length=2000,
        widget=Textarea,
        help_text="The organisation, the managers and everybody who reads the plan see it beside the"
        " figure",
        error_messages={"required": "Enter why both stand"},
    )


class RevokeForm(NhsForm):
    """A manager takes a link back."""

    reason = CleanText(
        label="Why is it taken back?",
        max_length=300,
        help_text="For example: it was sent to somebody who has left",
        error_messages={"required": "Enter why the link is taken back"},
    )
