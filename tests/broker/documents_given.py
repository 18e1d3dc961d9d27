"""A document to read and a change of the words to count by, as the double run gives them."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from files.actions import store
from jobs.models import JobRun
from plans.actions.mentions import change_names
from plans.actions.papers import add_papers
from plans.models import Plan

TASKS = ("plans.tasks.read_version", "plans.tasks.recount_mentions")


def runs(plan: Plan, by: User, now: dt.datetime) -> dict[str, int]:
    """Task -> the run that it is given."""
    upload = SimpleUploadedFile("plan.txt", b"A GP\fand a hospice")
    stored = store(upload, allowed=frozenset({"txt"}), limit=1000, now=now)
    facts = {
        "title": "Draft to read",
        "dated_on": now.date(),
        "is_final": False,
        "visibility": "confidential",
        "text": "",
        "file": stored,
        "file_name": "plan.txt",
    }
    add_papers(plan=plan, kind="version", several=[facts], by=by, now=now)
    change_names(category="vcse", names=["hospice"], reason="Hospices", by=by, now=now)
    kinds = ("plans-read-version", "plans-recount-mentions")
    return {task: JobRun.objects.get(kind=kind).pk for task, kind in zip(TASKS, kinds, strict=True)}
