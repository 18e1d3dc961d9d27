"""Versions that come as files: a worker reads the text, page by page, and counts who is named."""

import datetime as dt
from typing import Any

from django.db import transaction

from accounts import audit
from accounts.models import User
from files import child, disk
from files.models import Scan
from jobs import actions as jobs
from jobs.models import JobRun
from plans.actions.changes import mark_changed
from plans.models import Plan, PlanVersion, Reading, VersionPage
from plans.queries.mentions import names_in_use
from plans.rules.mentions import counted

READ = "plans-read-version"
READER = "files.reading.documents:read"
MOST_IN_NAME = 80
"""Characters of a file's name that are repeated in a sentence."""

HELD = "is held: the virus scanner found that it may be harmful. Send another file"
GONE = "is no longer on this machine. Send it again"


@transaction.atomic
def ask_to_read(*, version: PlanVersion, by: User | None, now: dt.datetime) -> JobRun:
    """Have a worker read the file of a version that was just recorded; its action records that."""
    run = jobs.queue(
        kind=READ,
        # Not what the file is called: whoever reads the job log may not read the plan.
        title=f"Read a document of {version.plan.footprint.name}"[:200],
        by=by,
        now=now,
        arguments={"version": version.pk},
    )
    PlanVersion.objects.filter(pk=version.pk).update(
        reading=Reading.WAITING, reading_note="", found_in_file=[], run_id=run.pk
    )
    return run


def read_version(*, run_id: int, now: dt.datetime) -> None:
    """The worker's part: the text of the file, or a sentence why there is none."""
    run = jobs.start(run_id=run_id, now=now)
    if run is None:
        return
    version = PlanVersion.objects.select_related("file").get(pk=run.arguments["version"])
    try:
        found = _read(version)
    except child.Refused as refused:
        _keep(run, version, Reading.REFUSED, now, refused=str(refused))
        return
    has_text = any(page.strip() for page in found["pages"])
    reading = Reading.READ if has_text else Reading.NO_TEXT
    _keep(run, version, reading, now, pages=found["pages"], notes=found["notes"])


def _read(version: PlanVersion) -> dict[str, Any]:
    if version.file is None or not disk.path_of(version.file.sha256).exists():
        raise child.Refused(GONE)
    if version.file.scan == Scan.HELD:
        raise child.Refused(HELD)
    found: dict[str, Any] = child.run(READER, disk.path_of(version.file.sha256))
    return found


@transaction.atomic
def _keep(  # noqa: PLR0913 - what came of a file has this many parts
    run: JobRun,
    version: PlanVersion,
    reading: Reading,
    now: dt.datetime,
    *,
    pages: list[str] | None = None,
    notes: list[str] | None = None,
    refused: str = "",
) -> None:
    """Write what was found, unless another file or a pasted text took its place meanwhile."""
    # Held while counting, so that a recount after a change of the words comes before or after.
    Plan.objects.select_for_update().get(pk=version.plan_id)
    asked = PlanVersion.objects.filter(pk=version.pk, run_id=run.pk, reading=Reading.WAITING)
    if not asked.exists():
        jobs.finish(run_id=run.pk, now=now, message="Another text took the place of this file.")
        return
    has_text = reading == Reading.READ
    VersionPage.objects.filter(version=version).delete()
    VersionPage.objects.bulk_create(
        [
            VersionPage(version=version, number=number, text=text)
            for number, text in enumerate(pages or [] if has_text else [], start=1)
        ],
        batch_size=200,
    )
    asked.update(
        reading=reading,
        reading_note=f"“{version.file_name[-MOST_IN_NAME:]}” {refused}."[:300] if refused else "",
        found_in_file=notes or [],
        mentions=counted(pages or [], names_in_use()) if has_text else {},
    )
    by = User.objects.filter(pk=int(run.owner_key or 0)).first()
    audit.record(
        by=by,
        verb="changed",
        obj=version,
        before={"has_text": False, "mentions": {}, "reading": Reading.WAITING},
        after={"has_text": has_text, "reading": reading, "pages": len(pages or [])},
        at=now,
    )
    if reading == Reading.REFUSED:
        jobs.fail(run_id=run.pk, reason=f"The file {refused}.", now=now, again=False)
        return
    jobs.finish(run_id=run.pk, now=now, counts={"pages": len(pages or [])})
    mark_changed(plan_ids=[version.plan_id], now=now)
