"""The shown-to ledger of a plan: read by all in scope, each as far as they may."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from plans import access
from plans.forms.moment import moment_of
from plans.presenters import shown as presenter
from plans.presenters.moment import banner
from plans.presenters.paper_lines import Reader
from plans.presenters.seats import crumbs
from plans.queries.papers import versions_shown_to
from plans.queries.shown import ledger_of
from stakeholders.access import organisation_ids_represented_by
from ui.csvfile import csv_response


@require_safe
def shown(request: HttpRequest, code: str) -> HttpResponse:
    """Which version was shown to whom, when and how, and who was shown none."""
    today, plan = _plan_to_read(request, code)
    moment, problems = moment_of(request, today=today, starts_on=plan.starts_on)
    reader = _reader(request, plan, today)
    can_edit = not moment.is_past and access.may_write(request.user, plan, today=today)
    context = {
        "plan": plan,
        "page": presenter.shown_page(plan, ledger_of(plan, moment), reader),
        "crumbs": crumbs(plan, **moment.query()),
        "add_url": reverse("plans:paper-add", args=[code, "sharing"]) if can_edit else "",
        "moment_banner": banner(moment, url=request.path),
        "moment_problems": problems,
    }
    return render(request, "plans/shown.html", context)


@require_safe
def shown_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The same lines as a file."""
    today, plan = _plan_to_read(request, code)
    moment, _ = moment_of(request, today=today, starts_on=plan.starts_on)
    seen = presenter.visible(ledger_of(plan, moment), _reader(request, plan, today))
    rows = presenter.file_rows(plan, seen)
    return csv_response(presenter.file_name(plan, moment), presenter.HEADER, rows)


def _plan_to_read(request: HttpRequest, code: str) -> tuple[dt.date, Any]:
    today = timezone.localdate()
    permission = Permission.READ_READINESS
    return today, access.plan_in_scope(request.user, code, permission=permission, today=today)


def _reader(request: HttpRequest, plan: Any, today: dt.date) -> Reader:
    """What the signed-in person may read of the ledger."""
    if access.may_read_confidential(request.user, plan, today=today):
        return Reader(sees_all=True)
    ours = organisation_ids_represented_by(request.user, today=today)
    return Reader(sees_all=False, ours=ours, shown=versions_shown_to(plan, ours))
