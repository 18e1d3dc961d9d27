"""The omission check of a plan."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from plans import access
from plans.presenters import omissions as presenter
from plans.presenters.comparing import version_name
from plans.queries.omissions import omissions as found_in
from plans.rules.mention_names import NAMES
from plans.views.reader import plan_to_read, reader_of
from stakeholders.access import organisation_ids_represented_by
from ui import query

PASSAGES_AT_ONCE = 15


@require_safe
def omissions(request: HttpRequest, code: str) -> HttpResponse:
    """Whom a version names, how often and where, beside the other groups and the other plans."""
    today, plan = plan_to_read(request, code)
    reader = reader_of(request, plan, today)
    found = found_in(
        plan,
        version_id=query.integer(request, "version", 0, 0, 10**12).value,
        may_read=reader.may_read,
        beside=access.plans_visible_to(request.user, today=today).values("pk"),
        everywhere=access.footprints_read_whole(request.user, today=today),
        ours=organisation_ids_represented_by(request.user, today=today),
    )
    page = presenter.omission_page(
        plan, found, group=query.choice(request, "group", tuple(NAMES)).value
    )
    number = query.integer(request, "page", 1, 1, 1_000_000).value
    context = {
        "plan": plan,
        "page": page,
        "passages": Paginator(page.passages, PASSAGES_AT_ONCE).get_page(number) if page else None,
        "versions": [(one.pk, version_name(one)) for one in found.versions],
        "hidden": presenter.hidden_words(found),
        "may_edit": reader.may_edit,
        "papers_url": f"{reverse('plans:papers', args=[plan.code])}#version",
        "compare_url": reverse("plans:compare", args=[plan.code])
        if len(found.versions) > 1
        else "",
    }
    return render(request, "plans/omissions.html", context)
