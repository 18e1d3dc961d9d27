"""Somebody else saved the same record first: both texts side by side, and nothing is lost."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from engagement.actions import rebase_draft
from engagement.forms.entry import CHECK, Entry
from engagement.presenters.log_conflict import Names, differences, who_was_quicker
from engagement.presenters.log_frame import frame, step_url
from engagement.queries.attendees import attendees
from engagement.queries.contents import content_of_event
from engagement.queries.crediting import plans_by_id
from engagement.queries.drafts import event_now, last_change
from engagement.rules.merge import differences as differing
from engagement.rules.merge import merged
from engagement.views.log_draft import own_draft


@own_draft
def conflict(request: HttpRequest, entry: Entry) -> HttpResponse:
    """GET shows who changed what; POST puts the user's changes on top of the newest version."""
    draft = entry.draft
    if draft.event_id is None:
        return redirect(step_url(draft, CHECK))
    event = event_now(draft.event_id)
    base = draft.content.get("base") or {}
    theirs = content_of_event(event, with_note=entry.with_note)
    if request.method == "POST" and event.withdrawn_at is None:
        content = {**draft.content, **merged(base, theirs, draft.content), "base": theirs}
        draft = rebase_draft(
            by=request.user, draft_id=draft.pk, event=event, content=content, now=timezone.now()
        )
        messages.info(request, "Your changes are on top of the newest version. Check and save.")
        return redirect(step_url(draft, CHECK))
    texts = (base, theirs, draft.content)
    context = {
        "frame": frame(draft, CHECK),
        "event": event,
        "sentence": who_was_quicker(event, last_change(event)),
        "differences": differences(list(differing(*texts)), texts, _names(entry, texts)),
        "withdrawn": event.withdrawn_at is not None,
    }
    return render(request, "engagement/log/conflict.html", context)


def _names(entry: Entry, texts) -> Names:
    rows = [row for text in texts for row in (text.get("who") or {}).get("rows", [])]
    plans = {pk for text in texts for pk in (text.get("what") or {}).get("plans", [])}
    chosen = plans_by_id(int(pk) for pk in plans if pk.isascii() and pk.isdigit())
    return Names(
        plans={plan.id: plan.title for plan in chosen},
        people=dict(entry.readers) if entry.what.is_valid() else {},
        attendees=attendees(rows, day=entry.today),
    )
