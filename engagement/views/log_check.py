"""Step 4: check the answers, then save: a new event, or changes to one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from engagement.access import may_change, may_read_note
from engagement.actions import EventChanged, amend_event, rebase_draft, record_event, save_step
from engagement.forms.check import SAME, CheckForm
from engagement.forms.entry import CHECK, Entry
from engagement.forms.who import LEAVE, kept
from engagement.presenters.log_changes import changes, outside_sentence
from engagement.presenters.log_check import (
    doubles,
    late_question,
    said_answers,
    what_answers,
    who_answers,
)
from engagement.presenters.log_frame import about_event, frame, step_url
from engagement.queries.contents import content_of_event
from engagement.queries.heard import standings
from engagement.queries.recent import names_in_common
from engagement.rules.merge import joined
from engagement.views.log_draft import back_to_missing, entry_of, own_draft


@own_draft
def check_step(request: HttpRequest, entry: Entry) -> HttpResponse:
    if missing := back_to_missing(entry, CHECK):
        return missing
    if request.method == "POST":
        return _save(request, entry)
    return _page(request, entry, entry.check_form())


def _save(request: HttpRequest, entry: Entry) -> HttpResponse:
    typed = {name: kept(request.POST.get(name, "")) for name in ("duplicate", "period_reason")}
    draft = save_step(
        by=request.user,
        draft_id=entry.draft.pk,
        step=CHECK,
        answers={CHECK: typed},
        now=timezone.now(),
    )
    if request.POST.get("action") == LEAVE:
        return redirect("engagement:log")
    entry = entry_of(request, draft)
    form = entry.check_form(typed)
    if not form.is_valid():
        return _page(request, entry, form)
    if form.cleaned_data.get("duplicate") == SAME:
        return _join(request, entry)
    return _write(request, entry, form)


def _write(request: HttpRequest, entry: Entry, form: CheckForm) -> HttpResponse:
    """Save, and say so on the record's own page; a quicker editor's change is shown instead."""
    record, now = entry.record(form.cleaned_data), timezone.now()
    try:
        if entry.draft.event_id is None:
            event = record_event(by=request.user, record=record, now=now, draft_id=entry.draft.pk)
        else:
            event = amend_event(
                by=request.user,
                draft=entry.draft,
                record=record,
                now=now,
                with_note=entry.with_note,
            )
    except EventChanged:
        return redirect("engagement:log-conflict", entry.draft.pk)
    messages.success(request, _saved(entry))
    return redirect("engagement:event", event.pk)


def _saved(entry: Entry) -> str:
    plan = entry.plans[0]
    return format_html(
        'Saved. {} being reassessed: <a class="nhsuk-notification-banner__link" href="{}">see'
        " what has changed for {}</a>.",
        "The footprint is" if len(entry.plans) == 1 else f"{len(entry.plans)} footprints are",
        reverse("readiness:dossier", args=[plan.code]),
        plan.title,
    )


def _join(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The draft becomes an edit of the record that was there first, with everybody's people and points."""
    event = entry.doubles[0]
    if not may_change(request.user, event, today=entry.today):
        messages.info(request, "You can read this record, and another manager has to change it.")
        return redirect("engagement:event", event.pk)
    base = content_of_event(event, with_note=may_read_note(request.user, event))
    draft = rebase_draft(
        by=request.user,
        draft_id=entry.draft.pk,
        event=event,
        content={**joined(base, entry.draft.content), "base": base},
        now=timezone.now(),
    )
    messages.info(request, f"Your people and points are added to “{event.title}”. Check and save.")
    return redirect(step_url(draft, CHECK))


def _page(request: HttpRequest, entry: Entry, form: CheckForm) -> HttpResponse:
    record = entry.record(entry.typed(CHECK))
    mine = {row["organisation"] for row in entry.rows}
    shared = names_in_common(entry.doubles, mine)
    now = standings(entry.plans, day=entry.today, without_event=entry.draft.event_id)
    about = about_event(
        channel=entry.channel, day=entry.day, status=entry.status, plans=entry.plans
    )
    context = {
        "form": form,
        "frame": frame(entry.draft, CHECK, about=about),
        "what": what_answers(record, entry.plans),
        "who": who_answers(record, entry.known),
        "said": said_answers(
            record, dict(entry.organisations), dict(entry.readers), with_note=entry.with_note
        ),
        "what_url": step_url(entry.draft, "what"),
        "who_url": step_url(entry.draft, "who"),
        "said_url": step_url(entry.draft, "said"),
        "changes": changes(record, entry.known, entry.plans, now),
        "doubles": doubles(entry.doubles, shared),
        "outside": [outside_sentence(plan, side, entry.day) for plan, side in entry.plans_outside],
        "late_question": late_question(entry.status, entry.day, today=entry.today),
    }
    return render(request, "engagement/log/check.html", context)
