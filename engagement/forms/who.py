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

CONTINUE, ENTER, SEARCH, ADD, FILL, LEAVE = "continue", "enter", "search", "add", "fill", "leave"
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
        self.person = PersonForm(self.typed, day=entry.day)
        self.codes.is_valid()

    @property
    def button(self) -> str:
        """What is asked for; Enter means search for new words, and otherwise go on."""
        if self.data.get("remove"):
            return "remove"
        pressed = self.data.get("action", ENTER)
        if pressed != ENTER:
            return pressed
        new_words = self.typed["q"].strip() and self.typed["q"] != self.data.get("searched", "")
        return SEARCH if new_words and not self.data.getlist("found") else CONTINUE

    @property
    def adds_person(self) -> bool:
        return not self.person.is_empty()

    def rows(self) -> list[Row]:
        """The list after this submission, without the person who is still to be added."""
        rows = with_answers(self.entry.rows_as_typed, self._answers())
        picked = [read_key(text) for name in PICKS for text in self.data.getlist(name)]
        outcome = self.data.get("outcome_of_new", "")
        chosen = outcome if outcome in Outcome.values else None
        rows = with_added(rows, [pair for pair in picked if pair], outcome=chosen)
        ready = [(body.id, None) for body in self.codes.sorted.bodies]
        rows = with_added(rows, ready, outcome=chosen)
        if self.button == FILL and self.data.get("fill") in Outcome.values:
            rows = with_outcome_where_open(rows, self.data["fill"])
        return without(rows, self.data["remove"]) if self.button == "remove" else rows

    def answers(self, rows: list[Row]) -> dict[str, Any]:
        """What to keep in the draft: codes that went on the list are no longer in the box."""
        wrong = self.codes.sorted.wrong
        looked_up = bool(wrong or self.codes.sorted.bodies)
        left = {**self.typed, "codes": "\n".join(wrong) if looked_up else self.typed["codes"]}
        if self.adds_person and self.person.is_valid():
            left |= {name: "" for name in TYPED if name.startswith("new_")}
        return {**left, "rows": rows}

    def problems(self) -> list[Link]:
        """What is wrong with the codes and with the person, as links to their fields."""
        found = [*error_links(self.codes)]
        if self.adds_person:
            found += error_links(self.person)
        return found

    def _answers(self) -> Mapping[str, str]:
        return {
            name: kept(value)
            for name, value in self.data.items()
            if name.startswith(("capacity-", "outcome-"))
        }


def kept(value: object) -> str:
    """Text as it was typed, without what no database stores and not longer than any field takes."""
    return without_control_characters(str(value))[:LONGEST_KEPT]
