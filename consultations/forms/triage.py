"""What somebody who works through responses sends: one step at a time, each by a button."""

from dataclasses import dataclass

from django import forms
from django.http import QueryDict

from consultations.models import Theme
from ui.clean import bare, without_control_characters
from ui.forms import CleanText, NhsForm, Radios, Text

LONGEST_NAME = Theme._meta.get_field("name").max_length or 60  # noqa: SLF001 - Django documents it

LEFT = "left"
"""What the page itself sends when somebody leaves it."""

WITHOUT_RESPONSE = frozenset({"next", "stop", "undo", LEFT})
STEPS = WITHOUT_RESPONSE | {
    *("take", "skip", "clear", "hold", "done", "echo", "name", "make"),
    *("theme", "off", "accept", "refuse"),
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One step: what to do, with what (``number``), to which response as it was seen."""

    step: str
    number: int = 0
    response: int = 0
    version: int = 0
    answer: int = 0


def read_step(sent: QueryDict) -> Asked | None:
    """The step that was sent; None for what no button of the page sends."""
    step, _, number = sent.get("do", "").partition(":")
    if step not in STEPS:
        return None
    return Asked(
        step=step,
        number=whole(number),
        response=whole(sent.get("response", "")),
        version=whole(sent.get("version", "")),
        answer=whole(sent.get("answer", "")),
    )


def whole(text: str) -> int:
    """A number that the page wrote; 0 for anything else."""
    plain = bare(text)
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 12 else 0


OTHER = "other"
HOLD_REASONS = {
    "attack": "It attacks somebody personally",
    "patient": "A patient could be recognised",
    "details": "It holds private details of somebody else",
    "unrelated": "It is not about this consultation",
    OTHER: "Another reason",
}


class HoldForm(NhsForm):
    """Why a response is held back."""

    why = forms.ChoiceField(
        label="Why is it held back?",
        choices=list(HOLD_REASONS.items()),
        widget=Radios(small=True),
        error_messages={"required": "Choose why it is held back"},
    )
    note = CleanText(
        label="More about it (optional)",
        required=False,
        max_length=200,
        help_text="Do not repeat what must not be read.",
    )
    submit_text = "Hold it back and go on"

    def clean(self) -> dict[str, object]:
        """Another reason is none until it is written down."""
        cleaned = super().clean() or {}
        if cleaned.get("why") == OTHER and not cleaned.get("note") and "note" not in self.errors:
            self.add_error("note", "Write down the reason")
        return cleaned

    @property
    def reason(self) -> str:
        """As it is kept: `A patient could be recognised: the second answer`."""
        why, note = self.cleaned_data["why"], self.cleaned_data["note"]
        if why == OTHER:
            return str(note)
        return f"{HOLD_REASONS[why]}: {note}" if note else HOLD_REASONS[why]


class NameForm(NhsForm):
    """The name of a theme, typed: one that is there, or a new one."""

    name = CleanText(
        label="Theme by name",
        max_length=LONGEST_NAME,
        widget=Text(),
        error_messages={"required": "Type the name of a theme"},
    )


def typed_in(sent: QueryDict) -> str:
    """Words that were typed with a step, to be given back where it could not be done."""
    typed = (sent.get("note", ""), sent.get("name", ""))
    return " ".join(without_control_characters(text).strip()[:200] for text in typed).strip()
