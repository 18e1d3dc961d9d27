"""An export of a survey tool on its way in: the file, and what its columns are."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField

from consultations.models import Group, RespondentKind
from consultations.rules.respondents import plain
from consultations.rules.response_columns import (
    ABOUT,
    GROUP,
    KIND,
    LEAVE,
    QUESTIONS,
    usual_group,
    usual_kind,
)
from files.list_fields import LIST_HINT, ListFile, keep_list
from files.models import StoredFile
from files.reading.sheets_limits import letters
from ui.forms import NhsForm, Select


class ResponsesFileForm(NhsForm):
    """The file; ``stored`` once the form is valid."""

    file = ListFile(
        label="The file",
        help_text=LIST_HINT,
        error_messages={"required": "Choose the file that the survey tool gave you"},
    )
    submit_text: ClassVar[str] = "Send the file"

    def __init__(self, *args: Any, now: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.stored: StoredFile | None = None

    def clean(self) -> dict[str, Any]:
        """Keep the file by its content."""
        cleaned = super().clean() or {}
        upload = cleaned.get("file")
        if isinstance(upload, UploadedFile):
            try:
                self.stored = keep_list(upload, now=self.now)
            except forms.ValidationError as refused:
                self.add_error("file", refused)
        return cleaned


_MEANINGS = [
    (LEAVE, "Leave it out"),
    ("Questions", list(QUESTIONS.items())),
    ("About the respondent", list(ABOUT.items())),
]


class ResponseColumnsForm(NhsForm):
    """What each column is, and what the words for kinds of respondents mean."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        summary: Mapping[str, Any],
        said: Mapping[str, Any],
    ) -> None:
        """``summary`` as ``response_columns.summary`` gives it; ``said`` the mapping of an earlier time."""
        super().__init__(data)
        self.summary = summary
        meanings = said.get("meanings", {})
        for at, heading in enumerate(summary["headings"]):
            self.fields[f"column-{at}"] = forms.ChoiceField(
                label=f"{letters(at)}: {heading or 'no heading'}",
                choices=_MEANINGS,
                widget=Select(),
                initial=meanings.get(str(at), summary["guessed"][at]),
            )
        self.kind_words = self._words(
            KIND, RespondentKind.choices, said.get("kinds", {}), usual_kind
        )
        self.group_words = self._words(GROUP, Group.choices, said.get("groups", {}), usual_group)
        for field in self.fields.values():
            field.label_size = ""  # type: ignore[attr-defined]

    def _chosen(self, meaning: str) -> str:
        """The index of the column of that meaning, in what was sent or guessed; empty for none."""
        for at in range(len(self.summary["headings"])):
            name = f"column-{at}"
            said = self.data.get(name) if self.is_bound else self.fields[name].initial
            if said == meaning:
                return str(at)
        return ""

    def _words(
        self, meaning: str, choices: list[Any], said: Mapping[str, str], usual: Any
    ) -> dict[str, str]:
        fields = {}
        for number, word in enumerate(self.summary["words"].get(self._chosen(meaning), [])):
            name = f"{meaning}-{number}"
            fields[name] = plain(word)
            self.fields[name] = forms.ChoiceField(
                label=f"“{word}” means",
                choices=choices,
                widget=Select(),
                initial=said.get(plain(word), usual(word)),
                error_messages={"required": f"Say what “{word}” means"},
            )
        return fields

    def clean(self) -> dict[str, Any]:
        """A question at least; each fact about the respondent in one column; few words in a short one."""
        cleaned = super().clean() or {}
        meanings = self.meanings(cleaned)
        if not any(said in QUESTIONS for said in meanings.values()):
            self.add_error(None, "Choose at least one column that is a question")
        seen: dict[str, int] = {}
        for at, said in meanings.items():
            if said not in ABOUT:
                continue
            other = seen.setdefault(said, at)
            if other != at:
                message = f"Column {letters(other)} is “{ABOUT[said]}” already. Choose otherwise"
                self.add_error(f"column-{at}", message)
            if said in (KIND, GROUP) and str(at) not in self.summary["words"]:
                message = f"Column {letters(at)} holds too many different words. Choose otherwise"
                self.add_error(f"column-{at}", message)
        return cleaned

    def meanings(self, cleaned: Mapping[str, Any]) -> dict[int, str]:
        return {
            at: cleaned.get(f"column-{at}", LEAVE) for at in range(len(self.summary["headings"]))
        }

    def mapping(self) -> dict[str, Any]:
        """The answers as they are kept."""
        answers = self.cleaned_data
        return {
            "meanings": {str(at): said for at, said in self.meanings(answers).items()},
            "kinds": {word: answers[name] for name, word in self.kind_words.items()},
            "groups": {word: answers[name] for name, word in self.group_words.items()},
        }

    def of_columns(self) -> Iterator[BoundField]:
        return (self[name] for name in self.fields if name.startswith("column-"))

    def of_words(self) -> Iterator[BoundField]:
        return (self[name] for name in [*self.kind_words, *self.group_words])
