"""Versions of a plan: their text page by page, their file, and which of them somebody may read."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from jobs.models import JobRun
from plans.models import Plan, PlanVersion, Reading, VersionPage

PAGES_AT_ONCE = 20
"""Pages of a version that are shown on one page of the service."""

HAS_TEXT = ~Q(text="") | Q(reading=Reading.READ)


@dataclass(frozen=True, kw_only=True)
class VersionText:
    """A version with what its page shows of it: some of its pages, and which versions are the same file."""

    version: PlanVersion
    page: Page[VersionPage] | None
    same: list[PlanVersion]
    run: JobRun | None


def version_text(version: PlanVersion, *, page: int) -> VersionText:
    """At most five statements, however long the text is."""
    is_read = version.reading == Reading.READ and not version.text
    pages = Paginator(version.pages.order_by("number"), PAGES_AT_ONCE) if is_read else None
    run_id = version.run_id if version.reading == Reading.WAITING else None
    return VersionText(
        version=version,
        page=pages.get_page(page) if pages else None,
        same=same_file(version),
        run=JobRun.objects.filter(pk=run_id).first() if run_id else None,
    )


def with_text(plan: Plan) -> list[PlanVersion]:
    """The standing versions that have a text, the newest first, without the texts."""
    return list(_standing(plan).filter(HAS_TEXT))


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
