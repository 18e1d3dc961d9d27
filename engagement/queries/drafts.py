"""Reads of drafts: nobody ever sees another person's."""

import uuid

from django.db.models import QuerySet
from django.http import Http404

from accounts.models import AuditEntry, User
from engagement.models import Event, EventDraft


def draft_of(user: User, draft_id: uuid.UUID) -> EventDraft:
    """The user's own draft. Raises ``Http404`` for everybody else's, as for one that never was."""
    draft = (
        EventDraft.objects.filter(pk=draft_id, owner=user)
        .select_related("event", "saved_event")
        .first()
    )
    if draft is None:
        message = "No draft with this address."
        raise Http404(message)
    return draft


def draft_exists(draft_id: uuid.UUID) -> bool:
    """Whether anybody has a draft with this id."""
    return EventDraft.objects.filter(pk=draft_id).exists()


def unfinished_drafts(user: User, *, limit: int = 10) -> QuerySet[EventDraft]:
    """The drafts of ``user`` that have not become records, newest first."""
    return EventDraft.objects.filter(owner=user, saved_event__isnull=True).select_related("event")[
        :limit
    ]


def unfinished_edit(user: User, event: Event) -> EventDraft | None:
    """The changes to ``event`` that ``user`` has begun and not saved."""
    return EventDraft.objects.filter(owner=user, event=event, saved_event__isnull=True).first()


def last_change(event: Event) -> AuditEntry | None:
    """The newest entry of the audit trail that changed ``event``: by whom and when. What an
    organisation says of a record does not change it."""
    return (
        AuditEntry.objects.filter(
            object_type="engagement.event", object_key=str(event.pk), verb__startswith="event "
        )
        .select_related("actor")
        .first()
    )


def event_now(pk: int) -> Event:
    """The event as it stands now, whatever an editor saw before."""
    return Event.objects.select_related("withdrawn_by").get(pk=pk)
