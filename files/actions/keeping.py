"""Looks after what was taken in: has it scanned, proves it again every week, clears what nobody needs."""

import datetime as dt
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.utils import timezone

from files import disk, queries, scanner
from files.models import Scan, StoredFile
from jobs import actions as jobs

log = logging.getLogger(__name__)

VERIFY, SWEEP = "files-verify", "files-sweep"
MOST_AT_ONCE = 50
"""Files scanned by one run of the job; the next comes within a minute."""

GRACE = dt.timedelta(hours=24)
"""Bytes without a row may belong to a request that is still under way; not after a day."""


def scan_waiting(*, now: dt.datetime) -> int:
    """Ask the scanner about the files that wait, oldest first; how many were answered.

    Where the scanner is away they go on waiting: nothing is handed out that nobody looked at.
    """
    answered = 0
    for stored in queries.waiting()[:MOST_AT_ONCE]:
        try:
            with disk.opened(stored.sha256) as file:
                found = scanner.finding(file)
        except scanner.NoAnswerError as problem:
            log.warning("Files wait for the virus scanner: %s", problem)
            break
        except FileNotFoundError:
            continue  # the nightly proof says so
        answered += StoredFile.objects.filter(pk=stored.pk, scan=Scan.WAITING).update(
            scan=found.scan, scan_note=found.note, scanned_at=now
        )
    return answered


def verify(*, now: dt.datetime, clock: Callable[[], dt.datetime]) -> None:
    """Once a night, for the job log: hash again what was not proved for a week; name what is wrong.

    ``clock`` is asked on the way, so that the run is seen to be alive however long it takes.
    """
    title = "Check that kept files are what they were"
    run = jobs.begin_slot(kind=VERIFY, slot=_slot(now), title=title, now=now)
    if run is None:
        return
    with _failing_in_the_log(run.pk, now):
        due = queries.due_for_proof(now)
        wrong = list(_wrong_among(due, run.pk, now, clock))
        jobs.record_row_errors(run_id=run.pk, problems=wrong)
    message = "Files are missing or were changed on the disk: restore them." if wrong else ""
    counts = {"files proved": len(due) - len(wrong), "files wrong": len(wrong)}
    jobs.finish(run_id=run.pk, now=now, counts=counts, message=message)


def _wrong_among(
    due: Sequence[StoredFile], run_id: int, now: dt.datetime, clock: Callable[[], dt.datetime]
) -> Iterator[jobs.RowProblem]:
    for done, stored in enumerate(due):
        if done % 20 == 0:
            jobs.advance(run_id=run_id, done=done, total=len(due), now=clock())
        said = queries.what_is_wrong(stored.sha256)
        if said:
            yield jobs.RowProblem(row=stored.pk, value=stored.sha256, message=said)
        else:
            StoredFile.objects.filter(pk=stored.pk).update(verified_at=now)


def sweep(*, now: dt.datetime) -> None:
    """Once a night: remove bytes that never came to a name, and files that no row speaks of."""
    title = "Clear away files that belong to nothing"
    run = jobs.begin_slot(kind=SWEEP, slot=_slot(now), title=title, now=now)
    if run is None:
        return
    before = now - GRACE
    with _failing_in_the_log(run.pk, now):
        unsent, _ = queries.unwanted(before).delete()
        partial = sum(disk.take_away(path, before) for path in disk.left_behind(before))
        orphans = sum(_orphan_gone(path, before) for path in disk.kept(before))
    counts = {
        "unfinished files removed": partial,
        "files of forms never sent": unsent,
        "files without a row removed": orphans,
    }
    jobs.finish(run_id=run.pk, now=now, counts=counts)


@contextmanager
def _failing_in_the_log(run_id: int, now: dt.datetime) -> Iterator[None]:
    try:
        yield
    except Exception as problem:
        jobs.fail(run_id=run_id, reason=f"{type(problem).__name__}: {problem}"[:500], now=now)
        raise


def _orphan_gone(path: Path, before: dt.datetime) -> bool:
    """A file put in its place anew is young, so one whose row is being written is never taken."""
    spoken_of = StoredFile.objects.filter(sha256=path.name).exists()
    return not spoken_of and disk.take_away(path, before)


def _slot(now: dt.datetime) -> str:
    return timezone.localtime(now).date().isoformat()
