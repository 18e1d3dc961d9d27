"""What a person sends from the page of one response: held back, quoted, matched with the register."""

from django import forms

from consultations.rules.concerns import CONCERNS, concerns
from consultations.rules.quotes import is_quoted_from
from ui.forms import CleanText, NhsForm, Textarea
from ui.words import and_list, lower_first

MOST_QUOTED = 1_000


class QuoteForm(NhsForm):
    """Words of an answer that may be published; empty takes them back."""

    words = CleanText(
        label="Words that may be published",
        required=False,
        max_length=MOST_QUOTED,
        widget=Textarea(attrs={"rows": 3}),
        help_text="Copy them from the answer. Three dots (…) stand for what you leave out, square"
        " brackets for what you put in its place, such as [a GP].",
    )
    is_read = forms.BooleanField(
        label="Nobody is attacked in it and no patient can be recognised by it",
        required=False,
    )

    def __init__(self, *args: object, text: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.text = text

    def clean_words(self) -> str:
        """What they wrote, without anything that leads to a person."""
        words = str(self.cleaned_data["words"])
        if words and not is_quoted_from(self.text, words):
            message = "These words do not stand so in the answer. Copy them from it"
            raise forms.ValidationError(message)
        if found := concerns(words):
            named = and_list(lower_first(CONCERNS[code]) for code in found)
            message = f"The words hold {named}. Leave that out"
            raise forms.ValidationError(message)
        return words

    def clean(self) -> dict[str, object]:
        """Words are published only when a person says that they have read them for it."""
        cleaned = super().clean() or {}
        if cleaned.get("words") and not cleaned.get("is_read"):
            self.add_error("is_read", "Tick the box when you have read the words for this")
        return cleaned
