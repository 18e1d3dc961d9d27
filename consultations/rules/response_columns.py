"""What the columns of an export of a survey tool are, guessed from their headings.

Pure. Survey tools write "Respondent type - Respondent type", "Prop 1 Q1 - Do you agree with ...",
sometimes a line "Ident 1, Ident 2, ..." above the headings and an empty one below.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from consultations.rules.respondents import plain

IDENT, KIND, GROUP, ORGANISATION, NAME, EMAIL, DATE = (
    "ident", "kind", "group", "organisation", "name", "email", "date",
)  # fmt: skip
TEXT, CHOICE, SCALE = "text", "choice", "scale"
LEAVE = "leave"
ABOUT: Mapping[str, str] = {
    IDENT: "Number of the response",
    KIND: "For themselves or for an organisation",
    GROUP: "What the respondent is",
    ORGANISATION: "Name of the organisation",
    NAME: "Name of the person",
    EMAIL: "Email",
    DATE: "Date of the response",
}
QUESTIONS: Mapping[str, str] = {
    TEXT: "Question, answered in words",
    CHOICE: "Question with one of several answers",
    SCALE: "Question from 1 to 5",
}
HEADINGS: Mapping[str, tuple[str, ...]] = {
    IDENT: ("id", "ident", "response id", "responseid", "respondent id", "reference", "response number",
            "unique id", "respondent", "submission id", "themefinder id"),
    KIND: ("respondent type", "are you responding", "responding as", "on behalf of", "capacity",
           "are you responding as an individual or on behalf of an organisation"),
    GROUP: ("organisation type", "type of organisation", "organization type", "role", "which best describes you",
            "i am", "sector", "respondent group"),
    ORGANISATION: ("organisation", "organisation name", "name of organisation", "organization",
                   "organization name", "name of your organisation", "what is the name of your organisation"),
    NAME: ("name", "full name", "your name", "what is your name"),
    EMAIL: ("email", "email address", "e mail", "your email", "what is your email address"),
    DATE: ("date", "date submitted", "submitted", "submission date", "completed", "end date", "response date",
           "date of response", "created", "timestamp", "submitted on"),
}  # fmt: skip
LOOKED_AT = 10
MOST_WORDS = 12
"""Different answers of a question that is taken for one with several answers to choose from."""

LONGEST_CHOICE = 60
SHOWN = 120
_NUMBERED = re.compile(r"\A[a-z]+ ?\d+\Z")
_LABEL = re.compile(r"\A(?:[\w.]{1,12} ){0,3}(?:q|question)\s?\d+\w?\Z")


def parts(heading: str) -> tuple[str, str]:
    """What stands before and after the first " - ": a short name and the whole question."""
    short, dash, whole = heading.partition(" - ")
    return (short.strip(), whole.strip()) if dash else ("", heading.strip())


def question_text(heading: str) -> str:
    """The question without its number."""
    short, whole = parts(heading)
    return whole or short


def meaning(heading: str) -> str:
    """What a column is by its heading alone: a fact about the respondent, a question, or nothing."""
    short, whole = parts(heading)
    for name in (plain(whole), plain(short), plain(heading)):
        for field, words in HEADINGS.items():
            if name in words:
                return field
    if not plain(heading):
        return LEAVE
    is_question = bool(short and _LABEL.match(plain(short))) or whole.endswith("?")
    return TEXT if is_question or len(whole.split()) >= 5 else LEAVE


def header_row(rows: Sequence[Sequence[str]]) -> int:
    """Index of the row with the headings: a line of numbered words above it is passed over."""
    for at, row in enumerate(rows[:LOOKED_AT]):
        filled = [plain(cell) for cell in row if cell.strip()]
        if len(filled) < min(2, max(map(len, rows[:LOOKED_AT]))):
            continue
        if all(_NUMBERED.match(one) for one in filled) and not any(" - " in cell for cell in row):
            continue
        return at
    return 0


def summary(sheet: Mapping[str, Any]) -> dict[str, Any]:
    """What the mapping page shows: headings, what each column seems to be, the words of short columns."""
    rows: list[list[str]] = sheet["rows"]
    at = header_row(rows)
    headings = rows[at] if rows else []
    below = [row for row in rows[at + 1 :] if any(cell.strip() for cell in row)]
    guessed: list[str] = []
    words: dict[str, list[str]] = {}
    for column, heading in enumerate(headings):
        cells = [row[column].strip() if column < len(row) else "" for row in below]
        said = meaning(heading)
        if said in guessed and said in ABOUT:
            said = LEAVE
        found = _words(cells)
        if said == TEXT and found and sum(map(bool, cells)) >= 2 * len(found):
            said = SCALE if set(found) <= set("12345") else CHOICE
        guessed.append(said)
        if found:
            words[str(column)] = found
    return {
        "name": sheet["name"][:60],
        "header": at,
        "rows": len(below),
        "headings": [heading.strip()[:SHOWN] for heading in headings],
        "guessed": guessed,
        "words": words,
        "sample": [[cell[:60] for cell in row[: len(headings)]] for row in below[:3]],
        "notes": sheet["notes"],
        "hidden_rows": sheet["hidden_rows"],
    }


def _words(cells: Sequence[str]) -> list[str]:
    """The different texts of a column, each as it stands first; none for a column of free text."""
    found: dict[str, str] = {}
    for cell in cells:
        if len(cell) > LONGEST_CHOICE:
            return []
        if cell:
            found.setdefault(plain(cell), cell)
        if len(found) > MOST_WORDS:
            return []
    return list(found.values())


_GROUPS = (
    ("lmc", ("lmc", "local medical committee")),
    ("pcn", ("pcn", "primary care network")),
    ("practice_staff", ("practice", "surgery", "practice manager", "practice nurse")),
    ("gp", ("gp", "general practitioner", "doctor")),
    ("council", ("council", "local authority", "local government")),
    ("vcse", ("charity", "voluntary", "vcse", "community group", "third sector", "social enterprise")),
    ("patient", ("patient", "public", "carer", "resident", "individual", "healthwatch")),
    ("nhs", ("nhs", "trust", "ccg", "icb", "commissioner", "hospital")),
)  # fmt: skip


def usual_group(word: str) -> str:
    """The group that a word usually means; "other" where none fits, "unknown" for nothing."""
    said = f" {plain(word)} "
    if not said.strip():
        return "unknown"
    return next(
        (group for group, words in _GROUPS if any(f" {one} " in said for one in words)), "other"
    )


def usual_kind(word: str) -> str:
    """Whether somebody answers for an organisation, by the word for it."""
    said = plain(word)
    return "organisation" if "organi" in said and "not" not in said.split() else "individual"
