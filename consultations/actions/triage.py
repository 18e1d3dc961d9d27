"""Working through responses one after the other, several people at once.

A response is held for some minutes by whoever works on it. It is taken by one statement that finds it
free and makes it theirs, so that of two people at the same moment one gets it and the other the next.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from accounts import audit
from accounts.models import User
from consultations.actions.coding import (
    NotClearedError,
    add_codings,
    hold,
    moderate,
    refuse_changed,
    undo_coding,
)
from consultations.actions.suggestions import reopen_suggestion
from consultations.models import Coding, Moderation, Response
from consultations.queries.triage import (
    LEFT,
    Step,
    changed_last_by_another,
    is_free,
    last_step,
    worked_through_alike,
)
from consultations.rules.triage import LEASE
from plans.models import Consultation

AT_ONCE = 20
"""So many are looked at in one go: more people than that do not take one at the same moment."""


def take_next(
    *, consultation: Consultation, after: int = 0, by: User, now: dt.datetime
) -> Response | None:
    """The first response from ``after`` on, then from the beginning, that nobody else works on; theirs from now.

    None where every response is worked through or in other hands.
    """
    release(consultation=consultation, by=by, now=now)
    free = Response.objects.filter(LEFT, is_free(now, user=by), consultation=consultation)
    for rows in (free.filter(pk__gt=after), free.filter(pk__lte=after)):
        for pk in rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]:
            if rows.filter(pk=pk).update(held_by=by, held_until=now + LEASE):
                return Response.objects.get(pk=pk)
    return None


def take(*, response_id: int, by: User, now: dt.datetime) -> bool:
    """Make the response theirs for a while, or for a while longer; False where somebody else works on it."""
    free = Response.objects.filter(is_free(now, user=by), pk=response_id)
    return bool(free.update(held_by=by, held_until=now + LEASE))


def release(
    *, consultation: Consultation, only: int | None = None, by: User, now: dt.datetime
) -> int:
    """Let go of whatever they hold in this consultation, or of this one; how many that were."""
    mine = Response.objects.filter(consultation=consultation, held_by=by, held_until__isnull=False)
    mine = mine if only is None else mine.filter(pk=only)
    return mine.update(held_by=None, held_until=None)


@transaction.atomic
def finish(*, response: Response, seen_version: int, by: User, now: dt.datetime) -> bool:
    """Say that the response is worked through; False where it is.

    It may carry no theme: some say nothing that the plan can use. Raises ``NotClearedError`` for one
    that nobody has cleared, ``ChangedMeanwhileError`` when somebody was quicker.
    """
    held = hold(response.pk)
    if held.done_at is not None:
        return False
    if held.moderation != Moderation.CLEARED:
        raise NotClearedError(held.pk)
    refuse_changed(held, seen_version)
    _write(held, done_at=now, done_by=by)
    audit.record(by=by, verb="response worked through", obj=held, at=now)
    return True


@transaction.atomic
def reopen(*, response: Response, by: User, now: dt.datetime) -> bool:
    """Put a response that was worked through back among those to do; False where it is there."""
    held = hold(response.pk)
    if held.done_at is None or held.moderation == Moderation.HELD:
        return False
    _write(held, done_at=None, done_by=None)
    audit.record(by=by, verb="response opened again", obj=held, at=now)
    return True


@dataclass(frozen=True, kw_only=True)
class Undone:
    """What was taken back. It stays where somebody else works on the response, or has changed it
    since: ``changed_by`` is their name."""

    step: Step
    is_in_other_hands: bool = False
    changed_by: str = ""


@transaction.atomic
def undo_last(*, consultation: Consultation, by: User, now: dt.datetime) -> Undone | None:
    """Take back what they did last in this consultation, and take up that response again.

    None where there is nothing left of the last hours. What somebody else works on now, or did to the
    response since, stays: nobody's work is taken back by anybody else.
    """
    step = last_step(consultation, user=by, now=now)
    if step is None:
        return None
    response = hold(step.response_id)
    if changed_by := changed_last_by_another(response, user=by):
        return Undone(step=step, changed_by=changed_by)
    if not take(response_id=step.response_id, by=by, now=now):
        return Undone(step=step, is_in_other_hands=True)
    others = Response.objects.filter(consultation=consultation, held_by=by)
    others.exclude(pk=step.response_id).update(held_by=None, held_until=None)
    if step.coding is not None:
        undo_coding(coding=step.coding, by=by, now=now)
    elif step.suggestion is not None:
        reopen_suggestion(suggestion=step.suggestion, by=by, now=now)
    elif step.kind == "done":
        reopen(response=response, by=by, now=now)
    else:
        moderate(
            response=response,
            moderation=Moderation.WAITING,
            seen_version=response.version,
            by=by,
            now=now,
        )
    return Undone(step=step)


def _write(response: Response, *, done_at: dt.datetime | None, done_by: User | None) -> None:
    Response.objects.filter(pk=response.pk).update(
        done_at=done_at, done_by=done_by, version=F("version") + 1
    )


@transaction.atomic
def echo(*, response: Response, by: User, now: dt.datetime) -> int:
    """Give a response the themes of an earlier one with the same words; how many it has got by that.

    Each is a coding of whoever asks for it. Raises ``NotClearedError`` for one that nobody has cleared.
    """
    held = hold(response.pk)
    if held.moderation != Moderation.CLEARED:
        raise NotClearedError(held.pk)
    model = worked_through_alike(held)
    if model is None:
        return 0
    answers = {one.question_id: one for one in held.answers.all()}
    codings = Coding.objects.filter(answer__response=model, undone_at__isnull=True)
    found = [
        (answers[one.answer.question_id], one.theme)
        for one in codings.select_related("answer", "theme")
        if one.answer.question_id in answers
    ]
    return add_codings(response=held, found=found, by=by, now=now)
