"""Writes to drafts: what was typed is kept as typed, at every step, valid or not."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from accounts import audit
from accounts.models import User
from engagement.models import Event, EventDraft
from engagement.queries.contents import content_of_event
from engagement.rules.attendees import with_added

STEPS = ("what", "who", "said", "check")


class DraftAlreadySaved(Exception):  # noqa: N818  # reads as what happened
    """The draft has become a record; ``event`` is that record."""

    def __init__(self, event: Event) -> None:
        self.event = event
        super().__init__(str(event))


class DraftDiscarded(Exception):  # noqa: N818  # reads as what happened
    """The draft was thrown away in another window since the page was drawn."""


@transaction.atomic
def start_draft(
    *,
    by: User,
    now: dt.datetime,
    draft_id: uuid.UUID | None = None,
    plan_ids: Iterable[int] = (),
    organisation_ids: Iterable[int] = (),
) -> EventDraft:
    """A new draft, with plans and organisations on it where the user came from a missing list.

    A form sent twice with its ``draft_id`` makes one draft; one of another user stays theirs.
    """
    content: dict[str, Any] = {}
    if plans := [str(pk) for pk in plan_ids]:
        content["what"] = {"plans": plans}
    if organisations := list(organisation_ids):
        content["who"] = {"rows": with_added([], [(pk, None) for pk in organisations])}
    draft, is_new = EventDraft.objects.get_or_create(
        pk=draft_id or uuid.uuid4(),
        defaults={"owner": by, "content": content, "created_at": now, "updated_at": now},
    )
    if is_new:
        audit.record(by=by, verb="draft started", obj=draft, after=content, at=now)
    return draft


@transaction.atomic
def start_edit(
    *,
    by: User,
    event: Event,
    seen_version: int,
    now: dt.datetime,
    with_note: bool,
    seen_what: Mapping[str, Any] | None = None,
) -> EventDraft:
    """A draft of changes to ``event``; an unfinished one of the same user is taken up again.

    ``base`` keeps what the editor saw, so that two people's changes can be told apart: ``seen_what``
    is step 1 as it stood on a page that was opened before somebody else saved. Without
    ``with_note`` the restricted note stays out of the draft, and is kept as it is.
    """
    draft = EventDraft.objects.filter(owner=by, event=event, saved_event__isnull=True).first()
    if draft is not None:
        return draft
    base = content_of_event(event, with_note=with_note)
    if seen_what is not None:
        base["what"] = dict(seen_what)
    draft = EventDraft.objects.create(
        owner=by,
        event=event,
        event_version=seen_version,
        content={**base, "base": base},
        created_at=now,
        updated_at=now,
    )
    audit.record(by=by, verb="edit started", obj=draft, after={"event": event.pk}, at=now)
    return draft


@transaction.atomic
def save_step(
    *,
    by: User,
    draft_id: uuid.UUID,
    step: str,
    answers: Mapping[str, Mapping[str, Any]],
    now: dt.datetime,
) -> EventDraft:
    """Keep what was typed, by step: usually of one, of two where one answer changes another's.

    Raises ``DraftAlreadySaved`` once the draft is a record.
    """
    draft = open_draft(by=by, draft_id=draft_id)
    draft.content = {**draft.content, **answers}
    draft.step = max(draft.step, STEPS.index(step) + 1)
    draft.updated_at = now
    draft.save(update_fields=("content", "step", "updated_at"))
    audit.record(by=by, verb="draft saved", obj=draft, after={"step": step}, at=now)
    return draft


@transaction.atomic
def rebase_draft(
    *,
    by: User,
    draft_id: uuid.UUID,
    event: Event,
    content: Mapping[str, Any],
    now: dt.datetime,
) -> EventDraft:
    """Put the draft on top of the version of ``event`` that stands now, with ``content``."""
    draft = open_draft(by=by, draft_id=draft_id)
    draft.content, draft.event, draft.event_version = dict(content), event, event.version
    draft.updated_at = now
    draft.save(update_fields=("content", "event", "event_version", "updated_at"))
    audit.record(
        by=by,
        verb="draft put on a newer version",
        obj=draft,
        after={"event": event.pk, "version": event.version},
        at=now,
    )
    return draft


@transaction.atomic
def discard_draft(*, by: User, draft_id: uuid.UUID, now: dt.datetime) -> None:
    """Throw an unfinished draft away; a saved one stays, as the proof of what was sent."""
    draft = EventDraft.objects.filter(pk=draft_id, owner=by, saved_event__isnull=True).first()
    if draft is None:
        return
    audit.record(by=by, verb="draft discarded", obj=draft, before=draft.content, at=now)
    draft.delete()


def open_draft(*, by: User, draft_id: uuid.UUID) -> EventDraft:
    """The user's own draft, held until the transaction ends.

    Raises ``DraftAlreadySaved`` once it is a record and ``DraftDiscarded`` when it is gone.
    """
    held = EventDraft.objects.select_for_update(of=("self",))
    draft = held.filter(pk=draft_id, owner=by).first()
    if draft is None:
        raise DraftDiscarded(draft_id)
    if draft.saved_event is not None:
        raise DraftAlreadySaved(draft.saved_event)
    return draft
