"""Words for attendance lists: where each stands, what it would add, what it added."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from engagement.models import AttendanceImport, AttendanceRow, Outcome
from files.reading.sheets_limits import letters
from jobs.models import JobRun, RunState
from jobs.presenters import Progress, progress
from ui.shapes import Figure, Row
from ui.words import nhs_date, nhs_datetime, plural, sentence_case

State = AttendanceImport.State
RUNNING = frozenset({State.READING, State.MATCHING, State.WRITING})
COLOURS = {
    State.MAPPING: "blue",
    State.PREVIEW: "blue",
    State.DONE: "green",
    State.REFUSED: "red",
}
HEADINGS = {
    State.READING: "Reading the list",
    State.MAPPING: "What are its columns?",
    State.MATCHING: "Matching its rows",
    State.PREVIEW: "Check what would be added",
    State.WRITING: "Adding it to the record",
    State.DONE: "The list is in the record",
    State.REFUSED: "The list was not taken",
}
WRITTEN = {"parts added": "organisations and people added"}
"""What was added, where the page says it otherwise than the record."""

SHOWN = 25
"""Rows of each kind on the page; all of them are in the file to download."""


@dataclass(frozen=True, kw_only=True)
class ListLine:
    """One list among those sent."""

    name: str
    url: str
    about: str
    state: str
    colour: str
    counts: str
    sent: str


@dataclass(frozen=True, kw_only=True)
class RowLine:
    """One row of the list."""

    number: int
    name: str
    person: str
    event: str
    outcome: str
    message: str


@dataclass(frozen=True, kw_only=True)
class EventLine:
    """One event that matched rows name."""

    title: str
    day: str
    organisations: str
    rows: str


def list_lines(lists: Iterable[AttendanceImport]) -> list[ListLine]:
    """The lists of one page."""
    return [
        ListLine(
            name=one.name,
            url=reverse("engagement:attendance-list", args=[one.pk]),
            about=about(one),
            state=State(one.state).label,
            colour=COLOURS.get(State(one.state), "grey"),
            counts=counts_in_words(one.found.get("counts", {}))
            or ("Nothing was added" if one.state == State.REFUSED else "Not matched yet"),
            sent=f"{nhs_datetime(one.uploaded_at)} by {one.uploaded_by}",
        )
        for one in lists
    ]


def about(one: AttendanceImport) -> str:
    """For what the list is: an event, or a plan."""
    if one.event:
        return f"{one.event.title}, {nhs_date(one.event.held_on)}"
    return f"{one.plan.footprint.name}: {one.plan.title}"


def heading(one: AttendanceImport) -> str:
    return HEADINGS[State(one.state)]


def progress_of(one: AttendanceImport, run: JobRun | None) -> Progress | None:
    """How far the work is; None where a person is awaited, or it came to its end."""
    if State(one.state) not in RUNNING or run is None:
        return None
    if run.state in {RunState.FAILED, RunState.QUARANTINED}:
        return None
    shown = progress(run)
    if run.state == RunState.DONE:  # the next page is a moment away
        return Progress(done=1, total=1, words="Nearly there", unfinished=True)
    return shown


def stopped(one: AttendanceImport, run: JobRun | None) -> str:
    """Why the work on a list came to no end; empty while it goes on."""
    if State(one.state) in RUNNING and run and run.state in {RunState.FAILED, RunState.QUARANTINED}:
        return run.message or "The work stopped three times before it was done."
    return ""


def figures(one: AttendanceImport, counts: Mapping[str, int]) -> list[Figure]:
    """The four numbers of a preview."""
    words = {
        "matched": "would be added" if one.state != State.DONE else "matched",
        "unmatched": "not matched",
        "duplicate": "there already or counted once",
        "refused": "refused",
    }
    return [
        Figure(
            number=f"{counts.get(key, 0):,}", label=label, url=f"#{key}" if counts.get(key) else ""
        )
        for key, label in words.items()
    ]


def counts_in_words(counts: Mapping[str, int]) -> str:
    """ "12 matched, 3 not matched"; empty before the rows were matched."""
    words = {
        "matched": "matched",
        "unmatched": "not matched",
        "duplicate": "there already",
        "refused": "refused",
    }
    return ", ".join(f"{counts[key]:,} {word}" for key, word in words.items() if counts.get(key))


def row_lines(rows: Iterable[AttendanceRow]) -> list[RowLine]:
    return [
        RowLine(
            number=row.number,
            name=row.name or "No organisation",
            person=row.person_name,
            event=", ".join(filter(None, [row.event_title, nhs_date(row.held_on)])),
            outcome=str(Outcome(row.outcome).label) if row.outcome else "",
            message=row.message,
        )
        for row in rows
    ]


def event_lines(events: Iterable[tuple[str, dt.date, int, int]]) -> list[EventLine]:
    return [
        EventLine(
            title=title,
            day=nhs_date(day),
            organisations=plural(organisations, "organisation"),
            rows=plural(rows, "row"),
        )
        for title, day, organisations, rows in events
    ]


def written(one: AttendanceImport) -> list[Row]:
    """What the list added, once it is in the record."""
    counts: Mapping[str, int] = one.found.get("written", {})
    return [
        Row(key=sentence_case(WRITTEN.get(key, key)), value=f"{number:,}")
        for key, number in counts.items()
        if number
    ]


def notes(one: AttendanceImport) -> list[str]:
    """What has to be known about the file before it is trusted."""
    sheets: Sequence[Mapping] = one.found.get("sheets", ())
    if not sheets:
        return []
    sheet = sheets[min(one.mapping.get("sheet", 0), len(sheets) - 1)]
    said = list(sheet["notes"])
    if sheet["hidden_rows"]:
        said.append(f"Hidden rows are read as well ({sheet['hidden_rows']:,}).")
    return said


def same_headings(headings: Sequence[str], repeated: Mapping[str, Sequence[int]]) -> list[str]:
    """A sentence for each heading that stands above several columns."""
    return [
        f"Columns {' and '.join(letters(at) for at in columns)} have the same heading, "
        f"“{headings[columns[0]].strip()[:40]}”. Choose by the letter."
        for columns in repeated.values()
    ]


def sent_before(one: AttendanceImport, earlier: AttendanceImport | None) -> str:
    """That the very same file was sent before; empty where it was not."""
    if earlier is None:
        return ""
    return (
        f"The very same file was sent on {nhs_datetime(earlier.uploaded_at)} by "
        f"{earlier.uploaded_by}. Rows that are in the record already are shown as such."
    )
