"""An export of a survey tool from the file to the preview. Each step is a run of ``jobs``.

Nothing is a response before somebody has confirmed it (``response_writing``).
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from consultations.models import Response, ResponseImport
from consultations.rules.concerns import concerns
from consultations.rules.respondents import fingerprint, respondent_key
from consultations.rules.response_columns import summary
from consultations.rules.response_keys import form_key
from consultations.rules.response_rows import Fault, Parsed, Reading, look
from files import child, disk
from files.models import StoredFile
from files.reading.sheets_limits import letters
from files.rules.names import shown_name
from jobs import actions as jobs
from jobs.models import JobRun
from plans.models import Consultation

READ, CHECK, WRITE = "responses-read", "responses-check", "responses-write"
TASK = "files.reading.sheets:read"
LONGEST_CELL = 100_000
"""Characters of one answer; people paste whole letters into a survey."""

GONE = "is no longer on this machine. Send it again"
NOTHING = "has no rows below its headings. Choose another file"
_State = ResponseImport.State


@transaction.atomic
def send_responses(
    *, consultation: Consultation, stored: StoredFile, name: str, by: User, now: dt.datetime
) -> ResponseImport:
    """Take an export in and have it read; the same file for the same consultation is the same import."""
    Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)
    there = ResponseImport.objects.filter(consultation=consultation, file=stored)
    found = there.exclude(state=_State.REFUSED).first()
    if found is not None:
        return found
    one = ResponseImport.objects.create(
        consultation=consultation,
        file=stored,
        name=shown_name(name),
        uploaded_at=now,
        uploaded_by=by,
    )
    audit.record(
        by=by,
        verb="responses file sent",
        obj=one,
        after={"consultation": consultation.pk, "sha256": stored.sha256},
        at=now,
    )
    _queue(one, READ, f"Read responses, file {one.pk}", by=by, now=now)
    return one


@transaction.atomic
def say_response_columns(
    *, import_id: int, mapping: Mapping[str, Any], by: User, now: dt.datetime
) -> ResponseImport:
    """Keep what the columns are, and have the rows checked; nothing once it is confirmed."""
    one = ResponseImport.objects.select_for_update().get(pk=import_id)
    if one.state not in (_State.MAPPING, _State.PREVIEW):
        return one
    one.mapping = dict(mapping)
    one.state = _State.READING
    one.save(update_fields=["mapping", "state"])
    audit.record(
        by=by,
        verb="responses columns said",
        obj=one,
        after={"columns": mapping["meanings"]},
        at=now,
    )
    _queue(one, CHECK, f"Check responses, file {one.pk}", by=by, now=now)
    return one


@transaction.atomic
def confirm_responses(*, import_id: int, by: User, now: dt.datetime) -> ResponseImport:
    """Have the rows written as responses; asked twice, they are written once."""
    one = ResponseImport.objects.select_for_update().get(pk=import_id)
    if one.state != _State.PREVIEW:
        return one
    one.state = _State.WRITING
    one.save(update_fields=["state"])
    audit.record(
        by=by,
        verb="responses file confirmed",
        obj=one,
        after={"counts": one.found.get("counts", {})},
        at=now,
    )
    _queue(one, WRITE, f"Write responses, file {one.pk}", by=by, now=now)
    return one


def read(*, run_id: int, now: dt.datetime) -> None:
    """The worker's part of ``send_responses``."""
    run = jobs.start(run_id=run_id, now=now)
    if run is None:
        return
    one = ResponseImport.objects.select_related("file").get(pk=run.arguments["import"])
    try:
        book = book_of(one)
    except child.Refused as refused:
        refuse(one, run, str(refused), now)
        return
    sheets = [summary(sheet) for sheet in book["sheets"]]
    best = max(range(len(sheets)), key=lambda at: sheets[at]["rows"])
    if not sheets[best]["rows"]:
        refuse(one, run, NOTHING, now)
        return
    with transaction.atomic():
        waiting = ResponseImport.objects.filter(pk=one.pk, state=_State.READING)
        waiting.update(state=_State.MAPPING, found={"sheet": best, "summary": sheets[best]})
        jobs.finish(run_id=run.pk, now=now, counts={"rows": sheets[best]["rows"]})


def check(*, run_id: int, now: dt.datetime) -> None:
    """The worker's part of ``say_response_columns``: what would come of each row."""
    run = jobs.start(run_id=run_id, now=now)
    if run is None:
        return
    one = _with_facts(run.arguments["import"])
    if one.state != _State.READING:
        jobs.finish(run_id=run.pk, now=now)
        return
    try:
        parsed, faults = parsed_rows(one, now=now)
    except child.Refused as refused:
        refuse(one, run, str(refused), now)
        return
    counts = _counts(one, parsed, faults)
    with transaction.atomic():
        ResponseImport.objects.filter(pk=one.pk).update(
            state=_State.PREVIEW, found={**one.found, "counts": counts}
        )
        jobs.record_row_errors(run_id=run.pk, problems=[_problem(fault) for fault in faults])
        message = "Nothing was written: this is a preview."
        jobs.finish(run_id=run.pk, now=now, counts=counts, message=message)


def parsed_rows(one: ResponseImport, *, now: dt.datetime) -> tuple[list[Parsed], list[Fault]]:
    """The rows of the kept file as responses; raises ``child.Refused``."""
    book = book_of(one)
    sheet = book["sheets"][one.found["sheet"]]
    consultation = one.consultation
    today = timezone.localtime(now).date()
    reading = Reading(
        meanings={int(at): said for at, said in one.mapping["meanings"].items()},
        kinds=one.mapping.get("kinds", {}),
        groups=one.mapping.get("groups", {}),
        usual_day=min(consultation.closes_on, today),
        closes_on=consultation.closes_on,
        today=today,
        epoch=book["epoch"],
    )
    rows = list(enumerate(sheet["rows"], start=sheet["first_row"]))
    return look(rows[one.found["summary"]["header"] + 1 :], reading)


def book_of(one: ResponseImport) -> Any:
    """What the child process reads in the kept file; raises ``child.Refused``."""
    path = disk.path_of(one.file.sha256)
    if not path.exists():
        raise child.Refused(GONE)
    return child.run_once(TASK, path, longest_cell=LONGEST_CELL)


@transaction.atomic
def refuse(one: ResponseImport, run: JobRun, why: str, now: dt.datetime) -> None:
    """The file cannot be used, whatever one says about its columns."""
    ResponseImport.objects.filter(pk=one.pk).update(
        state=_State.REFUSED, refusal=f"“{one.name[:80]}” {why}."[:300], finished_at=now
    )
    jobs.fail(run_id=run.pk, reason=f"The file {why}.", now=now, again=False)


def _with_facts(pk: int) -> ResponseImport:
    return ResponseImport.objects.select_related("file", "consultation").get(pk=pk)


def _counts(one: ResponseImport, parsed: list[Parsed], faults: list[Fault]) -> dict[str, int]:
    """What the preview says. Organisations are counted by their names, each once.

    ``differ``: of those that are there already by their number, how many say something else now. Two
    survey tools may both count from 1.
    """
    rows = {form_key(one.consultation_id, row): row for row in parsed}
    kept = Response.objects.filter(consultation=one.consultation, form_key__in=rows)
    there = dict(kept.values_list("form_key", "fingerprint"))
    organisations = {
        respondent_key(kind=row.kind, organisation_name=row.organisation_name)
        for row in parsed
        if row.kind == "organisation"
    }
    closes_on = one.consultation.closes_on
    return {
        "new": len(parsed) - len(there),
        "there": len(there),
        "differ": sum(1 for key, words in there.items() if words != _words_of(rows[key])),
        "refused": sum(1 for fault in faults if fault.refused),
        "doubtful": sum(1 for fault in faults if not fault.refused),
        "organisations": len(organisations - {""}),
        "late": sum(1 for row in parsed if row.received_on > closes_on),
        "concerns": sum(1 for row in parsed if concerns(row.words())),
    }


def _words_of(row: Parsed) -> str:
    return fingerprint(text for _, text, _ in row.answers if text)


def _problem(fault: Fault) -> jobs.RowProblem:
    """Without the value: it may be somebody's address or words, and the job log is read by others."""
    where = letters(fault.column) if fault.column >= 0 else ""
    return jobs.RowProblem(row=fault.row, column=where, message=fault.message)


def _queue(one: ResponseImport, kind: str, title: str, *, by: User, now: dt.datetime) -> None:
    # By its number: a file's name may name somebody, and the job log is read by others.
    run = jobs.queue(kind=kind, title=title, by=by, now=now, arguments={"import": one.pk})
    ResponseImport.objects.filter(pk=one.pk).update(run_id=run.pk)
    one.run_id = run.pk
