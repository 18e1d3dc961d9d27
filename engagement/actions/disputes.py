"""What becomes of a dispute: the managers reply, its author takes it back, the board closes it.

Whoever is disagreed with can reply and nothing else: ending a dispute is for the organisation, or
for a reviewer who has no part in the plan (docs/adr/0016-questions-and-links.md).
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from engagement.actions.answers import NotNamedError, is_open
from engagement.actions.summary import mark_counts_due
from engagement.actions.telling import CLOSED, REPLIED, tell_organisation
from engagement.models import Attestation, Event, Question, Resolution
from engagement.queries.disputes import has_part_in
from plans.actions import mark_changed
from stakeholders.access import organisation_ids_represented_by


class DisputeOverError(Exception):
    """The dispute has come to its end since the form was opened."""


class OwnRecordError(Exception):
    """Nobody closes a dispute about a plan that they manage or an organisation they answer for."""


@transaction.atomic
def reply_to_dispute(*, attestation_id: int, reply: str, by: User, now: dt.datetime) -> Attestation:
    """Answer a dispute in words; it stays open and goes on counting for nothing.

    A later reply replaces the former, which the history keeps. Raises ``DisputeOverError``.
    """
    dispute = _open_dispute(attestation_id, moves_figures=False)
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
    tell_organisation(dispute, REPLIED, by=by, now=now)
    _mark(dispute, now)
    return dispute


@transaction.atomic
def take_back_dispute(
    *, attestation_id: int, words: str, by: User, now: dt.datetime
) -> Attestation:
    """The organisation itself ends its dispute and says why; the record counts as it stands.

    Raises ``ValueError`` without words, ``NotNamedError`` for anybody else, ``DisputeOverError``.
    """
    _refuse_wordless(words)
    dispute = _open_dispute(attestation_id)
    today = timezone.localtime(now).date()
    if dispute.organisation_id not in organisation_ids_represented_by(by, today=today):
        raise NotNamedError(dispute.organisation_id)
    _end(dispute, Resolution.TAKEN_BACK, words, by=by, now=now)
    Question.objects.filter(
        event=dispute.event_id, organisation=dispute.organisation_id, closed_at__isnull=True
    ).update(answered_at=now)
    audit.record(
        by=by,
        on_behalf_of=dispute.organisation,
        verb="dispute taken back",
        obj=dispute.event,
        after={"organisation": dispute.organisation.code, "words": words},
        at=now,
    )
    _mark(dispute, now)
    return dispute


@transaction.atomic
def uphold_dispute(*, attestation_id: int, words: str, by: User, now: dt.datetime) -> Attestation:
    """The board lets both stand: the record counts again, and the disagreement stays beside it.

    Raises ``ValueError`` without words, ``OwnRecordError`` for who has a part in the plan or the
    organisation, and ``DisputeOverError``.
    """
    _refuse_wordless(words)
    dispute = _open_dispute(attestation_id)
    if has_part_in(dispute.event, by, today=timezone.localtime(now).date()):
        raise OwnRecordError(dispute.event_id)
    _end(dispute, Resolution.UPHELD, words, by=by, now=now)
    audit.record(
        by=by,
        verb="dispute closed",
        obj=dispute.event,
        after={"organisation": dispute.organisation.code, "words": words},
        at=now,
    )
    tell_organisation(dispute, CLOSED, by=by, now=now)
    _mark(dispute, now)
    return dispute


def _refuse_wordless(words: str) -> None:
    if not words.strip():
        message = "Say why the dispute ends."
        raise ValueError(message)


def _open_dispute(attestation_id: int, *, moves_figures: bool = True) -> Attestation:
    """The dispute, held by its event's row: whoever answers about the event waits, and we for them."""
    event_id = Attestation.objects.values_list("event", flat=True).get(pk=attestation_id)
    if moves_figures:
        mark_counts_due(event_id=event_id)
    Event.objects.select_for_update().get(pk=event_id)
    found = Attestation.objects.select_related("event", "organisation", "link__person")
    dispute = found.get(pk=attestation_id)
    if not is_open(dispute):
        raise DisputeOverError(attestation_id)
    return dispute


def _end(dispute: Attestation, how: Resolution, words: str, *, by: User, now: dt.datetime) -> None:
    dispute.resolution, dispute.resolution_words = how, words
    dispute.resolved_at, dispute.resolved_by = now, by
    dispute.save(update_fields=["resolution", "resolution_words", "resolved_at", "resolved_by"])


def _mark(dispute: Attestation, now: dt.datetime) -> None:
    mark_changed(plan_ids=dispute.event.credits.values_list("plan_id", flat=True), now=now)
