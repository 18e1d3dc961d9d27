"""Who was not heard on a plan: a page to act from, and a file to take away."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import require
from accounts.roles import Permission
from engagement.access import sight_of
from plans.access import may_write, plan_in_scope
from plans.forms.moment import moment_of
from plans.presenters.moment import banner
from plans.queries.moment import Moment
from readiness.forms.missing import MissingFilters, missing_choice
from readiness.presenters import addresses, missing_file, missing_lines
from readiness.presenters import missing as presenter
from readiness.presenters.missing_lists import chooser_page
from readiness.presenters.plan_words import crumbs
from readiness.queries.pages import missing as queries
from ui.csvfile import csv_stream

PAGE_SIZE = 50


@require_safe
def missing(request: HttpRequest, code: str) -> HttpResponse:
    """Those not heard, the longest lists first, by locality, with what was last tried."""
    plan, moment, problems = _opened(request, code)
    members, choice, unclear, found = _asked_for(request, plan, moment)
    page = Paginator(found.shown, PAGE_SIZE).get_page(request.GET.get("page"))
    last = queries.last_contacts(plan, [member.id for member in page], moment)
    localities, lmcs = presenter.localities_of(members), presenter.lmcs_of(members)
    context = {
        "plan": plan,
        "crumbs": crumbs(plan, **moment.query()),
        "dossier_url": addresses.dossier(plan.code, **moment.query()),
        "list": presenter.missing_page(plan, found, moment),
        "filters": MissingFilters(choice, moment, localities=localities, lmcs=lmcs),
        "page": page,
        "lines": missing_lines.lines(page, last, lmcs, hidden=found.hidden, today=moment.day),
        "problems": unclear,
        "moment_banner": banner(moment, url=addresses.missing(plan.code, **choice.query())),
        "moment_problems": problems,
        "can_log": not moment.is_past and may_write(request.user, plan, today=moment.today),
    }
    return render(request, "readiness/missing.html", context)


@require_safe
def missing_csv(request: HttpRequest, code: str) -> StreamingHttpResponse:
    """The same list, with the same filters and of the same day, as a file."""
    plan, moment, _ = _opened(request, code)
    members, _, _, found = _asked_for(request, plan, moment)
    last = queries.last_contacts(plan, [member.id for member in found.shown], moment)
    lmcs = presenter.lmcs_of(members)
    rows = missing_file.rows(found.shown, last, lmcs, hidden=found.hidden, today=moment.day)
    return csv_stream(missing_file.name(plan, moment), missing_file.HEADER, rows)


@require_safe
@require(Permission.READ_READINESS)
def chooser(request: HttpRequest) -> HttpResponse:
    """Every plan in scope with how many are missing from it."""
    lists = queries.missing_lists(request.user, today=timezone.localdate())
    return render(request, "readiness/missing_lists.html", {"lists": chooser_page(lists)})


def _hidden(request: HttpRequest, plan: Any, members: Any, moment: Moment) -> set[int]:
    """Those of whom the reader is told that they were heard or not, and nothing more."""
    sight = sight_of(request.user, footprints=[plan.footprint_id], today=moment.today)
    return {one.id for one in members if not sight.tells_of(one.id, one.category)}


def _opened(request: HttpRequest, code: str) -> tuple[Any, Moment, list[str]]:
    """The plan in scope and the moment of the page, with a sentence about what is wrong with it."""
    today = timezone.localdate()
    plan = plan_in_scope(request.user, code, permission=Permission.READ_READINESS, today=today)
    moment, problems = moment_of(request, today=today, starts_on=plan.starts_on)
    return plan, moment, problems


def _asked_for(request: HttpRequest, plan: Any, moment: Moment) -> tuple[Any, ...]:
    """Everybody in the plan, the filters and what they leave."""
    members = queries.everybody(plan, moment)
    choice, unclear = missing_choice(
        request, localities=presenter.localities_of(members), lmcs=presenter.lmcs_of(members)
    )
    judged = queries.breadth_parameters(plan, moment)
    hidden = _hidden(request, plan, members, moment)
    found = presenter.missing(members, choice, judged, hidden=hidden, today=moment.day)
    return members, choice, unclear, found
