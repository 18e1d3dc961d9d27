"""An organisation's page: what the register says of it, and its ledger."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.permissions import has_permission, require
from accounts.roles import Permission
from engagement.access import (
    events_visible_to,
    may_change_contact,
    may_read_contacts,
    may_read_history_of,
    may_read_people,
    sight_of,
)
from engagement.presenters import organisations as present
from engagement.queries.events import plans_credited
from engagement.queries.ledger import events_naming, parts_in
from engagement.queries.questions import unanswered_by
from plans.queries.footprints import footprints_of
from stakeholders.access import organisation_ids_represented_by
from stakeholders.presenters.organisation import fact_rows, speaks_for_words
from stakeholders.queries.organisation import facts_of, organisation_with_code
from ui import keyset


@require_safe
@require(Permission.READ_DIRECTORY)
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    """Facts for everybody; people and events as far as the reader may see them."""
    today = timezone.localdate()
    about = organisation_with_code(code)
    facts = facts_of(about, today=today)
    footprints = footprints_of(about.pk, day=today)
    sight = sight_of(request.user, footprints=[one.pk for one in footprints], today=today)
    context = {
        "organisation": about,
        "rows": fact_rows(facts),
        "footprints": footprints,
        "speaks_for": facts.speaks_for,
        "speaks_for_words": speaks_for_words(facts),
        "history_url": reverse("engagement:organisation-history", args=[code])
        if may_read_history_of(request.user, about.pk, footprints, today=today)
        else "",
        "sees_people": may_read_people(request.user, about.pk, footprints, today=today),
        "answers_url": reverse("stakeholders:colleagues", args=[about.code])
        if about.pk in organisation_ids_represented_by(request.user, today=today)
        else "",
        "colleagues": present.colleagues(
            facts.posts,
            with_contact=may_read_contacts(request.user, about.pk, footprints, today=today),
            code=about.code
            if may_change_contact(request.user, about.pk, footprints, today=today)
            else "",
        ),
    }
    context["tells"] = sight.tells_of(about.pk, about.category)
    if context["tells"] and has_permission(request.user, Permission.READ_EVENTS, today=today):
        context |= _ledger(request, about, footprints, sight, today)
    return render(request, "engagement/organisations/organisation.html", context)


def _ledger(request, about, footprints, sight, today):
    events = events_naming(events_visible_to(request.user, today=today), about)
    at = keyset.cursor(request, keyset.day_key)
    page = keyset.page(events, request, column="held_on", at=at, descending=True)
    return {
        "page": page,
        "count": keyset.count_in_words(keyset.bounded_count(events), "event"),
        "ledger": present.ledger(
            page.rows,
            organisation=about,
            parts=parts_in(page.rows, about),
            plans=plans_credited(page.rows),
            footprints=footprints,
            sight=sight,
            silent=unanswered_by(about, page.rows) if sight.covers(about.pk) else (),
        ),
        "empty": present.empty_text(sight),
    }
