"""An attendance list from the file to the preview: sent, read, its columns said, its rows matched.

Nothing of it is in the record before somebody has confirmed it (``attendance_writing``). Each step
is a run of ``jobs``; a step that comes twice or too late finds another state and does nothing.
"""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts import audit
from accounts.models import User
from engagement.actions.attendance_matching import match_rows
from engagement.models import AttendanceImport, Event
from engagement.rules.attendance_summary import merged_below, summary
from files import child, disk
from files.models import StoredFile
from files.rules.names import shown_name
from jobs import actions as jobs
from jobs.models import JobRun
from stakeholders.actions import add_organisation

READ, MATCH, WRITE = "attendance-read", "attendance-match", "attendance-write"
TASK = "files.reading.sheets:read"
GONE = "is no longer on this machine. Send it again"
NOTHING = "has no rows below its headings. Add them, or choose another file"
MERGED = "has merged cells among its rows ({}). Unmerge them, fill each cell, and send it again"
_State = AttendanceImport.State


@transaction.atomic
def send_list(  # noqa: PLR0913 - what a list is
    *,
    plan_id: int,
    event: Event | None,
    stored: StoredFile,
    name: str,
    form_key: uuid.UUID,
    by: User,
    now: dt.datetime,
) -> AttendanceImport:
    """Take a list in and have it read; the same form sent twice gives the same list."""
    there = AttendanceImport.objects.filter(form_key=form_key).first()
    if there is not None:
        return there
    one = AttendanceImport.objects.create(
        plan_id=plan_id,
        event=event,
        file=stored,
        name=shown_name(name),
        form_key=form_key,
        uploaded_at=now,
        uploaded_by=by,
    )
    audit.record(
        by=by,
        verb="attendance list sent",
        obj=one,
        after={"plan": one.plan.code, "event": str(event or ""), "sha256": stored.sha256},
        at=now,
    )
    _queue(one, READ, f"Read attendance list {one.pk}", by=by, now=now)
    return one


@transaction.atomic
def send_again(*, list_id: int, by: User, now: dt.datetime) -> AttendanceImport:
    """Read the very same file once more, with the columns and organisations as they were said.

    For a list whose organisations have been added to the register since; asked twice while the
    copy waits, it is made once.
    """
    one = AttendanceImport.objects.select_related("file", "event").get(pk=list_id)
    key = uuid.uuid5(one.form_key, f"again {one.finished_at}")
    made = send_list(
        plan_id=one.plan_id,
        event=one.event,
        stored=one.file,
        name=one.name,
        form_key=key,
        by=by,
        now=now,
    )
    if not made.mapping:
        AttendanceImport.objects.filter(pk=made.pk).update(mapping=one.mapping)
    return made


@transaction.atomic
def say_columns(
    *, list_id: int, mapping: Mapping[str, Any], by: User, now: dt.datetime
) -> AttendanceImport:
    """Keep what the columns and words are, and have the rows matched; nothing once it is confirmed."""
    one = AttendanceImport.objects.select_for_update().get(pk=list_id)
    if one.state not in (_State.MAPPING, _State.PREVIEW):
        return one
    before = {key: one.mapping.get(key) for key in mapping}
    one.mapping = {**one.mapping, **mapping}
    one.state = _State.MATCHING
    one.save(update_fields=["mapping", "state"])
    audit.record(
        by=by,
        verb="attendance columns said",
        obj=one,
        before={"columns": before.get("columns")},
        after={"columns": mapping.get("columns")},
        at=now,
    )
    _queue(one, MATCH, f"Match the rows of attendance list {one.pk}", by=by, now=now)
    return one


@transaction.atomic
def choose_organisations(
    *,
    list_id: int,
    chosen: Mapping[str, int],
    new: Mapping[str, tuple[str, str]],
    opened_on: dt.date,
    by: User,
    now: dt.datetime,
) -> AttendanceImport:
    """Say once which organisation a name means in all rows; 0 leaves its rows out.

    ``new``: name as keyed -> its name and category, added to the register where it is not there.
    """
    one = AttendanceImport.objects.select_for_update().get(pk=list_id)
    if one.state != _State.PREVIEW:
        return one
    made = {
        key: add_organisation(by=by, name=name, category=category, opened_on=opened_on).pk
        for key, (name, category) in new.items()
    }
    one.mapping = {**one.mapping, "chosen": {**one.mapping.get("chosen", {}), **chosen, **made}}
    one.state = _State.MATCHING
    one.save(update_fields=["mapping", "state"])
    audit.record(
        by=by,
        verb="attendance organisations chosen",
        obj=one,
        after={"chosen": {**chosen, **made}},
        at=now,
    )
    _queue(one, MATCH, f"Match the rows of attendance list {one.pk}", by=by, now=now)
    return one


def read(*, run_id: int, now: dt.datetime) -> None:
    """The worker's part of ``send_list``: what stands in the file, for the page that asks on."""
    run = jobs.start(run_id=run_id, now=now)
    if run is None:
        return
    one = AttendanceImport.objects.select_related("file").get(pk=run.arguments["list"])
    try:
        book = rows_in(one)
    except child.Refused as refused:
        _refuse(one, run, str(refused), now)
        return
    sheets = [summary(sheet) for sheet in book["sheets"]]
    if not any(sheet["rows"] for sheet in sheets):
        _refuse(one, run, NOTHING, now)
        return
    with transaction.atomic():
        waiting = AttendanceImport.objects.filter(pk=one.pk, state=_State.READING)
        waiting.update(state=_State.MAPPING, found={"sheets": sheets, "epoch": book["epoch"]})
        jobs.finish(run_id=run.pk, now=now, counts={"rows": sum(one["rows"] for one in sheets)})


def match(*, run_id: int, now: dt.datetime) -> None:
    """The worker's part of ``say_columns``: what each row is taken for."""
    run = jobs.start(run_id=run_id, now=now)
    if run is None:
        return
    one = AttendanceImport.objects.select_related("file", "plan", "event").get(
        pk=run.arguments["list"]
    )
    if one.state != _State.MATCHING:
        jobs.finish(run_id=run.pk, now=now)
        return
    try:
        book = rows_in(one)
    except child.Refused as refused:
        _refuse(one, run, str(refused), now)
        return
    sheet = book["sheets"][min(one.mapping["sheet"], len(book["sheets"]) - 1)]
    merged = merged_below(sheet, one.mapping["header"])
    if merged:
        _refuse(one, run, MERGED.format(", ".join(merged)), now)
        return
    jobs.advance(run_id=run.pk, done=1, total=4, now=now)
    by = User.objects.get(pk=int(run.owner_key))
    match_rows(one, sheet, book["epoch"], by=by, run_id=run.pk, now=now)


def rows_in(one: AttendanceImport) -> Any:
    """What the child process reads in the kept file; raises ``child.Refused``."""
    path = disk.path_of(one.file.sha256)
    if not path.exists():
        raise child.Refused(GONE)
    return child.run_once(TASK, path)


def queue_match(one: AttendanceImport, *, by: User, now: dt.datetime) -> None:
    """Have the rows matched anew, because the record has moved since."""
    _queue(one, MATCH, f"Match the rows of attendance list {one.pk}", by=by, now=now)


def queue_write(one: AttendanceImport, *, by: User, now: dt.datetime) -> None:
    """Have the confirmed rows written."""
    _queue(one, WRITE, f"Write the rows of attendance list {one.pk}", by=by, now=now)


def _queue(one: AttendanceImport, kind: str, title: str, *, by: User, now: dt.datetime) -> JobRun:
    # By its number: a file's name may name somebody, and the job log is read by others.
    run = jobs.queue(kind=kind, title=title, by=by, now=now, arguments={"list": one.pk})
    AttendanceImport.objects.filter(pk=one.pk).update(run_id=run.pk)
    one.run_id = run.pk
    return run


@transaction.atomic
def _refuse(one: AttendanceImport, run: JobRun, why: str, now: dt.datetime) -> None:
    """The file cannot be used, whatever one says about its columns."""
    AttendanceImport.objects.filter(pk=one.pk).update(
        state=_State.REFUSED, refusal=f"“{one.name[:80]}” {why}."[:300], finished_at=now
    )
    jobs.fail(run_id=run.pk, reason=f"The file {why}.", now=now, again=False)
