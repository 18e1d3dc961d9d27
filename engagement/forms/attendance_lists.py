"""An attendance list on its way in: the file, what its columns are, and the last word."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField

from engagement.forms.keys import FormKey
from engagement.models import Channel, Level, Outcome
from engagement.queries.crediting import PlanChoice
from engagement.rules.answers import OUTCOMES_BY_STATUS
from engagement.rules.attendance_columns import FIELDS, OF_EVENTS, guess, missing
from engagement.rules.attendance_words import (
    DAY_FIRST,
    MONTH_FIRST,
    usual_meaning,
    usual_outcome,
)
from files.list_fields import LIST_HINT, ListFile, keep_list
from files.models import StoredFile
from files.reading.sheets_limits import letters
from plans.models import Capacity
from ui.forms import CleanText, CountedTextarea, NhsForm, Radios, Select

LEAVE = "leave"
_OUTCOMES = [
    ("", "Choose one"),
    *((key, str(Outcome(key).label)) for key in OUTCOMES_BY_STATUS["happened"]),
    (LEAVE, "Leave these rows out"),
]
_CAPACITIES = [("", "Choose one"), *Capacity.choices]


class ListForm(NhsForm):
    """The file, and for which plan; ``stored`` is the file once the form is valid."""

    plan = forms.ChoiceField(
        label="Which plan does it count for?",
        error_messages={"required": "Choose the plan that it counts for"},
    )
    file = ListFile(
        label="The list", help_text=LIST_HINT, error_messages={"required": "Choose the list"}
    )
    form_key = FormKey()

    submit_text: ClassVar[str] = "Send the list"

    def __init__(
        self, *args: Any, plans: Sequence[PlanChoice], now: dt.datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.stored: StoredFile | None = None
        field = self.fields["plan"]
        field.widget = Select()
        field.choices = [  # type: ignore[attr-defined]
            ("", "Choose one"),
            *((one.code, f"{one.footprint_name}: {one.title}") for one in plans),
        ]
        if len(plans) == 1:
            self.initial["plan"] = plans[0].code

    def clean(self) -> dict[str, Any]:
        """Keep the file by its content once everything else is right."""
        cleaned = super().clean() or {}
        upload = cleaned.get("file")
        if isinstance(upload, UploadedFile) and not self.errors:
            try:
                self.stored = keep_list(upload, now=self.now)
            except forms.ValidationError as refused:
                self.add_error("file", refused)
        return cleaned


class ColumnsForm(NhsForm):
    """What each column is, and what the words in it mean; guessed, and for a person to put right."""

    submit_text: ClassVar[str] = "See what would be added"
    label_size: ClassVar[str] = ""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        sheet: Mapping[str, Any],
        header: int,
        for_one_event: bool,
        said: Mapping[str, Any],
    ) -> None:
        """``said`` is the mapping of an earlier time, if any; ``sheet`` as ``attendance_summary`` gives it."""
        super().__init__(data)
        self.sheet, self.header, self.for_one_event = sheet, header, for_one_event
        self.headings: list[str] = sheet["top"][header] if header < len(sheet["top"]) else []
        self.guessed = {**guess(self.headings), **said.get("columns", {})}
        self.width = max((len(row) for row in sheet["top"]), default=0)
        self._add_columns()
        self.outcome_words = self._add_words(
            "outcome", _OUTCOMES, {**said.get("outcomes", {})}, usual_outcome
        )
        self.capacity_words = self._add_words(
            "capacity", _CAPACITIES, {**said.get("capacities", {})}, usual_meaning
        )
        self.examples: list[str] = sheet["dates"].get(str(self._chosen("event_date")), [])
        if self.examples and not for_one_event:
            self._add_order(said)
        if not for_one_event:
            self._add_kind(said)
        for field in self.fields.values():
            field.label_size = ""  # type: ignore[attr-defined]

    def _add_columns(self) -> None:
        choices = [
            ("", "Not in this list"),
            *((str(at), self._called(at)) for at in range(self.width)),
        ]
        for name, label in FIELDS.items():
            if self.for_one_event and name in OF_EVENTS:
                continue
            at = self.guessed.get(name)
            self.fields[f"column-{name}"] = forms.ChoiceField(
                label=label,
                choices=choices,
                required=False,
                widget=Select(),
                initial="" if at is None else str(at),
                error_messages={"invalid_choice": f"{label}: choose one of the columns listed"},
            )

    def _called(self, at: int) -> str:
        heading = self.headings[at].strip() if at < len(self.headings) else ""
        return f"{letters(at)}: {heading[:40] or 'no heading'}"

    def _chosen(self, name: str) -> int | None:
        """The column that was chosen in what was sent, or guessed."""
        sent = self.data.get(f"column-{name}") if self.is_bound else self.guessed.get(name)
        text = str(sent) if sent is not None else ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None

    def _add_words(
        self, name: str, choices: list[tuple[str, str]], said: dict[str, str], usual: Any
    ) -> dict[str, str]:
        """A question for each different word of the column; its field -> the plain word."""
        found: Mapping[str, str] = self.sheet["words"].get(str(self._chosen(name)), {})
        fields = {}
        for number, (plain, typed) in enumerate(sorted(found.items())):
            if name == "capacity" and not plain:
                continue
            field = f"{name}-{number}"
            fields[field] = plain
            meant = said.get(plain, usual(plain))
            self.fields[field] = forms.ChoiceField(
                label=f"“{typed}” means" if plain else "An empty cell means",
                choices=choices,
                widget=Select(),
                initial=LEAVE if plain in said and not meant else meant,
                error_messages={
                    "required": f"Say what “{typed}” means"
                    if plain
                    else "Say what an empty cell means"
                },
            )
        return fields

    def _add_order(self, said: Mapping[str, Any]) -> None:
        shown = ", ".join(self.examples)
        self.fields["order"] = forms.ChoiceField(
            label="In which order are the dates written?",
            help_text=f"These can only be read with the month first: {shown}",
            choices=[
                (DAY_FIRST, "Day first: 3/4/2016 is 3 April"),
                (MONTH_FIRST, "Month first: 3/4/2016 is 4 March"),
            ],
            widget=Radios(),
            initial=said.get("order"),
            error_messages={"required": "Choose in which order the dates are written"},
        )

    def _add_kind(self, said: Mapping[str, Any]) -> None:
        self.fields["channel"] = forms.ChoiceField(
            label="How were these events held?",
            choices=[("", "Choose one"), *Channel.choices],
            widget=Select(),
            initial=said.get("channel", ""),
            help_text="One answer for every event of the list that is not recorded yet",
            error_messages={"required": "Choose how these events were held"},
        )
        self.fields["level"] = forms.ChoiceField(
            label="How far could people influence the plan?",
            choices=[("", "Choose one"), *Level.choices],
            widget=Select(),
            initial=said.get("level", ""),
            error_messages={"required": "Choose how far people could influence the plan"},
        )

    def clean(self) -> dict[str, Any]:
        """Each column once, and what is needed to place a row."""
        cleaned = super().clean() or {}
        columns = self.columns(cleaned)
        for name in missing(columns, for_one_event=self.for_one_event):
            self.add_error(f"column-{name}", _NEEDED[name])
        seen: dict[int, str] = {}
        for name, at in columns.items():
            other = seen.setdefault(at, name)
            if other != name:
                self.add_error(
                    f"column-{name}",
                    f"Column {letters(at)} is “{FIELDS[other]}” already. Choose another one",
                )
        for name in ("outcome", "capacity"):
            if name in columns and str(columns[name]) not in self.sheet["words"]:
                self.add_error(
                    f"column-{name}",
                    f"Column {letters(columns[name])} holds too many different words. Choose another one",
                )
        return cleaned

    def columns(self, cleaned: Mapping[str, Any]) -> dict[str, int]:
        return {
            name: int(cleaned[f"column-{name}"])
            for name in FIELDS
            if cleaned.get(f"column-{name}", "") != ""
        }

    def mapping(self, *, sheet_number: int) -> dict[str, Any]:
        """The answers as they are kept."""
        answers = self.cleaned_data
        said: dict[str, Any] = {
            "sheet": sheet_number,
            "header": self.header,
            "columns": self.columns(answers),
            "outcomes": {
                plain: "" if answers[field] == LEAVE else answers[field]
                for field, plain in self.outcome_words.items()
            },
            "capacities": {plain: answers[field] for field, plain in self.capacity_words.items()},
        }
        return said | {key: answers[key] for key in ("order", "channel", "level") if key in answers}

    def of_columns(self) -> Iterator[BoundField]:
        return (self[name] for name in self.fields if name.startswith("column-"))

    def of_words(self) -> Iterator[BoundField]:
        return (self[name] for name in [*self.outcome_words, *self.capacity_words])

    def of_kind(self) -> Iterator[BoundField]:
        return (self[name] for name in ("order", "channel", "level") if name in self.fields)


_NEEDED = {
    "organisation": "Choose the column with the organisation's code, or with its name",
    "event_date": "Choose the column with the date of the event",
    "event_title": "Choose the column with the name of the event, or with its number",
}


class ConfirmListForm(NhsForm):
    """The last word; asks why where an event lies outside the plan's time."""

    period_reason = CleanText(
        label="Some of these events lie outside the plan's own time. Why do they count for it?",
        max_length=300,
        widget=CountedTextarea(limit=300, attrs={"rows": 2}),
        error_messages={"required": "Say why events outside the plan's time count for it"},
    )

    submit_text: ClassVar[str] = "Add them to the record"

    def __init__(self, *args: Any, is_outside: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_outside:
            del self.fields["period_reason"]
