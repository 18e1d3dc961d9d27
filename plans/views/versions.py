"""One version of a plan, its file, and two of them side by side."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRefresh

from files.responses import attachment
from jobs.presenters import progress
from plans.presenters import comparing
from plans.presenters.versions import version_part
from plans.queries.comparing import compared_versions
from plans.queries.mentions import names_in_use
from plans.queries.papers import version_with_text
from plans.queries.versions import readable, version_text
from plans.views.reader import TEXT_REFUSED, plan_to_read, reader_of
from ui import query

CHANGES_AT_ONCE = 30


@require_safe
def text(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One version: its file, how often it names each group, and its text. Refreshes while it is read."""
    plan, version, reader = _readable(request, code, pk)
    number = query.integer(request, "page", 1, 1, 1_000_000).value
    found = version_text(version, page=number)
    part = version_part(found, names_in_use(), may_edit=reader.may_edit)
    context = {
        "plan": plan,
        "version": version,
        "page": part,
        "sheets": found.page,
        "progress": progress(found.run) if found.run else None,
        "back_url": f"{reverse('plans:papers', args=[plan.code])}#version",
    }
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, "plans/version.html", context)
    if part.is_waiting:
        return render(request, "plans/_version_wait.html", context)
    return HttpResponseClientRefresh()


@require_safe
def file(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """The document as it was sent, once it was checked for viruses."""
    _, version, _ = _readable(request, code, pk)
    if version.file is None:
        message = "This version came without a file."
        raise Http404(message)
    return attachment(version.file, version.file_name, request)


@require_safe
def compare(request: HttpRequest, code: str) -> HttpResponse:
    """What changed from one version to another, in the text and in who is named."""
    today, plan = plan_to_read(request, code)
    versions = readable(plan, reader_of(request, plan, today).may_read)
    chosen = query.integer(request, "version", 0, 0, 10**12).value
    other = query.integer(request, "with", 0, 0, 10**12).value
    found = compared_versions(versions, newer_id=chosen, older_id=other)
    context = {
        "plan": plan,
        "versions": [(one.pk, comparing.version_name(one)) for one in versions],
        "found": found,
        "omissions_url": reverse("plans:omissions", args=[plan.code]),
    }
    if found is not None:
        number = query.integer(request, "page", 1, 1, 1_000_000).value
        page = Paginator(found.text.changes, CHANGES_AT_ONCE).get_page(number)
        context |= {
            "page": page,
            "lines": comparing.change_lines(list(page)),
            "summary": comparing.summary(found.text),
            "mentions": comparing.mention_changes(found.older.mentions, found.newer.mentions),
            "older_name": comparing.version_name(found.older),
            "newer_name": comparing.version_name(found.newer),
            "rest": comparing.unchanged(found.text.unchanged_after) if not page.has_next() else "",
        }
    return render(request, "plans/compare.html", context)


def _readable(request: HttpRequest, code: str, pk: int) -> tuple[Any, Any, Any]:
    """Plan, version and reader; 403 where the text is not for them."""
    today, plan = plan_to_read(request, code)
    version = version_with_text(plan, pk)
    if version is None:
        message = "Nothing with this number is on paper about this plan."
        raise Http404(message)
    reader = reader_of(request, plan, today)
    if not reader.may_read(version):
        raise PermissionDenied(TEXT_REFUSED)
    return plan, version, reader
