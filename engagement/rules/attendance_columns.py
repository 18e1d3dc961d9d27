"""What the columns of an attendance list are, guessed from their headings; a person has the last word.

Pure: rows of text in, guesses out.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

FIELDS: Mapping[str, str] = {
    "code": "Organisation's code",
    "organisation": "Organisation's name",
    "postcode": "Postcode",
    "person": "Person's name",
    "first_name": "First name",
    "last_name": "Surname",
    "role": "Role or job title",
    "outcome": "Whether they came",
    "capacity": "For whom they spoke",
    "event_key": "Number or code of the event",
    "event_title": "Name of the event",
    "event_date": "Date of the event",
}
"""What a column can be, in the order in which it is asked."""

OF_EVENTS = ("event_key", "event_title", "event_date")
"""Asked only where the rows themselves name the events."""

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "code": (
        "code", "ods code", "ods", "organisation code", "organization code", "org code",
        "practice code", "practice ods code", "national code", "code of organisation",
    ),
    "organisation": (
        "organisation", "organization", "organisation name", "organization name", "org", "org name",
        "practice", "practice name", "surgery", "company", "employer", "representing", "body",
        "on behalf of", "name of organisation", "name of practice", "organisation practice",
    ),
    "postcode": ("postcode", "post code", "practice postcode", "organisation postcode", "zip"),
    "person": (
        "name", "full name", "attendee", "attendee name", "delegate", "delegate name", "person",
        "participant", "who", "member", "contact name", "name of attendee",
    ),
    "first_name": ("first name", "forename", "given name", "firstname"),
    "last_name": ("surname", "last name", "family name", "lastname"),
    "role": ("role", "job title", "position", "job role", "post", "job", "designation"),
    "outcome": (
        "attendance", "attended", "present", "status", "outcome", "attendance status", "rsvp",
        "came", "attending", "did they attend", "presence", "response",
    ),
    "capacity": ("capacity", "attending as", "speaking for", "spoke for", "in the capacity of"),
    "event_key": (
        "event id", "event ref", "event reference", "event code", "meeting id", "event number",
        "meeting ref", "ref",
    ),
    "event_title": (
        "event title", "event name", "event", "meeting", "meeting title", "meeting name", "title",
        "name of event", "name of meeting",
    ),
    "event_date": (
        "event date", "date", "meeting date", "date of event", "date of meeting", "held on", "day",
    ),
}  # fmt: skip
"""What people call the columns; the first word for a thing is the surest."""

LOOKED_AT = 10
"""Rows among which the headings are looked for: a title and a blank line often stand above."""

NO_COLUMN = -1
_WORDS = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=20_000)
def plain(heading: str) -> str:
    """The heading in lower case without accents, marks and anything that cannot be seen."""
    text = unicodedata.normalize("NFKD", heading.replace("\u2019", "").replace("'", ""))
    return " ".join(_WORDS.findall(text.encode("ascii", "ignore").decode().lower()))


def guess(headings: Sequence[str]) -> dict[str, int]:
    """Field -> column. Nothing is guessed for a field that no heading names; each column once."""
    names = [plain(one) for one in headings]
    found: dict[str, int] = {}
    for field, words in HEADINGS.items():
        column = next(
            (
                names.index(word)
                for word in words
                if word in names and names.index(word) not in found.values()
            ),
            None,
        )
        if column is not None:
            found[field] = column
    if {"first_name", "last_name"} <= found.keys():
        found.pop("person", None)
    return found


def header_row(rows: Sequence[Sequence[str]]) -> int:
    """Index of the row that holds the headings: the one of the first ten with most known words."""
    known = [len(guess(row)) for row in rows[:LOOKED_AT]]
    if known and max(known) >= 2:
        return known.index(max(known))
    filled = (at for at, row in enumerate(rows[:LOOKED_AT]) if sum(map(bool, row)) >= 2)
    return next(filled, 0)


def repeated(headings: Sequence[str]) -> dict[str, list[int]]:
    """Headings that stand above more than one column, with those columns."""
    at: dict[str, list[int]] = {}
    for column, heading in enumerate(headings):
        if heading.strip():
            at.setdefault(plain(heading) or heading.strip(), []).append(column)
    return {name: columns for name, columns in at.items() if len(columns) > 1}


def missing(columns: Mapping[str, int], *, for_one_event: bool) -> list[str]:
    """Fields without which no row can be placed: how to tell the organisation, and the event."""
    wanted = []
    if "code" not in columns and "organisation" not in columns:
        wanted.append("organisation")
    if not for_one_event:
        if "event_date" not in columns:
            wanted.append("event_date")
        if "event_title" not in columns and "event_key" not in columns:
            wanted.append("event_title")
    return wanted
