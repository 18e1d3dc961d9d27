"""Who was not heard on a plan: a page to act from, and a file to take away."""

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import require
from accounts.roles import Permission
from plans.access import may_write, plan_in_scope
from readiness.forms.missing import MissingFilters, missing_choice
from readiness.presenters import missing as presenter
from readiness.presenters import missing_file, missing_lines
from readiness.presenters.missing_lists import chooser_page
from readiness.presenters.plan_words import crumbs
from readiness.queries.pages import missing as queries
from ui.csvfile import csv_stream

PAGE_SIZE = 50


@require_safe
def missing(request: HttpRequest, code: str) -> HttpResponse:
    """Those not heard, the longest lists first, by locality, with what was last tried."""
    today = timezone.localdate()
    plan, members, choice, problems, found = _asked_for(request, code, today)
    page = Paginator(found.shown, PAGE_SIZE).get_page(request.GET.get("page"))
    last = queries.last_contacts(plan, [member.id for member in page])
    localities, lmcs = presenter.localities_of(members), presenter.lmcs_of(members)
    context = {
        "plan": plan,
        "crumbs": crumbs(plan),
        "list": presenter.missing_page(plan, found, today=today),
        "filters": MissingFilters(choice, localities=localities, lmcs=lmcs),
        "page": page,
        "lines": missing_lines.lines(page, last, lmcs, today=today),
        "problems": problems,
        "can_log": may_write(request.user, plan, today=today),
    }
    return render(request, "readiness/missing.html", context)


@require_safe
def missing_csv(request: HttpRequest, code: str) -> StreamingHttpResponse:
    """The same list, with the same filters, as a file."""
    today = timezone.localdate()
    plan, members, _, _, found = _asked_for(request, code, today)
    last = queries.last_contacts(plan, [member.id for member in found.shown])
    lmcs = presenter.lmcs_of(members)
    rows = missing_file.rows(found.shown, last, lmcs, today=today)
    return csv_stream(f"missing-{plan.code}-{today.isoformat()}.csv", missing_file.HEADER, rows)


@require_safe
@require(Permission.READ_READINESS)
def chooser(request: HttpRequest) -> HttpResponse:
    """Every plan in scope with how many are missing from it."""
    lists = queries.missing_lists(request.user, today=timezone.localdate())
    return render(request, "readiness/missing_lists.html", {"lists": chooser_page(lists)})


def _asked_for(request: HttpRequest, code: str, today: dt.date) -> tuple[Any, ...]:
    """The plan in scope, everybody in it, the filters and what they leave."""
    plan = plan_in_scope(request.user, code, permission=Permission.READ_READINESS, today=today)
    members = queries.everybody(plan, today=today)
    choice, problems = missing_choice(
        request, localities=presenter.localities_of(members), lmcs=presenter.lmcs_of(members)
    )
    found = presenter.missing(members, choice, queries.breadth_parameters(plan), today=today)
    return plan, members, choice, problems, found
