"""The register of consultations: the list, and the page of each. What is published anybody reads."""

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import throttle
from accounts.permissions import has_permission
from accounts.roles import Permission
from accounts.second_factor import as_anybody
from consultations.forms.register import FilterForm, read_filters
from consultations.presenters import register as present
from consultations.presenters import register_page as present_page
from consultations.presenters.register_asking import inside
from consultations.queries import register as queries
from consultations.queries.responses import counts_of
from consultations.queries.triage import progress
from plans import access
from plans.queries.above import told
from stakeholders.access import organisation_ids_represented_by

DOOR = "published"
ON_A_PAGE = 25


@login_not_required
@require_safe
@as_anybody
def register(request: HttpRequest) -> HttpResponse:
    """What is published and, for who is signed in, what is in scope; narrowed by the address."""
    if _is_knocking_too_often(request):
        return throttle.refused(request)
    user, today = request.user, timezone.localdate()
    reader = user if _reads_plans(user, today) else None
    plans = queries.plans_registered(reader, today=today)
    filters, problems = read_filters(request, plans=plans)
    found = Paginator(queries.registered(reader, filters=filters, today=today), ON_A_PAGE)
    page = found.get_page(request.GET.get("page"))
    is_public = reader is None
    may_add = not is_public and has_permission(user, Permission.EDIT_PAPERS, today=today)
    title, text = present.empty(filters, is_public=is_public, may_add=may_add)
    context = {
        "form": FilterForm(filters, plans=plans),
        "problems": problems,
        "has_errors": bool(problems),
        "page": page,
        "lines": present.lines(page.object_list, today=today, is_public=is_public),
        "count": present.count_words(found.count, filters),
        "crumbs": present.crumbs(is_signed_in=user.is_authenticated)[:-1],
        "empty_title": title,
        "empty_text": text,
        "clear_url": reverse("consultations:register") if filters.any or problems else "",
        "add_url": _add_url(user, filters.plan, today) if may_add else "",
    }
    return render(request, "consultations/register/list.html", context)


def _add_url(user: Any, code: str, today: dt.date) -> str:
    """Where a manager adds a consultation of the plan that the list is narrowed to."""
    managed = access.plans_managed_by(user, today=today).filter(code=code)
    if not code or not managed.exists():
        return ""
    return reverse("plans:paper-add", args=[code, "consultation"])


@login_not_required
@require_safe
@as_anybody
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """One consultation: what anybody may read, and below it how it is held for those in scope."""
    if _is_knocking_too_often(request):
        return throttle.refused(request)
    user, today = request.user, timezone.localdate()
    row = queries.consultation_to_read(user, pk, today=today)
    if row is None:
        if not user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        message = "No consultation with this address."
        raise Http404(message)
    reads_plans = _reads_plans(user, today)
    if not reads_plans and not present.is_public(row):
        raise PermissionDenied(Permission.READ_READINESS.refusal)
    context = {
        "page": present.public_part(row, today=today, tells=queries.tells_what_it_did(row.plan)),
        "crumbs": present.crumbs(is_signed_in=user.is_authenticated),
        **(_held(request, row, today) if reads_plans else {}),
    }
    return render(request, "consultations/register/consultation.html", context)


def _held(request: HttpRequest, row: Any, today: dt.date) -> dict[str, Any]:
    """How it is held, where its plan is in scope."""
    user, plan = request.user, row.plan
    if not access.plans_visible_to(user, today=today).filter(pk=plan.pk).exists():
        return {}
    sight = _sight(request, row, today)
    ours = () if sight.sees_all else organisation_ids_represented_by(user, today=today)
    asking = queries.must_ask(row, today=today, ours=ours)
    missing = [inside(one.row) for one in asking if one.asked_on is None]
    tested = told(
        "fair-consultation",
        consultation=row,
        must_ask=len(asking),
        not_asked=missing,
        today=today,
    )
    counted = None
    if sight.sees_counts:
        cleared, everything = (
            counts_of([row.pk], cleared_only=one)[row.pk] for one in (True, False)
        )
        counted = cleared, everything
    held = present_page.held_part(
        row,
        tested=tested,
        asking=asking,
        triage=queries.newest_triage(plan, today=today),
        counted=counted,
        sight=sight,
    )
    return {"held": held, "plan": plan}


def _sight(request: HttpRequest, row: Any, today: dt.date) -> present_page.Sight:
    user, plan = request.user, row.plan
    sees_all = access.may_read_confidential(user, plan, today=today)
    may_edit = access.may_write(user, plan, today=today) and row.withdrawn_at is None
    reads_answers = has_permission(user, Permission.READ_RESPONSES, today=today)
    handles = may_edit and has_permission(user, Permission.HANDLE_RESPONSES, today=today)
    return present_page.Sight(
        sees_all=sees_all,
        sees_counts=sees_all and reads_answers,
        may_edit=may_edit,
        today=today,
        to_work=progress(row, user=user, now=timezone.now()) if handles else None,
    )


def _reads_plans(user: Any, today: dt.date) -> bool:
    """Whether they may read how ready the plans in their scope are."""
    return user.is_authenticated and has_permission(user, Permission.READ_READINESS, today=today)


def _is_knocking_too_often(request: HttpRequest) -> bool:
    """Only who is not signed in knocks at a public door."""
    return not request.user.is_authenticated and not throttle.allow(request, DOOR)
