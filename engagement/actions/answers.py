"""What an organisation named in a record says of it, and what the managers answer.

A dispute is never edited or deleted, by anybody: its author says otherwise, and the former words
stay. The part of the organisation in the event counts for nothing while the dispute is open.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.queries import history_of
from engagement.actions.summary import mark_counts_due
from engagement.models import Answer, Attestation, Event, Participation, Resolution
from plans.actions import mark_changed
from stakeholders.access import organisation_ids_represented_by
from stakeholders.models import Organisation


class NotNamedError(Exception):
    """The record does not name this organisation, or the person does not answer for it."""


class RecordWithdrawnError(Exception):
    """The record has been withdrawn: there is nothing left to agree or disagree with."""


class DisputeOverError(Exception):
    """The dispute has come to its end since the form was opened."""


@transaction.atomic
def answer_record(
    *,
    event_id: int,
    organisation: Organisation,
    answer: str,
    words: str,
    by: User,
    now: dt.datetime,
) -> Attestation:
    """Agree or disagree with a record in the name of an organisation; the newest answer counts.

    Agreeing ends an open dispute: by correction where the record was changed since, else taken
    back. The same answer in the same words again changes nothing. Raises ``ValueError`` for a
    dispute without words, ``NotNamedError`` and ``RecordWithdrawnError``.
    """
    if answer == Answer.DISPUTED and not words.strip():
        message = "Say what is wrong with the record."
        raise ValueError(message)
    mark_counts_due(event_id=event_id)
    event = Event.objects.select_for_update().get(pk=event_id)
    if event.withdrawn_at is not None:
        raise RecordWithdrawnError(event_id)
    _refuse_others(event, organisation, by, now)
    former = _current(event, organisation)
    if former and (former.answer, former.words) == (answer, words):
        return former
    if former:
        _supersede(former, event, answer, by=by, now=now)
    said = Attestation.objects.create(
        event=event,
        organisation=organisation,
        answer=answer,
        words=words,
        answered_at=now,
        answered_by=by,
    )
    audit.record(
        by=by,
        verb="record disputed" if answer == Answer.DISPUTED else "record confirmed",
        obj=event,
        before={"answer": former.answer} if former else None,
        after={"organisation": organisation.code, "words": words},
        at=now,
    )
    mark_changed(plan_ids=event.credits.values_list("plan_id", flat=True), now=now)
    return said


@transaction.atomic
def reply_to_dispute(*, attestation_id: int, reply: str, by: User, now: dt.datetime) -> Attestation:
    """Answer a dispute in words; it stays open and goes on counting for nothing.

    A later reply replaces the former, which the history keeps. Raises ``DisputeOverError``.
    """
    dispute = Attestation.objects.select_for_update().select_related("event").get(pk=attestation_id)
    if not is_open(dispute):
        raise DisputeOverError(attestation_id)
    before = dispute.reply
    if before == reply:
        return dispute
    dispute.reply, dispute.replied_at, dispute.replied_by = reply, now, by
    dispute.save(update_fields=["reply", "replied_at", "replied_by"])
    audit.record(
        by=by,
        verb="dispute answered",
        obj=dispute.event,
        before={"reply": before},
        after={"reply": reply, "organisation": str(dispute.organisation)},
        at=now,
    )
    mark_changed(plan_ids=dispute.event.credits.values_list("plan_id", flat=True), now=now)
    return dispute


def is_open(attestation: Attestation) -> bool:
    """Whether it is a dispute that has not come to its end."""
    return (
        attestation.answer == Answer.DISPUTED
        and attestation.resolved_at is None
        and attestation.superseded_at is None
    )


def _refuse_others(event: Event, organisation: Organisation, by: User, now: dt.datetime) -> None:
    """Only who answers for an organisation may speak for it, and only where it is named."""
    today = timezone.localtime(now).date()
    answers_for = organisation.pk in organisation_ids_represented_by(by, today=today)
    named = Participation.objects.filter(event=event, organisation=organisation).exists()
    if not (answers_for and named):
        raise NotNamedError(organisation.pk)


def _current(event: Event, organisation: Organisation) -> Attestation | None:
    return Attestation.objects.filter(
        event=event, organisation=organisation, superseded_at__isnull=True
    ).first()


def _supersede(
    former: Attestation, event: Event, answer: str, *, by: User, now: dt.datetime
) -> None:
    """The former answer stays as it was said; a dispute that is over says how it ended."""
    if is_open(former) and answer == Answer.CONFIRMED:
        changed = event_changed_since(event, former.answered_at)
        former.resolution = Resolution.CORRECTED if changed else Resolution.TAKEN_BACK
        former.resolved_at, former.resolved_by = now, by
    former.superseded_at = now
    former.save(update_fields=["resolution", "resolved_at", "resolved_by", "superseded_at"])


def event_changed_since(event: Event, moment: dt.datetime) -> bool:
    """Whether the record was changed after the moment, by the audit trail."""
    changes = history_of(event).filter(recorded_at__gt=moment)
    return changes.filter(verb__in=("event amended", "event did not happen")).exists()
