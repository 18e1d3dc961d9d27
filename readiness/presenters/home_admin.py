"""The administrator's home: the state of the register and of the jobs."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from jobs.models import JobRun
from stakeholders.models import RegisterFile
from ui.words import days_ago, nhs_date, nhs_datetime, plural

ALIVE_WITHIN = dt.timedelta(minutes=2)
LATE_AFTER = 60.0


@dataclass(frozen=True, kw_only=True)
class FileLine:
    """The newest file of one kind."""

    kind: str
    name: str
    as_at: str
    loaded: str


@dataclass(frozen=True, kw_only=True)
class HealthLine:
    """One part of the service and whether it does its work."""

    name: str
    state: str
    word: str


def no_files_words(organisations: int) -> str:
    """What it means that no register file was loaded."""
    if organisations:
        return "What is known came another way, such as the demonstration. Import the official files to work with the real register."
    return "Until one is, nobody can be missing: every figure needs to know who exists."


def file_lines(files: Iterable[RegisterFile], *, today: dt.date) -> list[FileLine]:
    """Each file in words."""
    return [
        FileLine(
            kind=file.kind.replace("-", " ").capitalize(),
            name=file.name,
            as_at=f"{nhs_date(file.as_at)} ({days_ago(file.as_at, today)})",
            loaded=nhs_datetime(file.loaded_at),
        )
        for file in files
    ]


def health_lines(
    *, seen: dt.datetime | None, waiting: float | None, runs: Iterable[JobRun], now: dt.datetime
) -> list[HealthLine]:
    """The worker, the oldest change that waits (in seconds), and the last run of each kind."""
    finished = [
        HealthLine(name=run.title, state="met", word=f"Finished {nhs_datetime(run.finished_at)}")
        for run in runs
    ]
    return [_worker(seen, now), _waiting(waiting), *finished]


def _worker(seen: dt.datetime | None, now: dt.datetime) -> HealthLine:
    if seen is None:
        return HealthLine(name="Background worker", state="not_met", word="Never seen. Start it.")
    alive = now - seen <= ALIVE_WITHIN
    return HealthLine(
        name="Background worker",
        state="met" if alive else "not_met",
        word=f"{'Working, seen' if alive else 'Not seen since'} {nhs_datetime(seen)}",
    )


def _waiting(seconds: float | None) -> HealthLine:
    if seconds is None:
        return HealthLine(name="Changes to count", state="met", word="All counted")
    late = seconds > LATE_AFTER
    minutes = plural(int(seconds // 60), "minute") if late else plural(int(seconds), "second")
    return HealthLine(
        name="Changes to count", state="not_met" if late else "met", word=f"Oldest waits {minutes}"
    )
