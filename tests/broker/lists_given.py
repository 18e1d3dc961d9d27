"""Lists and files of responses, each waiting for one of its steps."""

import datetime as dt
import uuid

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from consultations.actions import response_imports
from engagement.actions import attendance_lists, attendance_writing
from engagement.models import AttendanceImport
from files.actions import store
from files.models import StoredFile
from plans.models import Consultation, Plan
from stakeholders.models import Organisation


def runs(
    plan: Plan, asked: Consultation, organisation: Organisation, by: User, now: dt.datetime
) -> dict[str, int]:
    """Task -> the run that it is given."""
    return {
        "engagement.tasks.read_attendance_list": _attendance(0, plan, organisation, by, now),
        "engagement.tasks.match_attendance_list": _attendance(1, plan, organisation, by, now),
        "engagement.tasks.write_attendance_list": _attendance(2, plan, organisation, by, now),
        "consultations.tasks.read_responses": _responses(0, asked, by, now),
        "consultations.tasks.check_responses": _responses(1, asked, by, now),
        "consultations.tasks.write_responses": _responses(2, asked, by, now),
    }


def _attendance(
    steps: int, plan: Plan, organisation: Organisation, by: User, now: dt.datetime
) -> int:
    one = attendance_lists.send_list(
        plan_id=plan.pk,
        event=None,
        stored=_stored(
            f"Code,Event,Date\n{organisation.code},Forum {steps},{plan.starts_on}\n", now
        ),
        name="list.csv",
        form_key=uuid.uuid4(),
        by=by,
        now=now,
    )
    if steps:
        attendance_lists.read(run_id=_run(one), now=now)
        columns = {"code": 0, "event_title": 1, "event_date": 2}
        said = {"sheet": 0, "header": 0, "columns": columns, "channel": "board", "level": "consult"}
        attendance_lists.say_columns(list_id=one.pk, mapping=said, by=by, now=now)
    if steps > 1:
        attendance_lists.match(run_id=_run(one), now=now)
        attendance_writing.confirm_list(list_id=one.pk, period_reason="", by=by, now=now)
    return _run(one)


def _responses(steps: int, asked: Consultation, by: User, now: dt.datetime) -> int:
    stored = _stored(f"ID,Q1 - What do you think?\n1,That it is good {steps}\n", now)
    one = response_imports.send_responses(
        consultation=asked, stored=stored, name="export.csv", by=by, now=now
    )
    if steps:
        response_imports.read(run_id=_run(one), now=now)
        meanings = {"meanings": {"0": "ident", "1": "text"}}
        response_imports.say_response_columns(import_id=one.pk, mapping=meanings, by=by, now=now)
    if steps > 1:
        response_imports.check(run_id=_run(one), now=now)
        response_imports.confirm_responses(import_id=one.pk, by=by, now=now)
    return _run(one)


def _run(one: AttendanceImport | response_imports.ResponseImport) -> int:
    one.refresh_from_db()
    assert one.run_id is not None
    return one.run_id


def _stored(words: str, now: dt.datetime) -> StoredFile:
    upload = SimpleUploadedFile("list.csv", words.encode())
    return store(upload, allowed=frozenset({"txt"}), limit=1000, now=now)
