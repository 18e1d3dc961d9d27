"""The list of who took part while it is being written: rows as typed, and how they change.

A row is kept as JSON in the draft. ``None`` for capacity or outcome means "not asked yet": the
usual answer is shown; an empty text means "asked, and to be chosen".
"""

from collections.abc import Iterable, Mapping
from typing import TypedDict

from engagement.rules.answers import OUTCOMES_BY_STATUS


class Row(TypedDict):
    """One line of the list."""

    organisation: int
    person: int | None
    capacity: str | None
    outcome: str | None


LARGEST_ID = 2**63 - 1


def key_of(organisation_id: int, person_id: int | None) -> str:
    """How a row is called in the form: ``12-5``, or ``12-0`` for an organisation alone."""
    return f"{organisation_id}-{person_id or 0}"


def key(row: Row) -> str:
    return key_of(row["organisation"], row["person"])


def read_key(text: str) -> tuple[int, int | None] | None:
    """Organisation and person of a key; None for anything that no page of ours has sent."""
    organisation, dash, person = text.partition("-")
    if not (dash and _is_id(organisation) and _is_id(person)) or not int(organisation):
        return None
    return int(organisation), int(person) or None


def with_added(
    rows: list[Row], pairs: Iterable[tuple[int, int | None]], *, outcome: str | None = None
) -> list[Row]:
    """The list with these on it, each once; rows that are there already stay as they are."""
    there = {key(row) for row in rows}
    added: list[Row] = []
    for organisation, person in pairs:
        name = key_of(organisation, person)
        if name not in there:
            there.add(name)
            added.append(
                Row(organisation=organisation, person=person, capacity=None, outcome=outcome)
            )
    return [*rows, *added]


def without(rows: list[Row], gone: str) -> list[Row]:
    """The list without the row of this key."""
    return [row for row in rows if key(row) != gone]


def with_answers(rows: list[Row], answers: Mapping[str, str]) -> list[Row]:
    """The list with what was chosen in ``capacity-<key>`` and ``outcome-<key>``.

    Rows about which nothing was sent keep what they had: a page from before they were added.
    """
    return [
        Row(
            organisation=row["organisation"],
            person=row["person"],
            capacity=answers.get(f"capacity-{key(row)}", row["capacity"]),
            outcome=answers.get(f"outcome-{key(row)}", row["outcome"]),
        )
        for row in rows
    ]


def with_outcome_where_open(rows: list[Row], outcome: str) -> list[Row]:
    """The list with ``outcome`` wherever none has been chosen."""
    return [row if row["outcome"] else Row(**{**row, "outcome": outcome}) for row in rows]


def settled(rows: Iterable[Row], *, capacities: Mapping[str, str], outcome: str) -> list[Row]:
    """The list with the usual answers where nothing was asked yet."""
    return [
        Row(
            organisation=row["organisation"],
            person=row["person"],
            capacity=capacities.get(key(row), "") if row["capacity"] is None else row["capacity"],
            outcome=outcome if row["outcome"] is None else row["outcome"],
        )
        for row in rows
    ]


def after_status_change(rows: list[Row], *, old: str, new: str) -> list[Row]:
    """The list after the event became another sort of event.

    What cannot be true any more is asked again; and when a planned event has happened, each
    invitation has to be turned into what came of it.
    """
    if old == new:
        return rows
    return [Row(**{**row, "outcome": _outcome_now(row["outcome"], old, new)}) for row in rows]


def _outcome_now(outcome: str | None, old: str, new: str) -> str | None:
    if outcome and outcome not in OUTCOMES_BY_STATUS[new]:
        return None
    if new == "happened" and old == "planned" and outcome in {"invited", None}:
        return ""
    return outcome


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= LARGEST_ID
