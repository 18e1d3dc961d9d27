"""Who works on which response, how far all of it is, and what somebody did last."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from accounts.models import User
from accounts.queries.history import history_of
from consultations.models import Answer, Coding, Moderation, Question, Response, Suggestion, Theme
from consultations.queries.themes import themes_of
from consultations.rules.triage import UNDO_WITHIN
from plans.models import Consultation

LEFT = Q(done_at__isnull=True)
"""What nobody has worked through."""


def is_free(now: dt.datetime, *, user: User) -> Q:
    """What nobody else works on: never taken, taken by ``user``, or not gone on with for a while."""
    return Q(held_by__isnull=True) | Q(held_by=user) | Q(held_until__lt=now)


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How many of all responses were worked through, and on how many somebody else works now."""

    done: int
    total: int
    elsewhere: int = 0

    @property
    def left(self) -> int:
        return self.total - self.done


def progress(consultation: Consultation, *, user: User, now: dt.datetime) -> Progress:
    """One statement."""
    elsewhere = LEFT & Q(held_until__gte=now) & ~Q(held_by=user)
    found = Response.objects.filter(consultation=consultation).aggregate(
        total=Count("pk"),
        done=Count("pk", filter=~LEFT),
        elsewhere=Count("pk", filter=elsewhere),
    )
    return Progress(**found)


def in_hand(consultation: Consultation, *, user: User, now: dt.datetime) -> Response | None:
    """The response that ``user`` works on; None where they have none, or left it for too long."""
    mine = Response.objects.filter(consultation=consultation, held_by=user, held_until__gte=now)
    return with_everything(mine).order_by("-held_until", "-pk").first()


def with_everything(responses: QuerySet[Response]) -> QuerySet[Response]:
    """With who sent it, its answers, their questions, themes and open suggestions: four more statements."""
    answers = Answer.objects.select_related("question").order_by("question__number", "pk")
    standing = Coding.objects.filter(undone_at__isnull=True).select_related("theme", "coded_by")
    pending = Suggestion.objects.filter(decided_at__isnull=True).select_related("theme")
    return responses.select_related(
        "consultation", "respondent__organisation", "held_by", "moderated_by", "done_by"
    ).prefetch_related(
        Prefetch("answers", answers),
        Prefetch("answers__codings", standing.order_by("pk"), to_attr="standing"),
        Prefetch("answers__suggestions", pending.order_by("-score", "pk"), to_attr="suggested"),
    )


def themes_to_give(consultation: Consultation) -> list[Theme]:
    """The plan's themes in the order in which they were made, so that a key stays what it is."""
    return list(themes_of(consultation.plan).order_by("pk"))


def questions_asked(consultation: Consultation) -> QuerySet[Question]:
    """The questions of the consultation in their order."""
    return Question.objects.filter(survey__consultation=consultation).order_by("number", "pk")


def waiting_number(consultation: Consultation) -> int:
    """How many responses nobody has cleared or held back."""
    return Response.objects.filter(consultation=consultation, moderation=Moderation.WAITING).count()


@dataclass(frozen=True, kw_only=True)
class Step:
    """Something that somebody did to a response and can take back.

    ``kind``: coding, refused (a suggestion), done, moderated.
    """

    kind: str
    at: dt.datetime
    response_id: int
    coding: Coding | None = None
    suggestion: Suggestion | None = None
    moderation: str = ""


def last_step(consultation: Consultation, *, user: User, now: dt.datetime) -> Step | None:
    """What ``user`` did last in this consultation and is still so; four statements.

    Holding back is one step, though it also ends the work on the response.
    """
    since = now - UNDO_WITHIN
    found = [
        *_codings(consultation, user, since),
        *_refused(consultation, user, since),
        *_own(consultation, user, since),
    ]
    order = {"moderated": 0, "coding": 1, "refused": 1, "done": 2}
    return max(found, key=lambda step: (step.at, order[step.kind]), default=None)


def _codings(consultation: Consultation, user: User, since: dt.datetime) -> Iterable[Step]:
    mine = Coding.objects.filter(
        coded_by=user,
        coded_at__gte=since,
        undone_at__isnull=True,
        answer__response__consultation=consultation,
    ).select_related("answer", "theme")
    for one in mine.order_by("-coded_at", "-pk")[:1]:
        yield Step(kind="coding", at=one.coded_at, response_id=one.answer.response_id, coding=one)


def _refused(consultation: Consultation, user: User, since: dt.datetime) -> Iterable[Step]:
    mine = Suggestion.objects.filter(
        decided_by=user,
        decided_at__gte=since,
        is_accepted=False,
        answer__response__consultation=consultation,
    ).select_related("answer", "theme")
    for one in mine.order_by("-decided_at", "-pk")[:1]:
        at, response_id = _moment(one.decided_at), one.answer.response_id
        yield Step(kind="refused", at=at, response_id=response_id, suggestion=one)


def _own(consultation: Consultation, user: User, since: dt.datetime) -> Iterable[Step]:
    rows = Response.objects.filter(consultation=consultation)
    done = rows.filter(done_by=user, done_at__gte=since).exclude(moderation=Moderation.HELD)
    for one in done.order_by("-done_at", "-pk")[:1]:
        yield Step(kind="done", at=_moment(one.done_at), response_id=one.pk)
    moderated = rows.filter(moderated_by=user, moderated_at__gte=since)
    for one in moderated.order_by("-moderated_at", "-pk")[:1]:
        yield Step(
            kind="moderated",
            at=_moment(one.moderated_at),
            response_id=one.pk,
            moderation=one.moderation,
        )


def _moment(at: Any) -> dt.datetime:
    assert at is not None  # noqa: S101 - asked for by the statement
    return at


def alike(response: Response) -> QuerySet[Response]:
    """The other responses to the consultation that say the same in the same words."""
    if not response.fingerprint:
        return Response.objects.none()
    return Response.objects.filter(
        consultation=response.consultation_id, fingerprint=response.fingerprint
    ).exclude(pk=response.pk)


def worked_through_alike(response: Response) -> Response | None:
    """The one of them that somebody worked through last."""
    done = alike(response).filter(done_at__isnull=False, moderation=Moderation.CLEARED)
    return done.order_by("-done_at", "-pk").first()


def response_of(consultation: Consultation, pk: int) -> Response | None:
    """The response, if it is one of this consultation's."""
    return with_everything(Response.objects.filter(consultation=consultation, pk=pk)).first()


def theme_to_give(consultation: Consultation, pk: int) -> Theme | None:
    """A theme of the plan that was not merged."""
    return themes_of(consultation.plan).filter(pk=pk).first()


def holder_of(response_id: int) -> str:
    """The name of whoever works on the response."""
    found = Response.objects.filter(pk=response_id).values_list("held_by__name", flat=True)
    return found.first() or "Somebody else"


def coding_of(response: Response, pk: int) -> Coding | None:
    """A theme found in one of its answers."""
    found = Coding.objects.filter(answer__response=response, pk=pk)
    return found.select_related("answer", "theme").first()


def suggestion_of(response: Response, pk: int) -> Suggestion | None:
    """A theme suggested for one of its answers."""
    found = Suggestion.objects.filter(answer__response=response, pk=pk)
    return found.select_related("answer", "theme__merged_into").first()


def last_changed_by(response: Response) -> str:
    """The name of whoever changed the response last."""
    newest = history_of(response).first()
    return newest.actor.name if newest and newest.actor else "Somebody else"


def changed_last_by_another(response: Response, *, user: User) -> str:
    """The name of whoever changed the response last; empty where that was ``user``."""
    newest = history_of(response).first()
    return "" if newest is None or newest.actor_id == user.pk else last_changed_by(response)
