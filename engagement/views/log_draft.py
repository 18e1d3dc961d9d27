"""What every step of logging does first: the user's own draft, in scope, not yet a record."""

import uuid
from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from accounts.permissions import require
from accounts.roles import Permission
from engagement.access import CHANGED_BY, may_change, may_read_note
from engagement.actions import DraftAlreadySaved, DraftDiscarded
from engagement.forms.entry import Entry
from engagement.presenters.log_frame import step_url
from engagement.queries.drafts import draft_of

StepView = Callable[..., HttpResponseBase]


def entry_of(request: HttpRequest, draft, *, today=None) -> Entry:
    """The draft read back, with the note only for those who may read it."""
    with_note = draft.event is None or may_read_note(request.user, draft.event)
    today = today or timezone.localdate()
    return Entry(draft, user=request.user, today=today, with_note=with_note)


def own_draft(view: StepView) -> StepView:
    """Decorator: gives the view the entry of the draft; 404 for another user's."""

    @require(Permission.LOG_ENGAGEMENT)
    @wraps(view)
    def with_entry(request: HttpRequest, draft: uuid.UUID, **kwargs) -> HttpResponseBase:
        found = draft_of(request.user, draft)
        if found.saved_event is not None:
            return _to_the_record(request, found.saved_event_id)
        entry = entry_of(request, found)
        if found.event is not None and not may_change(request.user, found.event, today=entry.today):
            raise PermissionDenied(CHANGED_BY)
        try:
            return view(request, entry, **kwargs)
        except DraftAlreadySaved as saved:  # by the first of two clicks, since it was read above
            return _to_the_record(request, saved.event.pk)
        except DraftDiscarded:
            return _to_a_new_start(request)

    return with_entry


def _to_the_record(request: HttpRequest, pk: int) -> HttpResponse:
    messages.info(
        request, "You have saved this already: here is the record. To change it, edit the record."
    )
    return redirect("engagement:event", pk)


def _to_a_new_start(request: HttpRequest) -> HttpResponse:
    messages.info(request, "This draft was discarded in another window. Start again here.")
    return redirect("engagement:log")


def back_to_missing(entry: Entry, step: str) -> HttpResponse | None:
    """A redirect to the first step that is not complete; None when this one may be shown."""
    missing = entry.missing_before(step)
    return redirect(f"{step_url(entry.draft, missing)}?unfinished=1") if missing else None
