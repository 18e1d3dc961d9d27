"""The first page, by role: where the day's work begins."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import roles_of
from accounts.roles import Role
from consultations.queries.desk import waiting_in
from engagement.presenters import claims as claims_presenter
from engagement.presenters.log_frame import draft_links
from engagement.queries.claims import claims_waiting_for
from engagement.queries.drafts import unfinished_drafts
from jobs import queries as job_queries
from mail.queries import dead_letters
from plans.access import plans_managed_by
from plans.queries.staleness import oldest_change_waiting
from readiness.presenters import board_rows, home_admin, home_consultations, planned
from readiness.presenters import flags as flag_presenter
from readiness.presenters import home as presenter
from readiness.queries.pages import board as board_queries
from readiness.queries.pages import home as queries
from ui.shapes import Link

DRAFTS_SHOWN = 3


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """A manager's footprints; else the one page that the role is about."""
    roles = roles_of(request.user, today=timezone.localdate())
    if Role.MANAGER in roles:
        return _managers(request)
    if Role.REVIEWER in roles:
        return redirect("readiness:board")
    if Role.REPRESENTATIVE in roles:
        return redirect("engagement:consulted")
    if Role.ADMINISTRATOR in roles:
        return _administrators(request)
    return render(request, "readiness/home_no_role.html")


def _managers(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    board = board_queries.own_plans(request.user, today=today)
    choice = board_queries.BoardChoice()
    placed = board_rows.chosen(board_rows.placed(board), choice)
    plan_ids = [row.id for row, _ in placed]
    lmcs = queries.lmcs_not_heard(plan_ids)
    practices = queries.practices_not_heard(plan_ids)
    flags = queries.urgent_flags(plan_ids)
    asked = list(waiting_in(plan_ids, today=today))
    over = () if placed else plans_managed_by(request.user, today=today).order_by("-starts_on")
    context = {
        "over": [Link(plan.title, reverse("readiness:dossier", args=[plan.code])) for plan in over],
        "page": presenter.home_page(placed, lmcs, today=today),
        "calls": presenter.call_lines(lmcs, practices, board.rows),
        "drafts": draft_links(unfinished_drafts(request.user, limit=DRAFTS_SHOWN)),
        "flags": flag_presenter.lines(flags, today=today, can_log=True),
        "consultations": home_consultations.lines(asked, today=today),
        "consultations_more": home_consultations.more_words(asked),
        "planned": planned.lines(queries.next_events(plan_ids, today=today), today=today),
        **claims_presenter.waiting(*claims_waiting_for(request.user, today=today)),
    }
    return render(request, "readiness/home.html", context)


def _administrators(request: HttpRequest) -> HttpResponse:
    now, today = timezone.now(), timezone.localdate()
    organisations, plans = queries.counts_of_register()
    context = {
        "organisations": organisations,
        "plans": plans,
        "no_files": home_admin.no_files_words(organisations),
        "dead_letters": dead_letters(),
        "files": home_admin.file_lines(queries.newest_register_files(), today=today),
        "health": home_admin.health_lines(
            seen=job_queries.last_seen("worker"),
            waiting=oldest_change_waiting(now=now),
            runs=job_queries.last_good_runs(),
            now=now,
        ),
    }
    return render(request, "readiness/home_administrator.html", context)
