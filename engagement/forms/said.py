"""Step 3 of logging: how far people could influence the plan, and what was said."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from engagement.models import Level
from engagement.rules.record import PointMade
from ui.forms import Checkboxes, CleanText, CountedTextarea, NhsForm, PlainDateField, Radios, Select

LEVEL_TESTS = {
    Level.INFORM.value: "We told them what is planned.",
    Level.CONSULT.value: "We asked what they think, and will say what we did with it.",
    Level.INVOLVE.value: "We worked through the options with them, so that their concerns shape the plan.",
    Level.COLLABORATE.value: "We wrote a part of the plan together.",
    Level.EMPOWER.value: "They decide, and we carry it out.",
}
"""One line for each level by which the logger can tell it from its neighbours (after IAP2)."""

MOST_POINTS = 50
POINT_FIELDS = ("text", "theme", "organisation", "follow_up_by")


class SaidForm(NhsForm):
    """Level, summary and a note that only named people may read."""

    level = forms.ChoiceField(
        label="How far could people influence the plan?",
        choices=[(level.value, level.label) for level in Level],
        widget=Radios(hints=LEVEL_TESTS),
        error_messages={"required": "Choose how far people could influence the plan"},
    )
    summary = CleanText(
        label="Summary (optional)",
        required=False,
        max_length=4000,
        widget=CountedTextarea(attrs={"rows": 4}, limit=4000),
        help_text="Everybody who may see this record reads it.",
    )
    restricted_note = CleanText(
        label="Restricted note (optional)",
        required=False,
        max_length=2000,
        widget=CountedTextarea(attrs={"rows": 3}, limit=2000),
        help_text="Only you and the people you tick below can read it.",
    )
    readers = forms.TypedMultipleChoiceField(
        label="Who else may read the note?",
        required=False,
        coerce=int,
        error_messages={"invalid_choice": "Choose only managers of the footprints credited"},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        readers: Sequence[tuple[int, str]],
        with_note: bool = True,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """``readers`` are the other managers; without ``with_note`` the note is not asked for."""
        super().__init__(data, initial=initial)
        self.fields["readers"].widget = Checkboxes(small=True)
        self.fields["readers"].choices = list(readers)  # type: ignore[attr-defined]
        if not with_note:
            del self.fields["restricted_note"]
        if not with_note or not readers:
            del self.fields["readers"]


class PointForm(NhsForm):
    """One thing that was said; a row left empty is no point."""

    text = CleanText(label="What was said", required=False, max_length=500)
    theme = CleanText(label="Theme", required=False, max_length=60)
    organisation = forms.TypedChoiceField(
        label="Who said it", required=False, coerce=int, empty_value=None, widget=Select
    )
    follow_up_by = PlainDateField(
        label="Follow up by", called="The follow-up date", required=False, help_text=""
    )

    def __init__(
        self,
        number: int,
        data: Mapping[str, Any] | None = None,
        *,
        organisations: Sequence[tuple[int, str]],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, prefix=f"point-{number}", initial=initial)
        self.number = number + 1
        self.fields["organisation"].choices = [("", "Nobody in particular"), *organisations]  # type: ignore[attr-defined]
        self.fields["theme"].widget.attrs["list"] = "themes"

    def is_empty(self) -> bool:
        """Nothing at all was typed in this row."""
        return not any(
            str(self.data.get(self.add_prefix(name)) or "").strip() for name in POINT_FIELDS
        )

    def clean(self) -> dict[str, Any]:
        """A theme or a date without words is a point half made."""
        cleaned = super().clean() or {}
        if "text" not in self.errors and not cleaned.get("text") and not self.is_empty():
            self.add_error("text", f"Enter what was said in point {self.number}, or empty the row")
        return cleaned

    def point(self) -> PointMade:
        """The point as it is saved; the form is valid and not empty."""
        cleaned = self.cleaned_data
        follow_up: dt.date | None = cleaned["follow_up_by"]
        return PointMade(
            text=cleaned["text"],
            theme=cleaned["theme"],
            organisation_id=cleaned["organisation"],
            follow_up_by=follow_up,
        )


def typed_points(data: Mapping[str, Any]) -> list[dict[str, str]]:
    """What was typed in the rows of points, as typed; never more rows than the page offers.

    A row in which nothing stands is no row: the next one moves up.
    """
    typed = []
    for number in range(MOST_POINTS):
        if f"point-{number}-text" not in data:
            break
        row = {name: str(data.get(f"point-{number}-{name}") or "") for name in POINT_FIELDS}
        if any(row.values()):
            typed.append(row)
    return typed


def point_forms(
    typed: Sequence[Mapping[str, str]],
    *,
    organisations: Sequence[tuple[int, str]],
    bound: bool,
    spare: int = 0,
) -> list[PointForm]:
    """A form for each row typed, and ``spare`` empty ones."""
    filled = [row for row in typed if any(row.get(name) for name in POINT_FIELDS)]
    rows = [*filled, *({} for _ in range(spare))][:MOST_POINTS]
    return [
        PointForm(
            number,
            {f"point-{number}-{name}": row.get(name, "") for name in POINT_FIELDS}
            if bound
            else None,
            organisations=organisations,
            initial=row,
        )
        for number, row in enumerate(rows)
    ]
