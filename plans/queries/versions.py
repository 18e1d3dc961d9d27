"""Versions of a plan: their text page by page, their file, and which of them somebody may read."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from jobs.models import JobRun, RunState
from plans.models import Plan, PlanVersion, Reading, VersionPage

PAGES_AT_ONCE = 20
"""Pages of a version that are shown on one page of the service."""

GIVEN_UP = frozenset({RunState.FAILED, RunState.QUARANTINED})
"""States of a run that ended without its work being done."""

HAS_TEXT = ~Q(text="") | Q(reading=Reading.READ)


@dataclass(frozen=True, kw_only=True)
class VersionText:
    """A version with what its page shows of it: some of its pages, and which versions are the same file.

    ``run`` is the work on its file while it waits to be read; ``has_stopped`` where that was given up.
    """

    version: PlanVersion
    page: Page[VersionPage] | None
    same: list[PlanVersion]
    run: JobRun | None

    @property
    def has_stopped(self) -> bool:
        return self.run is not None and self.run.state in GIVEN_UP


def version_text(version: PlanVersion, *, page: int) -> VersionText:
    """At most five statements, however long the text is."""
    is_read = version.reading == Reading.READ and not version.text
    pages = Paginator(version.pages.order_by("number"), PAGES_AT_ONCE) if is_read else None
    return VersionText(
        version=version,
        page=pages.get_page(page) if pages else None,
        same=same_file(version),
        run=_run_of(version),
    )


def has_stopped(version: PlanVersion) -> bool:
    """Whether the version waits to be read by work that was given up: nobody will read it any more."""
    run = _run_of(version)
    return run is not None and run.state in GIVEN_UP


def _run_of(version: PlanVersion) -> JobRun | None:
    if version.reading != Reading.WAITING or version.run_id is None:
        return None
    return JobRun.objects.filter(pk=version.run_id).first()


def with_text(plan: Plan) -> list[PlanVersion]:
    """The standing versions that have a text, the newest first, without the texts."""
    return list(_standing(plan).filter(HAS_TEXT))


def newer_without_text(plan: Plan, version: PlanVersion) -> int:
    """How many later versions of the plan have no text to count; one statement."""
    later = Q(dated_on__gt=version.dated_on) | Q(dated_on=version.dated_on, pk__gt=version.pk)
    return _standing(plan).filter(later).exclude(HAS_TEXT).count()


def readable(plan: Plan, may_read: Callable[[PlanVersion], bool]) -> list[PlanVersion]:
    """Those of ``with_text`` that somebody may read; one statement."""
    return [one for one in with_text(plan) if may_read(one)]


def _standing(plan: Plan) -> QuerySet[PlanVersion]:
    found = PlanVersion.objects.standing().filter(plan=plan).defer("text")
    return found.order_by("-dated_on", "-pk")


def same_file(version: PlanVersion) -> list[PlanVersion]:
    """Other versions of the plan that are the same file, byte for byte."""
    if version.file_id is None:
        return []
    return list(_standing(version.plan).filter(file=version.file_id).exclude(pk=version.pk))
