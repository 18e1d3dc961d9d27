"""Which organisations the names of an attendance list mean."""

import datetime as dt

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from engagement.access import attendance_list_in_scope
from engagement.actions.attendance_lists import choose_organisations
from engagement.forms.attendance_names import NamesForm
from engagement.presenters import attendance_lists as present
from engagement.queries import attendance_lists as queries
from ui import query

PER_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def names(request: HttpRequest, pk: int) -> HttpResponse:
    """Say it once for all rows with a name; what is left for now can be said later."""
    today = timezone.localdate()
    one = attendance_list_in_scope(request.user, pk, today=today)
    if one.state != present.State.PREVIEW:
        return redirect("engagement:attendance-list", one.pk)
    number = query.integer(request, "page", 1, 1, 1_000_000).value
    page = Paginator(queries.names_not_matched(one), PER_PAGE).get_page(number)
    found = list(page)
    form = NamesForm(
        request.POST if request.method == "POST" else None,
        names=found,
        candidates=queries.candidates_for([name for _, name, _ in found]),
    )
    if request.method == "POST" and form.is_valid():
        choose_organisations(
            list_id=one.pk,
            chosen=form.chosen,
            new=form.new,
            opened_on=_first_day(one, today),
            by=request.user,
            now=timezone.now(),
        )
        return redirect("engagement:attendance-list", one.pk)
    context = {"list": one, "about": present.about(one), "form": form, "page": page, "found": found}
    return render(request, "engagement/attendance/names.html", context)


def _first_day(one, today: dt.date) -> dt.date:
    """From when an organisation that is added was open: before anything that the list says of it."""
    return min(filter(None, [queries.first_day(one), one.plan.starts_on, today]))
