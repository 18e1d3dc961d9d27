"""The dossier of one plan."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import roles_of
from accounts.roles import Permission, permissions_of
from engagement.access import events_visible_to, sight_of
from plans.access import has_grant_in, may_write, plan_in_scope
from plans.forms.moment import MomentForm, moment_of
from plans.presenters.moment import banner
from plans.presenters.seats import seats_page
from plans.queries.moment import Moment
from plans.queries.seats import arrangements_of, seats_of
from readiness.presenters import addresses, planned
from readiness.presenters import dossier as presenter
from readiness.presenters import dossier_charts as charts
from readiness.presenters import dossier_evidence as evidence
from readiness.presenters import flags as flag_presenter
from readiness.presenters.dossier_criteria import groups
from readiness.presenters.dossier_evidence import Told
from readiness.queries.pages import dossier as queries
from readiness.queries.pages import flags as flag_queries
from readiness.queries.pages.evidence import counted_events, organisations_named
from readiness.views import fresh, panels
from readiness.views.panels import Opened
from readiness.views.record import Record, record_of


@require_safe
def dossier(request: HttpRequest, code: str) -> HttpResponseBase:
    """What a plan lacks, what clears it, and the record behind every figure; of any past day."""
    today = timezone.localdate()
    plan = plan_in_scope(request.user, code, permission=Permission.READ_READINESS, today=today)
    moment, problems = moment_of(request, today=today, starts_on=plan.starts_on)
    mark = f"{today}|{moment.key}|{queries.plan_mark(plan)}"
    return fresh.answer(
        request,
        f"{request.user.pk}|{mark}",
        lambda: _page(request, _opened(request, plan, moment), mark, problems),
    )


def _opened(request: HttpRequest, plan: Any, moment: Moment) -> Opened:
    today = moment.today
    may = permissions_of(roles_of(request.user, today=today))
    return Opened(
        user=request.user,
        plan=plan,
        moment=moment,
        now=timezone.now(),
        can_log=not moment.is_past and may_write(request.user, plan, today=today),
        sees_events=sight_of(request.user, footprints=[plan.footprint_id], today=today).everybody,
        has_grant=Permission.DECIDE in may and has_grant_in(request.user, plan, today=today),
        may=may,
    )


def _page(request: HttpRequest, opened: Opened, mark: str, problems: list[str]) -> HttpResponse:
    """The page round a drawing that all share who see every event and may do the same."""

    def draw() -> str:
        drawn = {"request": request, **_drawing(opened)}
        return render_to_string("readiness/_dossier.html", drawn)

    reader = "all" if opened.sees_events else request.user.pk
    may = ",".join(sorted(opened.may)) + f"|{opened.has_grant}"
    is_part = bool(request.headers.get("HX-Request"))
    key = f"{mark}|{reader}|{opened.can_log}|{may}|{is_part}"
    url = addresses.dossier(opened.plan.code)
    context = {
        "title": presenter.title(opened.plan),
        "crumbs": presenter.crumbs(is_own=opened.can_log),
        "content": fresh.fragment("dossier", key, draw),
        "moment_banner": banner(opened.moment, url=url),
        "moment_problems": problems,
    }
    return render(request, "readiness/dossier.html", context)


def _drawing(opened: Opened) -> dict[str, Any]:
    """Everything that the dossier shows; it changes with the plan's mark only."""
    plan, moment = opened.plan, opened.moment
    record = record_of(plan, moment, now=opened.now)
    opened = replace(opened, results=record.results)
    seats, agreed = seats_of(plan, moment), arrangements_of(plan, moment)
    return {
        "plan": plan,
        "today": moment.day,
        "is_past": moment.is_past,
        "can_log": opened.can_log,
        "history_url": addresses.plan_history(plan.code)
        if opened.can_log or Permission.READ_HISTORY in opened.may
        else "",
        "seats": seats_page(seats, agreed, today=moment.day, can_edit=opened.can_log),
        "rail_panels": panels.drawn(panels.RAIL, opened),
        "below_panels": panels.drawn(panels.BELOW, opened),
        "full_panels": panels.drawn(panels.FULL, opened),
        "moment_form": MomentForm(moment),
        **_assessed(opened, record),
        **({} if moment.is_past else _ahead(opened)),
    }


def _ahead(opened: Opened) -> dict[str, Any]:
    """What is open and planned: of today only, since nobody knows what was planned on another day."""
    today, plan = opened.moment.today, opened.plan
    flags = list(flag_queries.flags_of(plan, now=opened.now))
    visible = events_visible_to(opened.user, today=today)
    ahead = queries.planned_events(plan, visible, today=today)
    open_flags = flag_presenter.lines(flags, today=today, can_log=opened.can_log)
    return {
        "flags": open_flags,
        "flags_title": flag_presenter.heading(len(open_flags)),
        "cleared": flag_presenter.cleared_lines(flags, sees_events=opened.sees_events),
        "planned": planned.lines(ahead, today=today),
    }


def _assessed(opened: Opened, record: Record) -> dict[str, Any]:
    """The results, and the record of the day beside them."""
    plan, moment = opened.plan, opened.moment
    past = (queries.assessment_before(plan, moment), queries.history(plan, moment))
    others = queries.heard_by_month(plan, [one.id for one in record.members], moment)
    return {
        "page": presenter.dossier_page(
            plan,
            record.results,
            past,
            record.members,
            sight_of(opened.user, footprints=[plan.footprint_id], today=moment.today),
            moment=moment,
        ),
        "groups": groups(plan, record.results, _told(opened, record)),
        "timeline": charts.timeline(
            plan,
            queries.phases(plan),
            record.contacts,
            today=moment.day,
            sees_events=opened.sees_events,
        ),
        "matrix": charts.matrix(plan, record.contacts, others, record.members, today=moment.day),
    }


def _told(opened: Opened, record: Record) -> Told:
    """What the criteria may name: the organisations, and the events that the reader may open."""
    moment, results = opened.moment, record.results
    visible = events_visible_to(opened.user, today=moment.today)
    return Told(
        moment=moment,
        organisations=organisations_named(evidence.organisation_ids(results), day=moment.day),
        events=counted_events(visible, evidence.event_ids(results)),
        can_except=Permission.GRANT_EXCEPTIONS in opened.may
        and not moment.is_past
        and not opened.has_grant,
    )
