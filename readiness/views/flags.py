"""Open flags of every plan in scope."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import has_permission, require
from accounts.roles import Permission
from engagement.presenters import claims as claims_presenter
from engagement.queries.claims import claims_waiting_for
from readiness.forms.flags import FlagChoices, FlagFilters, flag_choice
from readiness.presenters import flags as presenter
from readiness.queries.pages import flags as queries
from readiness.queries.pages.board import PLAN_TYPES, regions_in_use
from readiness.queries.policies import flag_days

PAGE_SIZE = 50


@require_safe
@require(Permission.READ_READINESS)
def flags(request: HttpRequest) -> HttpResponse:
    """Most urgent first, each with the step that clears it."""
    today = timezone.localdate()
    choices = FlagChoices(
        plans=queries.plans_by_code(request.user, today=today),
        regions=regions_in_use(today=today),
        types=PLAN_TYPES,
    )
    choice, problems = flag_choice(request, choices)
    found = queries.open_flags(request.user, choice, today=today)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    can_log = has_permission(request.user, Permission.LOG_ENGAGEMENT, today=today)
    context = {
        "page": page,
        "lines": presenter.lines(page, today=today, can_log=can_log),
        "sentence": presenter.sentence(
            page.paginator.count, found.filter(severity="urgent").count()
        ),
        "rising": presenter.rising_words(flag_days(as_at=today)),
        "filters": FlagFilters(choice, choices),
        "is_filtered": choice.any,
        "problems": problems,
        **claims_presenter.waiting(*claims_waiting_for(request.user, today=today)),
    }
    return render(request, "readiness/flags.html", context)
