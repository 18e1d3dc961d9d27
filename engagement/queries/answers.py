"""What organisations say of the records that name them: current answers and open disputes."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from engagement.models import Answer, Attestation, Event, Participation, Question, Resolution
from plans.models import Plan
from stakeholders.access import organisations_represented_by
from stakeholders.models import Organisation

OPEN_DISPUTE = Q(answer=Answer.DISPUTED, resolved_at__isnull=True, superseded_at__isnull=True)
"""The condition on an attestation."""

STATED_DISAGREEMENT = Q(resolution=Resolution.UPHELD, superseded_at__isnull=True)
"""The condition on an attestation that a reviewer let stand beside a record that counts."""

Answers = dict[tuple[int, int], Attestation]
"""Event id and organisation id -> the answer that counts."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """An organisation for which somebody answers, named in an event, with its answer so far.

    ``asked_at`` is None where the record is older than the asking; ``is_asked`` while an answer to
    the record as it is now is waited for.
    """

    organisation: Organisation
    answer: Attestation | None
    asked_at: dt.datetime | None = None
    is_asked: bool = False


def is_disputed() -> Exists:
    """An annotation of participations: whether an open dispute takes this one out of the figures."""
    return Exists(
        Attestation.objects.filter(
            OPEN_DISPUTE, event=OuterRef("event"), organisation=OuterRef("organisation")
        )
    )


def current_answers(events: Iterable[int]) -> Answers:
    """The answers that count on these events; one statement."""
    found = Attestation.objects.filter(event__in=list(events), superseded_at__isnull=True)
    return {
        (one.event_id, one.organisation_id): one
        for one in found.select_related("organisation", "answered_by", "replied_by")
    }


def asked_about(event: Event, user: User, *, today: dt.date) -> list[Asked]:
    """The organisations named in the event for which ``user`` answers; three statements."""
    named = Participation.objects.filter(event=event).values("organisation")
    ours = organisations_represented_by(user, today=today).filter(pk__in=named)
    answers = current_answers([event.pk])
    questions = {one.organisation_id: one for one in Question.objects.filter(event=event)}
    found = []
    for one in ours.order_by("name", "pk"):
        put = questions.get(one.pk)
        found.append(
            Asked(
                organisation=one,
                answer=answers.get((event.pk, one.pk)),
                asked_at=put.asked_at if put else None,
                is_asked=put is not None and put.answered_at is None and put.closed_at is None,
            )
        )
    return found


def dispute_numbered(event: Event, pk: int) -> Attestation | None:
    """The event's open dispute with this id, or None."""
    found = Attestation.objects.filter(OPEN_DISPUTE, event=event, pk=pk)
    return found.select_related("organisation", "answered_by", "replied_by").first()


def answers_about(plan: Plan) -> QuerySet[Attestation]:
    """The answers that count on events credited to the plan, open disputes first, then the newest."""
    found = Attestation.objects.filter(
        superseded_at__isnull=True,
        event__credits__plan=plan,
        event__withdrawn_at__isnull=True,
    )
    return found.select_related("event", "organisation", "replied_by").order_by(
        "answer", "resolved_at", "-answered_at", "-pk"
    )


def attestation_told_of(pk: int) -> Attestation | None:
    """An answer with everything that a mail says of it; one query."""
    found = Attestation.objects.filter(pk=pk)
    return found.select_related(
        "event", "organisation", "answered_by", "replied_by", "resolved_by"
    ).first()
