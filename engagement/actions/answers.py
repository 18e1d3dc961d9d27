"""What an organisation named in a record says of it: signed in, or once by a link.

A dispute is never edited or deleted, by anybody: its author says otherwise, and the former words
stay. The part of the organisation in the event counts for nothing while the dispute is open.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import audit
from accounts.models import User
from accounts.queries import history_of
from engagement.actions.evidence import KeptFile, add_evidence
from engagement.actions.summary import mark_counts_due
from engagement.actions.telling import tell_managers
from engagement.models import (
    Answer,
    AnswerLink,
    Attestation,
    Event,
    Participation,
    Question,
    Resolution,
)
from engagement.queries.links import links, state_of
from engagement.rules.links import LinkState
from plans.actions import mark_changed
from stakeholders.access import organisation_ids_represented_by
from stakeholders.models import Organisation


class NotNamedError(Exception):
    """The record does not name this organisation, or the person does not answer for it."""


class RecordWithdrawnError(Exception):
    """The record has been withdrawn: there is nothing left to agree or disagree with."""


class LinkNotOpenError(Exception):
    """The link does not let anybody answer now; ``state`` says why."""

    def __init__(self, state: LinkState) -> None:
        super().__init__(state)
        self.state = state


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What goes with an answer and shows it: files that are kept already, and web addresses."""

    files: Sequence[KeptFile] = ()
    urls: Sequence[str] = ()


NOTHING = Shown()


@dataclass(frozen=True, kw_only=True)
class Said:
    """An answer in the name of an organisation: what, by whom, by which link, with what evidence."""

    answer: str
    words: str
    by: User | None = None
    link: AnswerLink | None = None
    evidence: Shown = NOTHING


@transaction.atomic
def answer_record(  # noqa: PLR0913  (an answer has this many facts)
    *,
    event_id: int,
    organisation: Organisation,
    answer: str,
    words: str,
    by: User,
    now: dt.datetime,
    evidence: Shown = NOTHING,
) -> Attestation:
    """Agree or disagree with a record in the name of an organisation; the newest answer counts.

    Agreeing ends an open dispute: by correction where the record was changed since, else taken
    back. The same answer in the same words again changes nothing, unless the record was put to
    them again. Raises ``ValueError`` for a dispute without words, ``NotNamedError`` and
    ``RecordWithdrawnError``.
    """
    said = Said(answer=answer, words=words, by=by, evidence=evidence)
    _refuse_wordless(said)
    event = _taken(event_id)
    if event.withdrawn_at is not None:
        raise RecordWithdrawnError(event_id)
    _refuse_others(event, organisation, by, now)
    former = _current(event, organisation)
    waiting = _questions(event, organisation).filter(answered_at__isnull=True)
    if former and (former.answer, former.words) == (answer, words) and not waiting.exists():
        _add(evidence, former, now)
        return former
    return _say(event, organisation, said, former, now)


@transaction.atomic
def answer_by_link(
    *, link_id: int, answer: str, words: str, now: dt.datetime, evidence: Shown = NOTHING
) -> Attestation:
    """Answer the one question of a link, once, without an account; two at once are one answer.

    Raises ``ValueError`` for a dispute without words and ``LinkNotOpenError`` for a link that was
    used, revoked or overtaken, or whose user lost the right to answer, a moment ago too.
    """
    event_id = links().values_list("question__event", flat=True).get(pk=link_id)
    event = _taken(event_id)
    link = links().get(pk=link_id)
    state = state_of(link, now=now)
    if state != LinkState.OPEN:
        raise LinkNotOpenError(state)
    said = Said(answer=answer, words=words, by=link.user, link=link, evidence=evidence)
    _refuse_wordless(said)
    AnswerLink.objects.filter(pk=link_id).update(used_at=now)
    organisation = link.question.organisation
    return _say(event, organisation, said, _current(event, organisation), now)


def is_open(attestation: Attestation) -> bool:
    """Whether it is a dispute that has not come to its end."""
    return (
        attestation.answer == Answer.DISPUTED
        and attestation.resolved_at is None
        and attestation.superseded_at is None
    )


def _taken(event_id: int) -> Event:
    """The event, held until the answer is written: whoever else answers about it waits."""
    mark_counts_due(event_id=event_id)
    return Event.objects.select_for_update().get(pk=event_id)


def _refuse_wordless(said: Said) -> None:
    if said.answer == Answer.DISPUTED and not said.words.strip():
        message = "Say what is wrong with the record."
        raise ValueError(message)


def _say(
    event: Event,
    organisation: Organisation,
    said: Said,
    former: Attestation | None,
    now: dt.datetime,
) -> Attestation:
    if former:
        _supersede(former, event, said, now=now)
    kept = Attestation.objects.create(
        event=event,
        organisation=organisation,
        answer=said.answer,
        words=said.words,
        answered_at=now,
        answered_by=said.by,
        link=said.link,
    )
    _questions(event, organisation).update(answered_at=now)
    after = {"organisation": organisation.code, "words": said.words}
    if said.link:
        after["by_link_of"] = "account" if said.link.user else "person"
    audit.record(
        by=said.by,
        on_behalf_of=organisation,
        verb="record disputed" if said.answer == Answer.DISPUTED else "record confirmed",
        obj=event,
        before={"answer": former.answer} if former else None,
        after=after,
        at=now,
    )
    _add(said.evidence, kept, now)
    if said.answer == Answer.DISPUTED:
        tell_managers(kept, by=said.by, now=now)
    mark_changed(plan_ids=event.credits.values_list("plan_id", flat=True), now=now)
    return kept


def _add(shown: Shown, to: Attestation, now: dt.datetime) -> None:
    if shown.files or shown.urls:
        add_evidence(attestation=to, files=shown.files, urls=shown.urls, now=now)


def _questions(event: Event, organisation: Organisation) -> QuerySet[Question]:
    """The question that any answer answers; there is none about what was logged before we asked."""
    return Question.objects.filter(event=event, organisation=organisation, closed_at__isnull=True)


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


def _supersede(former: Attestation, event: Event, said: Said, *, now: dt.datetime) -> None:
    """The former answer stays as it was said; a dispute that is over says how it ended."""
    if is_open(former) and said.answer == Answer.CONFIRMED:
        changed = event_changed_since(event, former.answered_at)
        former.resolution = Resolution.CORRECTED if changed else Resolution.TAKEN_BACK
        former.resolved_at, former.resolved_by = now, said.by
    former.superseded_at = now
    former.save(update_fields=["resolution", "resolved_at", "resolved_by", "superseded_at"])


def event_changed_since(event: Event, moment: dt.datetime) -> bool:
    """Whether the record was changed after the moment, by the audit trail."""
    changes = history_of(event).filter(recorded_at__gt=moment)
    return changes.filter(verb__in=("event amended", "event did not happen")).exists()
