"""Where the person is signed in, and ending that."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.actions import sessions as actions
from accounts.queries.sessions import sessions_of


@never_cache
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """Every browser in which the person is signed in."""
    found = sessions_of(
        cast(Any, request.user),
        current_key=request.session.session_key or "",
        now=timezone.now(),
    )
    has_others = any(not one.is_this for one in found)
    context = {"sessions": found, "has_others": has_others}
    return render(request, "usersessions/list.html", context)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of them; its browser is out at the next request."""
    if not actions.end_session(by=cast(Any, request.user), pk=pk, now=timezone.now()):
        raise Http404
    messages.success(request, "That browser is signed out.")
    return redirect("usersessions_list")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End all but this one."""
    number = actions.end_other_sessions(
        by=cast(Any, request.user),
        current_key=request.session.session_key or "",
        now=timezone.now(),
    )
    messages.success(request, "You are signed in here only." if number else "There was no other.")
    return redirect("usersessions_list")
