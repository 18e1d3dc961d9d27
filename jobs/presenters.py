"""Words for the job log: a run as one line, as a summary and as progress."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from jobs import rules
from jobs.models import JobRun, RowError, RunState
from ui.shapes import Row
from ui.words import nhs_datetime, plural

_COLOURS = {
    RunState.QUEUED: "grey",
    RunState.RUNNING: "blue",
    RunState.DONE: "green",
    RunState.FAILED: "red",
    RunState.QUARANTINED: "red",
}
ERROR_COLUMNS = ("Sheet", "Row", "Column", "Value", "What is wrong")


@dataclass(frozen=True, kw_only=True)
class RunLine:
    """One run in the log."""

    title: str
    url: str
    state: str
    colour: str
    when: str
    did: str
    left_out: str
    reason: str
    wrong_rows: str


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a run has come, as a bar and as words."""

    done: int
    total: int
    words: str
    unfinished: bool


def run_line(run: JobRun) -> RunLine:
    """The run for the log, which has ``wrong_rows`` annotated where errors are to be shown."""
    wrong = getattr(run, "wrong_rows", 0)
    return RunLine(
        title=run.title,
        url=reverse("jobs:run", args=[run.pk]),
        state=RunState(run.state).label,
        colour=_COLOURS[RunState(run.state)],
        when=nhs_datetime(run.finished_at or run.started_at or run.queued_at),
        did=_counts(run.counts),
        left_out=_counts(run.skipped),
        reason=run.message,
        wrong_rows=plural(wrong, "row") if wrong else "",
    )


def progress(run: JobRun) -> Progress:
    """The run's way so far; unknown until its worker has counted what there is to do."""
    share = rules.share_done(run.progress_done, run.progress_total)
    words = {
        RunState.QUEUED: "Waiting for a worker to start it",
        RunState.RUNNING: f"{share}% done" if run.progress_total else "Running",
        RunState.DONE: "Finished",
        RunState.FAILED: "Stopped before the end",
        RunState.QUARANTINED: "Stopped after three tries",
    }
    return Progress(
        done=run.progress_done,
        total=run.progress_total,
        words=words[RunState(run.state)],
        unfinished=run.state in {RunState.QUEUED, RunState.RUNNING},
    )


def summary(run: JobRun) -> list[Row]:
    """What there is to know about one run, without lines that have nothing to say."""
    lines = {
        "State": RunState(run.state).label,
        "Asked for by": run.requested_by or "The schedule",
        "Asked for": nhs_datetime(run.queued_at),
        "Started": _when(run.started_at),
        "Ended": _when(run.finished_at),
        "Tries": str(run.attempts) if run.attempts > 1 else "",
        "Done": _counts(run.counts),
        "Left out": _counts(run.skipped),
        "Message": run.message,
    }
    return [Row(key=key, value=value) for key, value in lines.items() if value]


def error_cells(error: RowError) -> tuple[object, ...]:
    """One wrong row, in the order of ``ERROR_COLUMNS``."""
    return error.sheet, error.row, error.column, error.value, error.message


def _when(moment: dt.datetime | None) -> str:
    return nhs_datetime(moment) if moment else ""


def _counts(counts: Mapping[str, int]) -> str:
    """ "12 added, 3 closed" from {"added": 12, "closed": 3, "opened": 0}; empty when all are nought."""
    return ", ".join(
        f"{number:,} {name.replace('_', ' ')}" for name, number in counts.items() if number
    )
