"""Step 1: what and when."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from engagement.actions import save_step
from engagement.forms.entry import WHAT, WHO, Entry
from engagement.forms.what import WhatForm
from engagement.forms.who import LEAVE, kept
from engagement.presenters.log_frame import frame, step_url
from engagement.rules.answers import status_of
from engagement.rules.attendees import after_status_change
from engagement.views.log_draft import entry_of, own_draft

TYPED = ("held_on", "status", "cancel_reason", "channel", "title")
MOST_PLANS = 200
MANY_PLANS = 8
"""More plans than this stand in two columns."""


@own_draft
def what_step(request: HttpRequest, entry: Entry) -> HttpResponse:
    if request.method == "POST":
        return _save(request, entry)
    if "unfinished" in request.GET:
        return _page(request, entry, entry.what)
    form = WhatForm(plans=entry.plan_choices, today=entry.today, initial=entry.typed(WHAT))
    return _page(request, entry, form)


def _save(request: HttpRequest, entry: Entry) -> HttpResponse:
    what: dict[str, Any] = {name: kept(request.POST.get(name, "")) for name in TYPED}
    what["plans"] = [kept(pk) for pk in request.POST.getlist("plans")[:MOST_PLANS]]
    form = WhatForm(what, plans=entry.plan_choices, today=entry.today)
    answers: dict[str, dict[str, Any]] = {WHAT: what}
    if form.is_valid() and entry.what.is_valid():
        new = status_of(form.cleaned_data["status"], form.cleaned_data["cancel_reason"])
        rows = after_status_change(entry.rows_as_typed, old=entry.status, new=new)
        answers[WHO] = {**entry.typed(WHO), "rows": rows}
    draft = save_step(
        by=request.user, draft_id=entry.draft.pk, step=WHAT, answers=answers, now=timezone.now()
    )
    if request.POST.get("action") == LEAVE:
        return redirect("engagement:log")
    if form.is_valid():
        return redirect(step_url(draft, WHO))
    return _page(request, entry_of(request, draft), form)


def _page(request: HttpRequest, entry: Entry, form: WhatForm) -> HttpResponse:
    shown = frame(entry.draft, WHAT)
    context = {
        "form": form,
        "frame": shown,
        "action": shown.action,
        "has_plans": bool(entry.plan_choices),
        "many_plans": len(entry.plan_choices) > MANY_PLANS,
    }
    return render(request, "engagement/log/what.html", context)
