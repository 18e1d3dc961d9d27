"""Words for the import pages: what is loaded, what a file would change, what it changed."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from jobs.models import JobRun, RunState
from jobs.presenters import Progress, progress
from plans.register.kinds import KINDS
from stakeholders.models import RegisterFile
from ui.shapes import Row
from ui.words import nhs_date, nhs_datetime, plural, sentence_case

NOTES_SHOWN = 10


@dataclass(frozen=True, kw_only=True)
class KindLine:
    """One kind of file and how new the newest loaded one is."""

    label: str
    newest: str


@dataclass(frozen=True, kw_only=True)
class FileLine:
    """One file that was loaded."""

    name: str
    kind: str
    as_at: str
    rows: str
    changed: str
    loaded: str


@dataclass(frozen=True, kw_only=True)
class RunPage:
    """A preview or a load, while it runs and when it is done."""

    heading: str
    file: str
    progress: Progress
    failed: str
    sentences: tuple[str, ...]
    changes: list[Row]
    left_out: list[Row]
    left_out_words: str
    wrong: str
    notes: tuple[str, ...]
    further_notes: tuple[str, ...]
    more_notes: str
    can_confirm: bool
    nothing: str
    is_loaded: bool
    obstacles: tuple[str, ...]


def kind_lines(newest: Mapping[str, dt.date]) -> list[KindLine]:
    """Every kind in the order in which an empty register is filled."""
    return [
        KindLine(
            label=sentence_case(kind.label),
            newest=nhs_date(newest.get(kind.key)) or "Nothing yet",
        )
        for kind in KINDS.values()
    ]


def file_lines(files: Iterable[RegisterFile]) -> list[FileLine]:
    """The files of one page of the list."""
    return [
        FileLine(
            name=file.name,
            kind=sentence_case(KINDS[file.kind].label) if file.kind in KINDS else file.kind,
            as_at=nhs_date(file.as_at) + (", as history" if file.as_history else ""),
            rows=f"{file.rows:,}",
            changed=_phrases(file.counts) or "Nothing",
            loaded=f"{nhs_datetime(file.loaded_at)} by {file.loaded_by or 'a command'}",
        )
        for file in files
    ]


def run_links(runs: Iterable[JobRun]) -> list[tuple[str, str]]:
    """Title and address of each run that is not finished."""
    return [(run.title, reverse("plans:import", args=[run.pk])) for run in runs]


def run_page(run: JobRun, *, confirmed: JobRun | None) -> RunPage:
    """The page of a run; ``confirmed`` is the load that somebody has already asked for."""
    found: dict[str, Any] = run.arguments.get("found") or {}
    is_preview = run.kind == "register-preview"
    done = run.state == RunState.DONE
    kept = found.get("notes", [])
    rest = found.get("notes_in_all", 0) - len(kept)
    nothing = bool(found.get("nothing"))
    return RunPage(
        heading="Preview" if is_preview else "Load",
        file=run.arguments.get("file_name", run.title),
        progress=progress(run),
        failed=run.message if run.state in {RunState.FAILED, RunState.QUARANTINED} else "",
        sentences=tuple(found.get("sentences", ())),
        changes=_rows(run.counts),
        left_out=_rows(run.skipped),
        left_out_words=plural(sum(run.skipped.values()), "row is left out", "rows are left out"),
        wrong=plural(found.get("wrong", 0), "row is", "rows are"),
        notes=tuple(kept[:NOTES_SHOWN]),
        further_notes=tuple(kept[NOTES_SHOWN:]),
        more_notes=f"… and {rest:,} more" if rest > 0 else "",
        can_confirm=_can_confirm(found) if is_preview and done and confirmed is None else False,
        nothing=_nothing(found) if done and nothing else "",
        is_loaded=done and not is_preview and not nothing,
        obstacles=_obstacles(run, found) if is_preview and confirmed is None else (),
    )


def _can_confirm(found: Mapping[str, Any]) -> bool:
    """Whether a preview found something that may be loaded here."""
    return bool(found) and not found.get("nothing") and not found.get("forbidden")


def _nothing(found: Mapping[str, Any]) -> str:
    """Why there is nothing to load."""
    if found.get("wrong"):
        return "The good rows say nothing new. Mend the wrong ones and upload the file again."
    return f"The register already says all that is in this file. {found.get('large', '')}".strip()


def _obstacles(run: JobRun, found: Mapping[str, Any]) -> tuple[str, ...]:
    """What a person has to agree to before the file can be loaded."""
    if forbidden := found.get("forbidden"):
        return (forbidden,)
    wrong, large = found.get("wrong", 0), found.get("large", "")
    sentences = []
    if wrong and not run.arguments.get("keep_good_rows"):
        rows = plural(wrong, "row is", "rows are")
        sentences.append(f"{rows} wrong. Mend the file and upload it again, or go on without them.")
    if large:
        sentences.append(large)
    return tuple(sentences)


def _rows(counts: Mapping[str, int]) -> list[Row]:
    return [
        Row(key=sentence_case(phrase), value=f"{number:,}") for phrase, number in counts.items()
    ]


def _phrases(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number:,} {phrase}" for phrase, number in counts.items() if number)
