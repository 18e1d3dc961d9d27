"""What organisations were asked about records, whom, and what became of it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from engagement.models import AnswerLink, Attestation, Event, EventPlan, Question
from plans.models import Plan
from stakeholders.models import Organisation, Representative


@dataclass(frozen=True, kw_only=True)
class QuestionAsked:
    """One organisation asked about a record: when, by which links, and the answer that counts."""

    question: Question
    links: list[AnswerLink] = field(default_factory=list)
    answer: Attestation | None = None


def questions_about(event: Event) -> list[QuestionAsked]:
    """Everybody who was asked about the event, by name; the links of this round; three queries."""
    questions = list(
        Question.objects.filter(event=event)
        .select_related("organisation")
        .order_by("organisation__name", "pk")
    )
    if not questions:
        return []
    links: dict[int, list[AnswerLink]] = {one.pk: [] for one in questions}
    rounds = {one.pk: one.round for one in questions}
    sent = AnswerLink.objects.filter(question__in=rounds)
    for link in sent.select_related("question", "user", "person", "revoked_by").order_by("pk"):
        if link.round == rounds[link.question_id]:
            links[link.question_id].append(link)
    said = Attestation.objects.filter(event=event, superseded_at__isnull=True)
    answers = {one.organisation_id: one for one in said}
    return [
        QuestionAsked(question=one, links=links[one.pk], answer=answers.get(one.organisation_id))
        for one in questions
    ]


def open_questions() -> QuerySet[Question]:
    """Questions that nobody has answered and that still stand."""
    return Question.objects.filter(
        answered_at__isnull=True, closed_at__isnull=True, event__withdrawn_at__isnull=True
    )


def open_questions_of(user: User, *, today: dt.date) -> list[Question]:
    """What waits for an answer of those for whom ``user`` answers, oldest first; one query.

    Each has its event and organisation.
    """
    ours = Representative.objects.on(today).filter(user=user, organisation=OuterRef("organisation"))
    found = open_questions().filter(Exists(ours)).select_related("event", "organisation")
    return list(found.order_by("asked_at", "pk"))


def unanswered_about(plan: Plan) -> int:
    """How many organisations were asked about a record of the plan and are silent; one query."""
    credited = EventPlan.objects.filter(event=OuterRef("event"), plan=plan)
    return open_questions().filter(Exists(credited)).count()


def unanswered_by(organisation: Organisation, events: Iterable[Event]) -> frozenset[int]:
    """Ids of those of the events about which the organisation was asked and is silent; one query."""
    found = open_questions().filter(organisation=organisation, event__in=[one.pk for one in events])
    return frozenset(found.values_list("event", flat=True))
