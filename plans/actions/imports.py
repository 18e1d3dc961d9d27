"""Imports asked for in the browser: a preview first, then, once a person confirms, the load.

Both are runs of ``jobs`` that a worker does. The uploaded bytes lie on disk under their SHA-256;
the run keeps what was asked (kind, day, choices) and, when done, what was found.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import transaction

from accounts.models import User
from jobs import actions as jobs
from jobs.models import JobRun
from plans.actions import register
from plans.register import uploads
from plans.register.looking import Order, Outcome, look, ticker
from stakeholders.register.problems import FileRefusedError, Problem

PREVIEW, LOAD = "register-preview", "register-load"
NOTES_KEPT = 100


def ask_for_preview(*, order: Order, by: User, now: dt.datetime) -> JobRun:
    """Keep the file and have a worker say what loading it would do."""
    digest = uploads.keep(order.data)
    return jobs.queue(
        kind=PREVIEW,
        title=f"Preview of {order.file_name[-150:]}",
        by=by,
        now=now,
        arguments={
            "kind": order.kind,
            "file_name": order.file_name[-255:],
            "sha256": digest,
            "as_at": order.as_at.isoformat() if order.as_at else None,
            "as_history": order.as_history,
            "keep_good_rows": order.keep_good_rows,
        },
    )


def confirm(
    *,
    run: JobRun,
    keep_good_rows: bool,
    accept_large_change: bool,
    by: User,
    now: dt.datetime,
) -> JobRun:
    """Have a worker load what ``run`` previewed; asked twice, it is loaded once."""
    arguments = {
        **run.arguments,
        "found": None,
        "keep_good_rows": keep_good_rows or run.arguments["keep_good_rows"],
        "accept_large_change": accept_large_change,
    }
    return jobs.queue(
        kind=LOAD,
        title=f"Load {run.arguments['file_name'][-150:]}",
        by=by,
        now=now,
        arguments=arguments,
        slot=f"preview-{run.pk}",
    )


def preview(*, run_id: int, now: dt.datetime, today: dt.date) -> None:
    """The worker's part of ``ask_for_preview``; nothing when another worker has the run."""

    def work(run: JobRun, order: Order, progress: Callable[[int, int], None]) -> None:
        outcome = look(order, today=today, tick=ticker(progress))
        with transaction.atomic():
            _keep(run, outcome)
            jobs.finish(
                run_id=run.pk,
                now=now,
                counts=outcome.counts,
                skipped=outcome.skipped,
                message="Nothing was written: this is a preview.",
            )

    _do(run_id=run_id, now=now, work=work)


def load(*, run_id: int, now: dt.datetime, today: dt.date) -> None:
    """The worker's part of ``confirm``; a second run of the same file finds nothing to write."""

    def work(run: JobRun, order: Order, progress: Callable[[int, int], None]) -> None:
        by = User.objects.filter(pk=int(run.owner_key or 0)).first()
        outcome = register.load(order, by=by, now=now, today=today, progress=progress)
        with transaction.atomic():
            _keep(run, outcome)
            if outcome.why_not:
                jobs.fail(run_id=run.pk, reason=outcome.why_not, now=now, again=False)
                return
            jobs.finish(run_id=run.pk, now=now, counts=outcome.counts, skipped=outcome.skipped)

    _do(run_id=run_id, now=now, work=work)


def _do(
    *,
    run_id: int,
    now: dt.datetime,
    work: Callable[[JobRun, Order, Callable[[int, int], None]], None],
) -> None:
    run = jobs.start(run_id=run_id, now=now)
    if run is None:
        return

    def progress(done: int, total: int) -> None:
        jobs.advance(run_id=run_id, done=done, total=total, now=now)

    try:
        work(run, _order(run.arguments), progress)
    except (FileRefusedError, FileNotFoundError) as error:
        gone = "The uploaded file is no longer on this machine: upload it again."
        reason = str(error) if isinstance(error, FileRefusedError) else gone
        jobs.fail(run_id=run_id, reason=reason, now=now, again=False)


def _order(arguments: dict[str, Any]) -> Order:
    as_at = arguments["as_at"]
    return Order(
        kind=arguments["kind"],
        file_name=arguments["file_name"],
        data=uploads.content(arguments["sha256"]),
        as_at=dt.date.fromisoformat(as_at) if as_at else None,
        as_history=arguments["as_history"],
        keep_good_rows=arguments["keep_good_rows"],
        accept_large_change=arguments.get("accept_large_change", False),
    )


def _keep(run: JobRun, outcome: Outcome) -> None:
    """What the page shows of an outcome: sentences, wrong rows, things to know."""
    notes = outcome.changes.notes
    jobs.remember(
        run_id=run.pk,
        facts={
            "found": {
                "sentences": list(outcome.sentences),
                "rows": outcome.rows,
                "as_at": outcome.as_at.isoformat(),
                "nothing": not outcome.changes.rows_written,
                "large": outcome.changes.large,
                "why_not": outcome.why_not,
                "forbidden": outcome.forbidden,
                "wrong": len(outcome.changes.problems),
                "notes": [str(note) for note in notes[:NOTES_KEPT]],
                "notes_in_all": len(notes),
            }
        },
    )
    jobs.record_row_errors(
        run_id=run.pk, problems=[_row_problem(problem) for problem in outcome.changes.problems]
    )


def _row_problem(problem: Problem) -> jobs.RowProblem:
    return jobs.RowProblem(
        row=problem.row,
        column=problem.column,
        value=problem.value,
        message=problem.message,
        sheet=problem.sheet,
    )
