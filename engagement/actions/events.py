"""Writes to events: record, amend, withdraw, and say that a planned one did not happen."""

import datetime as dt
import uuid
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts import audit
from accounts.models import User
from engagement.actions.asking import ask_about, facts_of
from engagement.actions.asking_all import ask_about_all
from engagement.actions.children import rewrite, write_new, write_readers
from engagement.actions.drafts import DraftAlreadySaved, open_draft
from engagement.actions.summary import mark_counts_due
from engagement.models import Event, EventDraft, Status
from engagement.queries.attendance_standing import as_written
from engagement.rules.answers import status_of
from engagement.rules.record import Record, RecordRefused, refusals
from plans.actions import mark_changed

KEPT_FIELDS = (
    "title",
    "held_on",
    "channel",
    "status",
    "level",
    "cancel_reason",
    "period_reason",
    "summary",
)


class EventChanged(Exception):  # noqa: N818  # reads as what happened
    """Somebody else changed or withdrew the event since it was opened."""


@transaction.atomic
def record_event(
    *, by: User, record: Record, now: dt.datetime, draft_id: uuid.UUID | None = None
) -> Event:
    """Save a new event with everything that hangs on it; the same number of queries for any size.

    The draft is the key against doubles: when it has become an event already, that event is
    returned and nothing is written. Raises ``RecordRefused`` for a record that breaks a rule.
    """
    _refuse_broken(record, now)
    if draft_id is not None:
        try:
            open_draft(by=by, draft_id=draft_id)
        except DraftAlreadySaved as saved:
            return saved.event
    event = Event.objects.create(
        **_fields(record),
        restricted_note=record.restricted_note,
        draft_key=draft_id or uuid.uuid4(),
        recorded_at=now,
        recorded_by=by,
    )
    write_new(event, record)
    if draft_id is not None:
        EventDraft.objects.filter(pk=draft_id).update(saved_event=event, updated_at=now)
    audit.record(
        by=by,
        verb="event recorded",
        obj=event,
        after=_written(record),
        at=now,
        happened_at=_happened_at(event),
    )
    ask_about_all(events={event.pk: as_written(event, record)}, by=by, now=now)
    mark_changed(plan_ids=record.plan_ids, now=now)
    return event


@transaction.atomic
def amend_event(
    *, by: User, draft: EventDraft, record: Record, now: dt.datetime, with_note: bool
) -> Event:
    """Save the changes of ``draft`` if the event is still at the version that its author saw.

    Raises ``EventChanged`` when somebody was quicker, and then writes nothing. Without
    ``with_note`` the restricted note and its readers stay as they are.
    """
    _refuse_broken(record, now)
    try:
        open_draft(by=by, draft_id=draft.pk)
    except DraftAlreadySaved as saved:
        return saved.event
    if draft.event_id is not None:
        mark_counts_due(event_id=draft.event_id)
    event = _as_it_was(draft)
    before, credited = _standing(event), {one.plan_id for one in event.credits.all()}
    facts = facts_of(event)
    _step_version(event.pk, draft.event_version or 0, _fields(record))
    event = Event.objects.get(pk=event.pk)
    rewrite(event, record, now=now)
    if with_note:
        Event.objects.filter(pk=event.pk).update(restricted_note=record.restricted_note)
        write_readers(event, record)
    EventDraft.objects.filter(pk=draft.pk).update(saved_event=event, updated_at=now)
    audit.record(
        by=by,
        verb="event amended",
        obj=event,
        before=before,
        after={**_written(record), "version": event.version},
        at=now,
        happened_at=_happened_at(event),
    )
    ask_about(event=event, by=by, now=now, before=facts)
    mark_changed(plan_ids=credited | set(record.plan_ids), now=now)
    return event


@transaction.atomic
def withdraw_event(*, by: User, event_id: int, reason: str, now: dt.datetime) -> Event:
    """Say that a record is wrong. It stays in history with the reason and counts for nothing.

    Raises ``ValueError`` without a reason and ``EventChanged`` when it is withdrawn already.
    """
    if not reason.strip():
        message = "A reason is needed to withdraw a record."
        raise ValueError(message)
    mark_counts_due(event_id=event_id)
    moved = Event.objects.filter(pk=event_id, withdrawn_at__isnull=True).update(
        withdrawn_at=now,
        withdrawn_by=by,
        withdrawn_reason=reason,
        version=F("version") + 1,
    )
    if not moved:
        raise EventChanged(event_id)
    event = Event.objects.get(pk=event_id)
    ask_about(event=event, by=by, now=now)
    audit.record(by=by, verb="event withdrawn", obj=event, after={"reason": reason}, at=now)
    _mark(event, now)
    return event


@transaction.atomic
def close_planned_event(
    *, by: User, event_id: int, version: int, cancel_reason: str, now: dt.datetime
) -> Event:
    """A planned event did not happen: cancelled, or tried when nobody replied.

    Raises ``EventChanged`` when it is not a planned event of this version any more.
    """
    status = status_of("not", cancel_reason)
    mark_counts_due(event_id=event_id)
    moved = Event.objects.filter(
        pk=event_id, version=version, status=Status.PLANNED, withdrawn_at__isnull=True
    ).update(status=status, cancel_reason=cancel_reason, version=F("version") + 1)
    if not moved:
        raise EventChanged(event_id)
    event = Event.objects.get(pk=event_id)
    audit.record(
        by=by,
        verb="event did not happen",
        obj=event,
        before={"status": Status.PLANNED},
        after={"status": status, "cancel_reason": cancel_reason, "version": event.version},
        at=now,
    )
    ask_about(event=event, by=by, now=now)
    _mark(event, now)
    return event


def _as_it_was(draft: EventDraft) -> Event:
    """The event before the changes, with its children; a draft of changes always has one."""
    return Event.objects.prefetch_related("credits", "participations", "points").get(edits=draft.pk)


def _step_version(event_id: int, seen: int, fields: dict[str, Any]) -> None:
    """Write ``fields`` only over the version that was seen: zero rows means somebody was quicker."""
    moved = Event.objects.filter(pk=event_id, version=seen, withdrawn_at__isnull=True).update(
        **fields, version=F("version") + 1
    )
    if not moved:
        raise EventChanged(event_id)


def _refuse_broken(record: Record, now: dt.datetime) -> None:
    if reasons := refusals(record, today=timezone.localtime(now).date()):
        raise RecordRefused(reasons)


def _mark(event: Event, now: dt.datetime) -> None:
    mark_changed(plan_ids=event.credits.values_list("plan_id", flat=True), now=now)


def _fields(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in KEPT_FIELDS}


def _happened_at(event: Event) -> dt.datetime | None:
    """The beginning of its day in London; what is only planned has not happened."""
    if event.status == Status.PLANNED:
        return None
    return timezone.make_aware(dt.datetime.combine(event.held_on, dt.time()))


def _written(record: Record) -> dict[str, Any]:
    """What the audit row says: everything but the words of the restricted note."""
    return {
        **_fields(record),
        "plans": list(record.plan_ids),
        "attendances": [
            [one.organisation_id, one.person_id, one.capacity, one.outcome]
            for one in record.attendances
        ],
        "points": [point.text for point in record.points],
        "has_restricted_note": bool(record.restricted_note),
    }


def _standing(event: Event) -> dict[str, Any]:
    """The same of an event as it stands; its children have been read."""
    return event_in_words(event, [one.plan_id for one in event.credits.all()])


def event_in_words(event: Event, plan_ids: list[int]) -> dict[str, Any]:
    """What the history says of an event; its parts and points have been read."""
    return {
        **{name: getattr(event, name) for name in KEPT_FIELDS},
        "plans": plan_ids,
        "attendances": [
            [one.organisation_id, one.person_id, one.capacity, one.outcome]
            for one in event.participations.all()
        ],
        "points": [point.text for point in event.points.all()],
        "has_restricted_note": bool(event.restricted_note),
        "version": event.version,
    }
