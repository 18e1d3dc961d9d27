"""The words that stand for one group, as an administrator edits them: one on each line."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from plans.rules.mention_names import Names
from ui.forms import CleanText, CountedTextarea, NhsForm, Textarea

SHORTEST, LONGEST, MOST = 2, 80, 200
REASON_LIMIT = 300
CHANGED_MEANWHILE = (
    "Somebody else changed these words after you opened them. Nothing was saved. Look at them in"
    " another window, check what you typed here, and save again"
)


class WordsForm(NhsForm):
    """Every word of the group; what is taken off the list is no longer counted."""

    submit_text = "Save and count every plan anew"

    words = CleanText(
        label="Words and names, one on each line",
        max_length=MOST * (LONGEST + 2),
        widget=Textarea(attrs={"rows": 16}),
        help_text="Whole words are counted. One word with a capital letter, such as GP, counts only as it is written here; anything else in capitals as well. Add the plural by itself.",
        error_messages={"required": "Enter at least one word"},
    )
    reason = CleanText(
        label="Why are they changed?",
        max_length=REASON_LIMIT,
        widget=CountedTextarea(limit=REASON_LIMIT),
        help_text="It stands in the history beside the change, because it can move the figures of every plan.",
        error_messages={"required": "Enter why the words are changed"},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, category: str, names: Names, **options: Any) -> None:
        self.category, self.names = category, names
        now = names[category]
        options["initial"] = {"words": "\n".join(now), "seen": _mark(now)}
        super().__init__(*args, **options)

    def clean_words(self) -> list[str]:
        """Each word once, in the order typed; what cannot be counted is said with its line."""
        typed = [" ".join(line.split()) for line in str(self.cleaned_data["words"]).splitlines()]
        words = list(dict.fromkeys(word.replace("\u2019", "'") for word in typed if word))
        problems = [said for word in words if (said := self._wrong(word))]
        if len(words) > MOST:
            problems.append(f"Enter {MOST} words or fewer. There are {len(words)}")
        if problems:
            raise ValidationError(problems)
        return words

    def clean(self) -> dict[str, Any]:
        """Not over what somebody else saved meanwhile."""
        values = super().clean() or self.cleaned_data
        now = _mark(self.names[self.category])
        if not self.errors and values.get("seen") != now:
            self.data = {name: self.data.get(name) for name in self.data} | {"seen": now}
            raise ValidationError(CHANGED_MEANWHILE, code="changed")
        return values

    def _wrong(self, word: str) -> str:
        shown = f"“{word[:LONGEST]}”"
        if not SHORTEST <= len(word) <= LONGEST:
            return f"{shown} must have between {SHORTEST} and {LONGEST} characters"
        if not (word[0].isalnum() and any(one.isalpha() for one in word)):
            return f"{shown} must begin with a letter or a number and hold a letter"
        taken = [
            group for group, names in self.names.items() if group != self.category and word in names
        ]
        if taken:
            return f"{shown} stands for another group already. Take it off that list first"
        return ""


def _mark(words: Sequence[str]) -> str:
    """A short text that changes whenever the list does."""
    return hashlib.sha256("\n".join(sorted(words)).encode()).hexdigest()[:16]
