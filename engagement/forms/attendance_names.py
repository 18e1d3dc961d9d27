"""Which organisation a name of an attendance list means: said once, for all rows with that name."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField

from engagement.queries.attendance_lists import ids_by_code
from engagement.rules.attendance_known import name_alone
from stakeholders.models import Category
from stakeholders.rules import LOCAL_CATEGORIES
from ui.clean import bare
from ui.forms import CleanText, NhsForm, Select, Text
from ui.words import plural

NOT_NOW, OUT, NEW = "", "out", "new:"


class NamesForm(NhsForm):
    """For each name a choice among organisations that resemble it, or a code.

    ``chosen`` and ``new`` are the answers, by the name as it is keyed.
    """

    submit_text: ClassVar[str] = "Match the rows again"
    label_size: ClassVar[str] = "s"

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        names: Sequence[tuple[str, str, int]],
        candidates: Mapping[str, Sequence[tuple[int, str]]],
    ) -> None:
        """``names``: as keyed, as written, in how many rows; ``candidates`` by the name as written."""
        super().__init__(data)
        self.names = {_field(key): (key, name) for key, name, _ in names}
        self.chosen: dict[str, int] = {}
        self.new: dict[str, tuple[str, str]] = {}
        self.near: dict[str, set[int]] = {}
        for key, name, rows in names:
            field = _field(key)
            near = candidates.get(name, ())
            self.near[field] = {pk for pk, _ in near}
            self.fields[f"pick-{field}"] = forms.ChoiceField(
                label=f"{name}, {plural(rows, 'row')}",
                required=False,
                choices=_choices(near, can_be_added=bool(name_alone(name))),
                widget=Select(),
                error_messages={"invalid_choice": f"{name}: choose one of those listed"},
            )
            self.fields[f"code-{field}"] = CleanText(
                label=f"Or the right code for {name[:60]}",
                required=False,
                max_length=12,
                widget=Text(width=10),
            )
            self.fields[f"code-{field}"].label_size = ""  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Codes that the register knows; one answer for each name."""
        cleaned = super().clean() or {}
        codes = {bare(cleaned.get(f"code-{field}") or "").upper() for field in self.names} - {""}
        known = ids_by_code(codes)
        for field, (key, name) in self.names.items():
            code = bare(cleaned.get(f"code-{field}") or "").upper()
            pick = cleaned.get(f"pick-{field}", NOT_NOW)
            if code and code not in known:
                self.add_error(f"code-{field}", f"No organisation has the code {code}. Check it")
            elif code and pick != NOT_NOW:
                self.add_error(f"code-{field}", f"{name}: choose one, or give the code, not both")
            elif code:
                self.chosen[key] = known[code]
            elif pick.startswith(NEW):
                self.new[key] = (name_alone(name), pick.removeprefix(NEW))
            elif pick != NOT_NOW:
                self.chosen[key] = 0 if pick == OUT else int(pick)
        if not self.errors and not self.chosen and not self.new:
            self.add_error(None, "Choose an organisation for at least one name")
        return cleaned

    def pairs(self) -> Iterator[tuple[BoundField, BoundField]]:
        return ((self[f"pick-{field}"], self[f"code-{field}"]) for field in self.names)


def _field(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:12]


def _choices(near: Sequence[tuple[int, str]], *, can_be_added: bool) -> list[Any]:
    """A code that nobody knows is no name by which to add an organisation to the register."""
    listed: list[Any] = [(NOT_NOW, "Not now")]
    if near:
        listed.append(("In the register", [(str(pk), words) for pk, words in near]))
    added = [(f"{NEW}{one}", f"Add it as: {Category(one).label}") for one in LOCAL_CATEGORIES]
    if can_be_added:
        listed.append(("Not in the register", added))
    listed.append(("Otherwise", [(OUT, "Leave these rows out")]))
    return listed
