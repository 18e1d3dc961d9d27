"""Naming and merging themes, deciding what becomes of what was said, publishing it."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django import forms

from consultations.actions.themes import Decision
from consultations.models import Disposition, Theme
from engagement.models import PointFate
from engagement.queries.fates import NO_THEME, STATES, PointFilters
from plans.models import PlanVersion
from ui import query
from ui.forms import CleanText, CountedTextarea, NhsForm, PlainDateField, Radios, Select, Text
from ui.words import nhs_date

REASON_LENGTH = 2_000
SAID_LENGTH = 1_000
CHANGED_MEANWHILE = (
    "Somebody else changed this after you opened it, and nothing was saved. What it says now stands"
    " above. Check what you typed and save again"
)
HINTS: dict[str, str] = {
    Disposition.ACCEPTED: "The plan changes as they asked",
    Disposition.PARTLY: "The plan changes, and not in everything that they asked",
    Disposition.REJECTED: "The plan stays as it is",
    Disposition.OUT_OF_SCOPE: "Somebody else decides about it: say who",
    Disposition.LATER: "It is taken up at another time: say when",
}


class NameForm(NhsForm):
    """The name of a theme."""

    submit_text = "Add the theme"

    name = CleanText(
        label="Name of the theme",
        max_length=60,
        widget=Text(),
        help_text="A word or two, such as Premises",
        error_messages={"required": "Enter the name of the theme"},
    )


class RenameForm(NameForm):
    """Another name for a theme."""

    submit_text = "Save the name"


class MergeForm(NhsForm):
    """Which theme it turned out to be."""

    submit_text = "Merge"
    into = forms.TypedChoiceField(
        label="It is the same as",
        coerce=int,
        widget=Select,
        error_messages={"required": "Choose the theme that it is the same as"},
    )

    def __init__(self, *args: Any, themes: Iterable[Theme], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(str(one.pk), one.name) for one in themes]
        self.fields["into"].choices = [("", "Choose one"), *choices]  # type: ignore[attr-defined]


class SeenVersion(forms.Field):
    """The version of a row that the page had shown; -1, which none ever has, for what is no number."""

    widget = forms.HiddenInput

    def to_python(self, value: object) -> int:
        """The number that came."""
        text = str(value)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


class SeenForm(NhsForm):
    """A form that says which version of a row its page had shown."""

    seen = SeenVersion(required=False)

    def show_changed(self, version: int) -> None:
        """Keep what was typed, on top of what somebody else has written meanwhile."""
        self.data = {**{key: self.data[key] for key in self.data}, "seen": version}
        self.add_error(None, CHANGED_MEANWHILE)


class DecideForm(SeenForm):
    """What is done about something that was said, and why."""

    submit_text = "Save"

    disposition = forms.ChoiceField(
        label="What is done about it?", required=False, widget=Radios(hints=dict(HINTS))
    )
    reason = CleanText(
        label="Why?",
        required=False,
        max_length=REASON_LENGTH,
        widget=CountedTextarea(limit=REASON_LENGTH),
        help_text="Those who said it read this.",
    )
    changed_in = forms.TypedChoiceField(
        label="In which version did the plan change? (optional)",
        coerce=int,
        empty_value=None,
        required=False,
        widget=Select,
    )
    section = CleanText(
        label="In which section? (optional)",
        required=False,
        max_length=120,
        widget=Text(),
        help_text="For example, section 4.2",
    )
    told_on = PlainDateField(
        label="When were they told? (optional)",
        called="the day on which they were told",
        required=False,
        help_text="Leave it empty until you have told those who said it. They also read it under “Were we consulted?”.",
    )

    undecided = "Not decided yet"

    def __init__(
        self,
        data: Any = None,
        *,
        row: Theme | PointFate | None,
        versions: Iterable[PlanVersion],
        today: dt.date,
        **options: Any,
    ) -> None:
        initial = _initial(row, self.base_fields) | options.pop("initial", {})
        super().__init__(data, initial=initial, **options)
        self.fields["told_on"].latest = today  # type: ignore[attr-defined]
        choices = [("", self.undecided), *Disposition.choices]
        self.fields["disposition"].choices = choices  # type: ignore[attr-defined]
        named = [(str(one.pk), f"{one.title}, {nhs_date(one.dated_on)}") for one in versions]
        self.fields["changed_in"].choices = [("", "No version"), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A decision has a reason; what belongs to one is not typed without one."""
        values = super().clean() or self.cleaned_data
        if self.errors:
            return values
        if values["disposition"] and not values["reason"].strip():
            self.add_error("reason", "Enter why it was decided so")
        beside = ("reason", "changed_in", "section", "told_on")
        if not values["disposition"] and any(values[name] for name in beside):
            self.add_error(
                "disposition", "Choose what is done about it, or empty what stands below"
            )
        if values["changed_in"] and not values["section"]:
            self.add_error("section", "Enter the section of that version that changed")
        return values

    def decision(self) -> Decision:
        """What was decided, once the form is valid."""
        values = self.cleaned_data
        return Decision(
            disposition=values["disposition"],
            reason=values["reason"],
            said=values.get("said", ""),
            changed_in_id=values["changed_in"],
            section=values["section"],
            told_on=values["told_on"],
        )


class DecideThemeForm(DecideForm):
    """What became of a theme, with what was said in the plan's own words."""

    said = CleanText(
        label="What people said, in your words (optional)",
        required=False,
        max_length=SAID_LENGTH,
        widget=CountedTextarea(limit=SAID_LENGTH),
        help_text="It is needed to publish the theme. Name nobody, and quote nobody here.",
    )
    field_order = ("seen", "said", "disposition", "reason", "changed_in", "section", "told_on")


class DecidePointForm(DecideForm):
    """The theme of a point, and a decision of its own where it differs from the theme's."""

    undecided = "As its theme, or not decided yet"

    theme = forms.TypedChoiceField(
        label="Theme", coerce=int, empty_value=None, required=False, widget=Select
    )
    field_order = ("seen", "theme", "disposition", "reason", "changed_in", "section", "told_on")

    def __init__(self, *args: Any, themes: Iterable[Theme], **options: Any) -> None:
        super().__init__(*args, **options)
        named = [(str(one.pk), _with_state(one)) for one in themes]
        self.fields["theme"].choices = [("", "No theme yet"), *named]  # type: ignore[attr-defined]


class PublishForm(SeenForm):
    """The second look before something is public."""

    submit_text = "Publish"

    looked = forms.BooleanField(
        label="I have read it as the public will: it names nobody and attacks nobody",
        error_messages={"required": "Read what would be published, and tick that you have"},
    )


class BulkForm(forms.Form):
    """Which points get which theme; the tick boxes stand in the list."""

    point = forms.TypedMultipleChoiceField(coerce=int, required=False)
    to = forms.TypedChoiceField(coerce=int, required=False, empty_value=None)

    def __init__(self, data: Any, *, points: Collection[int], themes: Iterable[Theme]) -> None:
        super().__init__(data)
        self.fields["point"].choices = [(pk, str(pk)) for pk in points]  # type: ignore[attr-defined]
        ids = [(str(one.pk), one.name) for one in themes]
        self.fields["to"].choices = [("", "Choose"), ("0", "No theme"), *ids]  # type: ignore[attr-defined]

    def problem(self) -> str:
        """What is missing, in a sentence; empty where both are there."""
        if not self.is_valid():
            return "The list has changed since you opened it. Choose again."
        if not self.cleaned_data["point"]:
            return "Tick the points that the theme is for."
        if self.cleaned_data["to"] is None:
            return "Choose the theme that the points carry."
        return ""


class PointFilterForm(NhsForm):
    """What the points of a plan can be narrowed by; the names are those of the address."""

    q = forms.CharField(label="Words", required=False)
    state = forms.ChoiceField(label="State", required=False)
    theme = forms.ChoiceField(label="Theme", required=False)
    organisation = forms.CharField(label="Organisation code", required=False)

    def __init__(self, filters: PointFilters, *, themes: Iterable[Theme]) -> None:
        super().__init__(
            initial={
                "q": filters.words,
                "state": filters.state,
                "theme": filters.theme,
                "organisation": filters.organisation,
            }
        )
        named = [(str(one.pk), one.name) for one in themes]
        self.fields["state"].choices = [("", "Every state"), *STATES.items()]  # type: ignore[attr-defined]
        self.fields["theme"].choices = [  # type: ignore[attr-defined]
            ("", "Every theme"),
            (NO_THEME, "No theme yet"),
            *named,
        ]


def read_filters(request: Any, *, themes: Iterable[Theme]) -> tuple[PointFilters, list[str]]:
    """What was asked for, as it can be used, and what was wrong with it in sentences."""
    answers = {
        "words": query.text(request, "q", max_length=100),
        "state": query.choice(request, "state", STATES),
        "theme": query.choice(request, "theme", [NO_THEME, *(str(one.pk) for one in themes)]),
        "organisation": query.text(request, "organisation", max_length=12),
    }
    values = {name: answer.value for name, answer in answers.items()}
    values["organisation"] = values["organisation"].upper()
    return PointFilters(**values), [one.problem for one in answers.values() if one.problem]


def _initial(row: Theme | PointFate | None, fields: Iterable[str]) -> dict[str, Any]:
    """What the row says, by the names of the fields."""
    if row is None:
        return {"seen": 0}
    ids = {"changed_in": "changed_in_id", "theme": "theme_id", "seen": "version"}
    return {name: getattr(row, ids.get(name, name)) for name in fields}


def _with_state(theme: Theme) -> str:
    state = theme.get_disposition_display() if theme.disposition else "not decided"
    return f"{theme.name} ({state.lower()})"
