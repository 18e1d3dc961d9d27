"""Writes to runs. Each change of state names the state it expects, so two workers never share one.

A kind of work that runs in the background is listed in ``settings.JOB_TASKS`` with the task that
takes the run's id. Such a task does: ``run = start(...)``, nothing if that is None, then the work
with ``advance``, then ``finish`` or ``fail``.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import F, Q

from jobs import doorbell, queries, rules
from jobs.models import Heartbeat, JobRun, RowError, RunState


@dataclass(frozen=True, kw_only=True)
class RowProblem:
    """What is wrong with one row of a file, and what to do about it."""

    row: int
    message: str
    column: str = ""
    value: str = ""
    sheet: str = ""


@transaction.atomic
def queue(
    *,
    kind: str,
    title: str,
    by: AbstractBaseUser | None,
    now: dt.datetime,
    arguments: Mapping[str, Any] | None = None,
    slot: str = "",
) -> JobRun:
    """Put a run in the queue; its task is sent once the transaction is committed.

    ``slot`` names work that is done once only: a second request gives the run of the first.
    """
    run = JobRun(
        kind=kind,
        slot=slot,
        title=title,
        requested_by=str(by or ""),
        owner_key=str(by.pk if by else ""),
        queued_at=now,
        arguments=dict(arguments or {}),
    )
    if slot:
        JobRun.objects.bulk_create([run], ignore_conflicts=True)
        run = JobRun.objects.get(kind=kind, slot=slot)
    else:
        run.save()
    transaction.on_commit(lambda: _send(run.kind, run.pk))
    return run


@transaction.atomic
def remember(*, run_id: int, facts: Mapping[str, Any]) -> None:
    """Keep what a run found out for the page that shows it, beside what it was asked."""
    run = JobRun.objects.select_for_update().get(pk=run_id)
    run.arguments = {**run.arguments, **facts}
    run.save(update_fields=["arguments"])


def begin_slot(*, kind: str, slot: str, title: str, now: dt.datetime) -> JobRun | None:
    """Start the run of a scheduled slot ("2026-11-22"); None where another has or had it.

    Two schedulers at once, a message delivered twice or a late one: each slot runs once. A slot
    whose worker died or that failed is taken up again, three times at most.
    """
    run, _ = JobRun.objects.get_or_create(
        kind=kind, slot=slot, defaults={"title": title, "queued_at": now}
    )
    return start(run_id=run.pk, now=now)


@transaction.atomic
def start(*, run_id: int, now: dt.datetime) -> JobRun | None:
    """Take a waiting or abandoned run; None where it is done, set aside or another's."""
    free = Q(state=RunState.QUEUED) | Q(state=RunState.RUNNING, alive_at__lt=now - rules.LEASE)
    runs = JobRun.objects.filter(free, pk=run_id)
    runs.filter(attempts__gte=rules.ATTEMPT_LIMIT).update(
        state=RunState.QUARANTINED,
        finished_at=now,
        message="Its worker stopped each time before the work was done.",
    )
    taken = runs.filter(attempts__lt=rules.ATTEMPT_LIMIT).update(
        state=RunState.RUNNING,
        attempts=F("attempts") + 1,
        started_at=now,
        alive_at=now,
        progress_done=0,
        message="",
    )
    return JobRun.objects.get(pk=run_id) if taken else None


def advance(*, run_id: int, done: int, total: int, now: dt.datetime) -> bool:
    """Say how far a running run has come. False where it is no longer running: stop the work."""
    running = JobRun.objects.filter(pk=run_id, state=RunState.RUNNING)
    return bool(running.update(progress_done=min(done, total), progress_total=total, alive_at=now))


def finish(
    *,
    run_id: int,
    now: dt.datetime,
    counts: Mapping[str, int] | None = None,
    skipped: Mapping[str, int] | None = None,
    message: str = "",
) -> bool:
    """End a running run well: what was done ("added": 12), what was left out and why."""
    running = JobRun.objects.filter(pk=run_id, state=RunState.RUNNING)
    return bool(
        running.update(
            state=RunState.DONE,
            finished_at=now,
            progress_done=F("progress_total"),
            counts=dict(counts or {}),
            skipped=dict(skipped or {}),
            message=message,
        )
    )


@transaction.atomic
def fail(*, run_id: int, reason: str, now: dt.datetime, again: bool = True) -> bool:
    """End a try badly, with a reason that a person can act on.

    ``again`` puts the run back in the queue until it was tried three times and is then set aside;
    without it (the file itself is wrong) the run has failed for good.
    """
    running = JobRun.objects.filter(pk=run_id, state=RunState.RUNNING)
    if not again:
        return bool(running.update(state=RunState.FAILED, finished_at=now, message=reason))
    used_up = running.filter(attempts__gte=rules.ATTEMPT_LIMIT)
    set_aside = used_up.update(state=RunState.QUARANTINED, finished_at=now, message=reason)
    return bool(set_aside or running.update(state=RunState.QUEUED, queued_at=now, message=reason))


def record_row_errors(*, run_id: int, problems: Iterable[RowProblem]) -> int:
    """Keep what was wrong with each row; text longer than its column is cut."""
    rows = [
        RowError(
            run_id=run_id,
            sheet=problem.sheet[:60],
            row=problem.row,
            column=problem.column[:60],
            value=problem.value.replace("\0", "")[:80],
            message=problem.message[:300],
        )
        for problem in problems
    ]
    return len(RowError.objects.bulk_create(rows, batch_size=500))


def seen(*, name: str, now: dt.datetime) -> None:
    """Note that a part of the service is alive."""
    Heartbeat.objects.update_or_create(name=name, defaults={"seen_at": now})


def send_waiting(*, now: dt.datetime) -> int:
    """Send again the messages of runs that wait too long or have lost their worker."""
    waiting = queries.waiting(now=now)
    for kind, run_id in waiting:
        _send(kind, run_id)
    return len(waiting)


def _send(kind: str, run_id: int) -> None:
    task = settings.JOB_TASKS.get(kind)
    if task:
        doorbell.send(task, run_id)
