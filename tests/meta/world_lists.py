"""What the addresses of lists need: an attendance list that is previewed, and a file of responses."""

import datetime as dt
import uuid

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from consultations.models import ResponseImport
from consultations.rules import response_columns
from engagement.models import AttendanceImport, AttendanceRow
from engagement.rules import attendance_summary
from files.actions import store
from files.models import StoredFile
from plans.models import Consultation, Plan
from stakeholders.models import Organisation


def values(
    name: str,
    plan: Plan,
    asked: Consultation,
    organisation: Organisation,
    by: User,
    now: dt.datetime,
) -> dict[str, object]:
    """Names for the matrix: one of each in the area, waiting to be confirmed."""
    return {
        f"attendance-list-{name}": _attendance(name, plan, organisation, by, now).pk,
        f"response-import-{name}": _responses(name, asked, by, now).pk,
    }


def _attendance(
    name: str, plan: Plan, organisation: Organisation, by: User, now: dt.datetime
) -> AttendanceImport:
    rows = [["Code", "Event", "Date"], [organisation.code, "Forum", "3/4/2016"]]
    one = AttendanceImport.objects.create(
        plan=plan,
        file=_stored(f"attendance of {name}", now),
        name=f"canary attendance list of {name}.csv",
        state=AttendanceImport.State.PREVIEW,
        mapping={
            "sheet": 0,
            "header": 0,
            "columns": {"code": 0, "event_title": 1, "event_date": 2},
        },
        found={"sheets": [attendance_summary.summary(_sheet(rows))], "epoch": 1900},
        form_key=uuid.uuid4(),
        uploaded_at=now,
        uploaded_by=by,
    )
    facts = {
        "source": one,
        "cells": rows[1],
        "event_title": "Forum",
        "held_on": plan.starts_on,
        "outcome": "attended",
        "capacity": "provider",
    }
    AttendanceRow.objects.create(number=2, result="matched", organisation=organisation, **facts)
    AttendanceRow.objects.create(number=3, result="unmatched", name="Nobody knows", **facts)
    return one


def _responses(name: str, asked: Consultation, by: User, now: dt.datetime) -> ResponseImport:
    rows = [["ID", "Q1 - What do you think?"], ["1", "That it is good"]]
    return ResponseImport.objects.create(
        consultation=asked,
        file=_stored(f"responses of {name}", now),
        name=f"canary responses of {name}.csv",
        state=ResponseImport.State.PREVIEW,
        mapping={"meanings": {"0": "ident", "1": "text"}},
        found={"sheet": 0, "summary": response_columns.summary(_sheet(rows)), "counts": {"new": 1}},
        uploaded_at=now,
        uploaded_by=by,
    )


def _sheet(rows: list[list[str]]) -> dict[str, object]:
    return {"name": "", "first_row": 1, "rows": rows, "hidden_rows": 0, "merged": [], "notes": []}


def _stored(words: str, now: dt.datetime) -> StoredFile:
    upload = SimpleUploadedFile("list.csv", f"canary {words}".encode())
    return store(upload, allowed=frozenset({"txt"}), limit=1000, now=now)
