"""The dossier of one plan."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from engagement.access import events_visible_to, sight_of
from plans.access import may_write, plan_in_scope
from plans.presenters.seats import seats_page
from plans.queries.seats import arrangements_of, seats_of
from readiness.presenters import dossier as presenter
from readiness.presenters import dossier_charts as charts
from readiness.presenters import flags as flag_presenter
from readiness.presenters import planned
from readiness.presenters.dossier_criteria import groups
from readiness.queries.facts import contacts_of, members_of
from readiness.queries.pages import dossier as queries
from readiness.queries.pages import flags as flag_queries
from readiness.views import fresh


@require_safe
def dossier(request: HttpRequest, code: str) -> HttpResponseBase:
    """What a plan lacks, what clears it, and the record behind every figure."""
    today = timezone.localdate()
    plan = plan_in_scope(request.user, code, permission=Permission.READ_READINESS, today=today)
    mark = f"{today}|{queries.plan_mark(plan)}"
    return fresh.answer(
        request, f"{request.user.pk}|{mark}", lambda: _page(request, plan, today, mark)
    )


def _page(request: HttpRequest, plan: Any, today: dt.date, mark: str) -> HttpResponse:
    """The page round a drawing that all share who see every event and may do the same."""
    can_log = may_write(request.user, plan, today=today)
    sees_events = sight_of(request.user, today=today).everybody

    def draw() -> str:
        drawn = _drawing(request, plan, today, can_log=can_log, sees_events=sees_events)
        return render_to_string("readiness/_dossier.html", drawn)

    reader = "all" if sees_events else request.user.pk
    is_part = bool(request.headers.get("HX-Request"))
    content = fresh.fragment("dossier", f"{mark}|{reader}|{can_log}|{is_part}", draw)
    context = {
        "title": presenter.title(plan),
        "crumbs": presenter.crumbs(is_own=can_log),
        "content": content,
    }
    return render(request, "readiness/dossier.html", context)


def _drawing(
    request: HttpRequest, plan: Any, today: dt.date, *, can_log: bool, sees_events: bool
) -> dict[str, Any]:
    """Everything that the dossier shows; it changes with the plan's mark only."""
    flags = list(flag_queries.flags_of(plan, now=timezone.now()))
    visible = events_visible_to(request.user, today=today)
    ahead = queries.planned_events(plan, visible, today=today)
    open_flags = flag_presenter.lines(flags, today=today, can_log=can_log)
    return {
        "request": request,
        "plan": plan,
        "can_log": can_log,
        "flags": open_flags,
        "flags_title": flag_presenter.heading(len(open_flags)),
        "cleared": flag_presenter.cleared_lines(flags, sees_events=sees_events),
        "planned": planned.lines(ahead, today=today),
        "seats": seats_page(seats_of(plan), arrangements_of(plan), today=today, can_edit=can_log),
        **_assessed(plan, today, sees_events=sees_events),
    }


def _assessed(plan: Any, today: dt.date, *, sees_events: bool) -> dict[str, Any]:
    """The stored results, and the record of the day beside them."""
    results = queries.current_results(plan)
    members = members_of(plan.pk, as_at=today)
    past = (queries.assessment_before(plan, today=today), queries.history(plan))
    contacts = contacts_of(plan.pk, as_at=today)
    others = queries.heard_by_month(plan, [member.id for member in members], today=today)
    return {
        "page": presenter.dossier_page(plan, results, past, members, today=today),
        "groups": groups(plan, results),
        "timeline": charts.timeline(
            plan, queries.phases(plan), contacts, today=today, sees_events=sees_events
        ),
        "matrix": charts.matrix(plan, contacts, others, members, today=today),
        "today": today,
    }
