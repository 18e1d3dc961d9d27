"""Words for exports of survey tools: where each stands, what would come of it, what came."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from consultations.models import ResponseImport
from consultations.presenters.analysis_words import figure
from jobs.models import JobRun, RunState
from jobs.presenters import Progress, progress
from ui.shapes import Figure, Row
from ui.words import nhs_datetime, plural

State = ResponseImport.State
RUNNING = frozenset({State.READING, State.WRITING})
COLOURS = {
    State.MAPPING: "blue",
    State.PREVIEW: "blue",
    State.DONE: "green",
    State.REFUSED: "red",
}
HEADINGS = {
    State.READING: "Reading the file",
    State.MAPPING: "What are its columns?",
    State.PREVIEW: "Check what would be added",
    State.WRITING: "Adding the responses",
    State.DONE: "The responses are in",
    State.REFUSED: "The file was not taken",
}
SHOWN = 25


@dataclass(frozen=True, kw_only=True)
class ImportLine:
    """One file that was sent before."""

    name: str
    url: str
    state: str
    colour: str
    sent: str


def import_lines(imports: Iterable[ResponseImport]) -> list[ImportLine]:
    return [
        ImportLine(
            name=one.name,
            url=reverse("consultations:response-import", args=[one.pk]),
            state=State(one.state).label,
            colour=COLOURS.get(State(one.state), "grey"),
            sent=f"{nhs_datetime(one.uploaded_at)} by {one.uploaded_by}",
        )
        for one in imports
    ]


def heading(one: ResponseImport) -> str:
    return HEADINGS[State(one.state)]


def progress_of(one: ResponseImport, run: JobRun | None) -> Progress | None:
    """How far the work is; None where a person is awaited, or it came to its end."""
    if State(one.state) not in RUNNING or run is None or stopped(one, run):
        return None
    if run.state == RunState.DONE:  # the next page is a moment away
        return Progress(done=1, total=1, words="Nearly there", unfinished=True)
    return progress(run)


def stopped(one: ResponseImport, run: JobRun | None) -> str:
    """Why the work came to no end; empty while it goes on."""
    ended = {RunState.FAILED, RunState.QUARANTINED}
    if State(one.state) in RUNNING and run is not None and run.state in ended:
        return run.message or "The work stopped three times before it was done."
    return ""


def figures(one: ResponseImport) -> list[Figure]:
    """The numbers of the preview: distinct organisations beside responses."""
    counts: Mapping[str, int] = one.found.get("counts", {})
    is_done = one.state == State.DONE
    words = {
        "new": ("response added", "responses added")
        if is_done
        else ("response to add", "responses to add"),
        "organisations": ("organisation", "organisations, each once"),
        "there": ("there already", "there already"),
        "refused": ("row left out", "rows left out"),
    }
    return [figure(counts.get(key, 0), one, many) for key, (one, many) in words.items()]


def to_know(one: ResponseImport) -> list[Row]:
    """What a person should know before it is confirmed."""
    counts: Mapping[str, int] = one.found.get("counts", {})
    said = {
        "Have the number of a response that is there and say something else: left out": counts.get(
            "differ", 0
        ),
        "Came after the consultation closed": counts.get("late", 0),
        "Hold a telephone number, an address or words to look at": counts.get("concerns", 0),
        "Cells that could not be read as meant": counts.get("doubtful", 0),
    }
    return [Row(key=key, value=f"{number:,}") for key, number in said.items() if number]


def added(one: ResponseImport) -> str:
    """ "4,000 responses"."""
    return plural(one.found.get("written", 0), "response")


def notes(one: ResponseImport) -> list[str]:
    summary = one.found.get("summary", {})
    said = list(summary.get("notes", ()))
    if summary.get("hidden_rows"):
        said.append(f"Hidden rows are read as well ({summary['hidden_rows']:,}).")
    return said
