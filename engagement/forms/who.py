"""Step 2 of logging: everything that can be on its way to the list, read from one submission."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from engagement.forms.codes import CodesForm
from engagement.forms.entry import Entry
from engagement.forms.person import PersonForm
from engagement.models import Outcome
from engagement.rules.attendees import (
    Row,
    read_key,
    with_added,
    with_answers,
    with_outcome_where_open,
    without,
)
from ui.clean import without_control_characters
from ui.forms import error_links
from ui.shapes import Link

CONTINUE, ENTER, SEARCH, ADD = "continue", "enter", "search", "add"
FILL, REMOVE, LEAVE = "fill", "remove", "leave"
TAKES_IN = {CONTINUE, ADD, FILL}
"""Buttons that also take what stands in the boxes for codes and for a new person."""

PICKS = ("pick", "found")
TYPED = ("q", "codes", "new_name", "new_title", "new_at", "new_at_choice", "new_kind")
LONGEST_KEPT = 100_000


class WhoSubmission:
    """What one press of a button on step 2 asks for.

    One form serves the whole page, so that nothing chosen on one side is lost by a button of the
    other, with and without scripts. Enter in the search box searches: it presses the first button
    of the page, which asks for a search when the words in the box are not those last searched for.
    """

    def __init__(self, data: QueryDict, entry: Entry) -> None:
        self.data, self.entry = data, entry
        self.typed = {name: kept(data.get(name, "")) for name in TYPED}
        self.codes = CodesForm({"codes": self.typed["codes"]}, day=entry.day)
        near = entry.near if self.typed["new_at"].strip() else ()
        self.person = PersonForm(self.typed, day=entry.day, near=near)
        self.codes.is_valid()

    @property
    def button(self) -> str:
        """What is asked for; Enter means search for new words, and otherwise go on."""
        if self.data.get("remove"):
            return REMOVE
        pressed = self.data.get("action", ENTER)
        if pressed != ENTER:
            return pressed
        if not self.typed["q"].strip() or self.typed["q"] == self.data.get("searched", ""):
            return CONTINUE
        return ADD if self.data.getlist("found") else SEARCH

    @property
    def takes_in(self) -> bool:
        return self.button in TAKES_IN

    @property
    def adds_person(self) -> bool:
        return self.takes_in and not self.person.is_empty()

    @property
    def fill(self) -> str:
        """What is said of everybody about whom nothing was chosen."""
        return str(self.data.get("fill", ""))

    @property
    def outcome_of_new(self) -> str | None:
        """What is said of everybody who is added now; None for the usual answer."""
        outcome = self.data.get("outcome_of_new", "")
        return outcome if outcome in Outcome.values else None

    def rows(self) -> list[Row]:
        """The list after this submission, without the person who is still to be added."""
        rows = with_answers(self.entry.rows_as_typed, self._answers())
        picked = [read_key(text) for name in PICKS for text in self.data.getlist(name)]
        rows = with_added(rows, [pair for pair in picked if pair], outcome=self.outcome_of_new)
        if self.takes_in:
            ready = [(body.id, None) for body in self.codes.sorted.bodies]
            rows = with_added(rows, ready, outcome=self.outcome_of_new)
        if self.button == FILL and self.fill in Outcome.values:
            rows = with_outcome_where_open(rows, self.fill)
        return without(rows, str(self.data.get("remove"))) if self.button == REMOVE else rows

    def answers(self, rows: list[Row]) -> dict[str, Any]:
        """What to keep in the draft: what went on the list is no longer in its box."""
        left: dict[str, Any] = {**self.typed, "rows": rows}
        if self.data.getlist("found"):
            left["q"] = ""
        if self.takes_in and (self.codes.sorted.wrong or self.codes.sorted.bodies):
            left["codes"] = "\n".join(self.codes.sorted.wrong)
        if self.adds_person and self.person.is_valid():
            left |= dict.fromkeys((name for name in TYPED if name.startswith("new_")), "")
        return left

    def problems(self) -> list[Link]:
        """What is wrong with the codes and with the person, as links to their fields."""
        found = [*error_links(self.codes)] if self.takes_in else []
        return [*found, *error_links(self.person)] if self.adds_person else found

    def _answers(self) -> Mapping[str, str]:
        return {
            name: kept(value)
            for name, value in self.data.items()
            if name.startswith(("capacity-", "outcome-"))
        }


def kept(value: object) -> str:
    """Text as it was typed, without what no database stores and not longer than any field takes."""
    return without_control_characters(str(value))[:LONGEST_KEPT]
