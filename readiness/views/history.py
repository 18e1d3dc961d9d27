"""The history of a plan."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.history_pages import history_page
from accounts.permissions import has_permission
from accounts.roles import Permission
from plans import access
from readiness.presenters.plan_words import crumbs
from readiness.queries.pages.history import plan_history

READ_BY = "The history of a plan is read by those who manage it and by the boards."


@require_safe
def history(request: HttpRequest, code: str) -> HttpResponse:
    """Who did what to the plan, its papers, its seats, its flags and its decisions."""
    today = timezone.localdate()
    reads_all = has_permission(request.user, Permission.READ_HISTORY, today=today)
    permission = Permission.READ_HISTORY if reads_all else Permission.READ_READINESS
    plan = access.plan_in_scope(request.user, code, permission=permission, today=today)
    if not (reads_all or access.may_write(request.user, plan, today=today)):
        raise PermissionDenied(READ_BY)
    context = {
        "plan": plan,
        "crumbs": crumbs(plan),
        "history": history_page(request, plan_history(plan), mixed=True),
    }
    return render(request, "readiness/history.html", context)
