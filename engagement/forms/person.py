"""Somebody who is not listed: added where they are needed, never a dead end."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django import forms

from engagement.actions import NewPerson
from engagement.queries.attendees import Body, bodies_by_code
from engagement.queries.search import organisations_named
from stakeholders.models import Category
from stakeholders.rules import LOCAL_CATEGORIES
from ui.forms import CleanText, NhsForm, Radios, Select

NOT_LISTED = "new"
KINDS = [("", "Choose one"), *((kind, Category(kind).label) for kind in LOCAL_CATEGORIES)]


class PersonForm(NhsForm):
    """A name, a role and where they work: an organisation of the register, or one of their own."""

    new_name = CleanText(label="Full name", required=False, max_length=120)
    new_title = CleanText(
        label="Role", required=False, max_length=120, help_text="For example, GP partner"
    )
    new_at = CleanText(
        label="Where they work",
        required=False,
        max_length=200,
        help_text="The name, code or postcode of an organisation",
    )
    new_at_choice = forms.ChoiceField(label="Which one is it?", required=False, widget=Radios)
    new_kind = forms.ChoiceField(
        label="Kind of organisation",
        required=False,
        choices=KINDS,
        widget=Select,
        help_text="Only if it is not in the register: it is added under the name above.",
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        day: dt.date,
        near: Collection[int] = (),
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self.day = day
        self.candidates: list[Body] = []
        self.organisation_id: int | None = None
        if data and not self.is_empty():
            self.candidates = _candidates(str(data.get("new_at") or ""), day, near)
        self.fields["new_at_choice"].choices = [  # type: ignore[attr-defined]
            *((str(body.id), _described(body)) for body in self.candidates),
            (NOT_LISTED, "None of these: it is not in the register"),
        ]

    def is_empty(self) -> bool:
        """Nothing was typed, so nobody is to be added."""
        return not any(str(self.data.get(name) or "").strip() for name in ("new_name", "new_at"))

    @property
    def asks_which(self) -> bool:
        """More than one organisation is called like that."""
        return len(self.candidates) > 1

    def person(self) -> NewPerson:
        """The person as added; the form is valid."""
        cleaned = self.cleaned_data
        return NewPerson(
            name=cleaned["new_name"],
            title=cleaned["new_title"],
            organisation_id=self.organisation_id,
            organisation_name=cleaned["new_at"],
            kind=cleaned["new_kind"],
        )

    def clean(self) -> dict[str, Any]:
        """A name, and one organisation: chosen, the only one of its name, or a new one."""
        cleaned = super().clean() or {}
        if "new_name" not in self.errors and not cleaned.get("new_name"):
            self.add_error("new_name", "Enter the name of the person")
        if "new_at" in self.errors:
            return cleaned
        if not cleaned.get("new_at"):
            self.add_error("new_at", "Enter where the person works")
            return cleaned
        self._choose(cleaned.get("new_at_choice", ""), cleaned.get("new_kind", ""))
        return cleaned

    def _choose(self, choice: str, kind: str) -> None:
        known = {str(body.id): body for body in self.candidates}
        if choice in known:
            self.organisation_id = known[choice].id
        elif kind and (not known or choice == NOT_LISTED):
            return
        elif len(known) == 1 and choice != NOT_LISTED:
            self.organisation_id = self.candidates[0].id
        elif known and choice != NOT_LISTED:
            self.add_error("new_at_choice", self._which())
        else:
            self.add_error("new_kind", self._kind())

    def _which(self) -> str:
        return f"More than one organisation fits “{self._typed()}”. Choose which one it is"

    def _kind(self) -> str:
        return (
            f"“{self._typed()}” is not in the register. Check the spelling, or choose what kind of"
            " organisation it is and it will be added"
        )

    def _typed(self) -> str:
        return self.cleaned_data["new_at"][:80]


def _candidates(text: str, day: dt.date, near: Collection[int]) -> list[Body]:
    code = text.strip().upper()
    exact = (
        bodies_by_code([code], day=day).get(code)
        if len(code) <= 12 and "\x00" not in code
        else None
    )
    if exact is not None and exact.is_open:
        return [exact]
    return organisations_named(text, day=day, near=near)


def _described(body: Body) -> str:
    return ", ".join(part for part in (body.name, body.code, body.postcode) if part)
