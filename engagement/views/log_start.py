"""Where logging begins: step 1 at once, with the way back to unfinished drafts above it."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import check, require
from accounts.roles import Permission
from engagement.actions import discard_draft, start_draft
from engagement.forms.entry import Entry
from engagement.forms.what import WhatForm
from engagement.forms.who import kept
from engagement.presenters.log_frame import draft_links, step_url
from engagement.queries.attendees import bodies_by_code
from engagement.queries.crediting import plan_ids_by_code, plans_to_credit
from engagement.queries.drafts import draft_exists, unfinished_drafts
from engagement.views.log_check import check_step
from engagement.views.log_draft import own_draft
from engagement.views.log_said import said_step
from engagement.views.log_what import MANY_PLANS, what_step
from engagement.views.log_who import who_step

STEPS = {"what": what_step, "who": who_step, "said": said_step, "check": check_step}
MOST_PRESET = 500


@require(Permission.LOG_ENGAGEMENT)
def start(request: HttpRequest) -> HttpResponse:
    """GET shows step 1 of a new record. POST comes from a missing list: `plan`, `organisation` codes."""
    today = timezone.localdate()
    if request.method == "POST":
        return _start_with_these(request, today)
    plans = plans_to_credit(request.user, today=today)
    chosen = {plan.code: plan.id for plan in plans}.get(request.GET.get("plan", ""))
    initial = {"plans": [str(chosen)]} if chosen else {}
    context = {
        "form": WhatForm(plans=plans, today=today, initial=initial),
        "action": reverse("engagement:log-step", args=[uuid.uuid4(), "what"]),
        "drafts": draft_links(unfinished_drafts(request.user)),
        "has_plans": bool(plans),
        "many_plans": len(plans) > MANY_PLANS,
    }
    return render(request, "engagement/log/what.html", context)


def _start_with_these(request: HttpRequest, today) -> HttpResponse:
    plans, organisations = _codes(request, "plan"), _codes(request, "organisation")
    known = bodies_by_code((code.upper() for code in organisations), day=today)
    draft = start_draft(
        by=request.user,
        now=timezone.now(),
        plan_ids=plan_ids_by_code(request.user, plans, today=today),
        organisation_ids=[body.id for body in known.values()],
    )
    return redirect(step_url(draft, "what"))


def _codes(request: HttpRequest, name: str) -> list[str]:
    """The codes sent under a name, as many as a missing list offers."""
    return [kept(code).strip() for code in request.POST.getlist(name)[:MOST_PRESET]]


def step(request: HttpRequest, draft: uuid.UUID, step: str) -> HttpResponseBase:
    """One of the four steps. The first answer to a new form makes the draft."""
    if step not in STEPS:
        raise Http404(step)
    check(request, Permission.LOG_ENGAGEMENT)
    if step == "what" and request.method == "POST" and not draft_exists(draft):
        start_draft(by=request.user, now=timezone.now(), draft_id=draft)
    return STEPS[step](request, draft=draft)


@own_draft
def discard(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Throw an unfinished draft away, after one question."""
    if request.method == "POST":
        discard_draft(by=request.user, draft_id=entry.draft.pk, now=timezone.now())
        return redirect("engagement:log")
    (name,) = draft_links([entry.draft])
    return render(request, "engagement/log/discard.html", {"draft": name})
