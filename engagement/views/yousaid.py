"""You said, we did: public theme by theme, with what keeps the others back for the managers."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import throttle
from accounts.roles import Permission
from accounts.second_factor import as_anybody
from engagement.presenters import yousaid as present
from engagement.presenters.themes import crumbs
from engagement.queries import fates as of_points
from engagement.queries import voices as of_voices
from engagement.queries import yousaid as queries
from engagement.views.themes import may_decide
from plans.access import may_read_confidential, plan_in_scope
from ui.shapes import Link


@login_not_required
@require_safe
@as_anybody
def you_said(request: HttpRequest, code: str) -> HttpResponse:
    """What was said about the plan and what was done about it.

    Whoever has no account finds it once something is published, and nothing before.
    """
    if not request.user.is_authenticated and not throttle.allow(request, "published"):
        return throttle.refused(request)
    today = timezone.localdate()
    plan = queries.plan_with_published(code)
    if plan is None:
        plan = _in_scope(request, code)
    themes = queries.themes_to_tell(plan)
    public = queries.published_only(themes)
    reads = request.user.is_authenticated and may_read_confidential(request.user, plan, today=today)
    context = {
        "plan": plan,
        "crumbs": [Link("Consultations", reverse("consultations:register"))],
        "published": present.published(
            themes,
            of_voices.voices(plan, public),
            of_voices.public_quotes(public),
            today=today,
        ),
    }
    if reads:
        number = of_points.points_of_plan(plan).count()
        context |= {
            "reads": True,
            "crumbs": crumbs(plan),
            "waiting": present.waiting(themes),
            "points_left": queries.points_without_theme(plan, number),
            "may_decide": may_decide(request, plan),
        }
    return render(request, "engagement/you_said.html", context)


def _in_scope(request: HttpRequest, code: str) -> Any:
    """The plan for whoever may read about it though nothing is published; or else 404 or 403."""
    if not request.user.is_authenticated:
        message = "Nothing is published at this address."
        raise Http404(message)
    return plan_in_scope(
        request.user, code, permission=Permission.READ_READINESS, today=timezone.localdate()
    )
