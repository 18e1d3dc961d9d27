"""Deliver what lies in the outbox. Safe to run twice, late, or at the same time.

A message is taken in a short transaction of its own, written out and handed over outside any, and
then marked. Whoever stops between the mail server's yes and the mark leaves a message that looks
taken; after ``rules.LEASE`` it is sent again: at worst one mail too many, never one too few.
"""

import datetime as dt
import logging
import time
import traceback
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.module_loading import import_string

from mail import rules
from mail.actions.handing import Line, as_mail
from mail.models import Delivery, Message
from mail.writing import Letter

log = logging.getLogger(__name__)

Clock = Callable[[], dt.datetime]

SUSPENDED = "Their account is suspended."
NO_DIGESTS = "They have turned daily summaries off."
NO_IMMEDIATE = "They have turned messages as things happen off."
POINTLESS = "There was nothing left to say."
LOST = "Each time the service stopped while it was sending this. It may have arrived."


def deliver(*, now: dt.datetime) -> Counter[str]:
    """Send what is due, for a minute at most; how many messages came to which state.

    A server that cannot be reached ends the run and costs no message a try: all that is due waits
    for some minutes. A server that breaks off ends the run too. A refusal concerns one message, and
    a message that cannot be written out only itself.
    """
    began = time.monotonic()

    def clock() -> dt.datetime:
        return now + dt.timedelta(seconds=time.monotonic() - began)

    tally: Counter[str] = Counter()
    if _server_is_resting(now):
        return tally
    with Line() as line:
        going_on = True
        while going_on and time.monotonic() - began < rules.RUN_SECONDS:
            message = take(now=clock())
            if message is None:
                break
            state, going_on = _one(message, line, clock)
            tally[state] += 1
    return tally


@transaction.atomic
def take(*, now: dt.datetime) -> Message | None:
    """Take the message that has been due the longest; None where nothing is due or free.

    One that was taken and never marked has lost its worker; the third time it is given up.
    """
    while message := _due(now).select_for_update(skip_locked=True, of=("self",)).first():
        message.faults += message.state == Delivery.SENDING
        message.state, message.taken_at = Delivery.SENDING, now
        message.tried_at = message.tried_at or now
        message.save(update_fields=["state", "taken_at", "tried_at", "faults"])
        if message.faults < rules.FAULT_LIMIT:
            return message
        _end(message, Delivery.DEAD, LOST, now)
    return None


def _due(now: dt.datetime) -> QuerySet[Message]:
    """With the recipient and what they want to receive."""
    waiting = Q(state=Delivery.WAITING, due_at__lte=now)
    lost = Q(state=Delivery.SENDING, taken_at__lte=now - rules.LEASE)
    found = Message.objects.filter(waiting | lost, state__in=(Delivery.WAITING, Delivery.SENDING))
    return found.select_related("user__mail_preference").order_by("due_at", "id")


def _server_is_resting(now: dt.datetime) -> bool:
    return Message.objects.filter(
        state=Delivery.WAITING, due_at__gt=now, problem__startswith=rules.AWAY
    ).exists()


def _one(message: Message, line: Line, clock: Clock) -> tuple[str, bool]:
    """Do one message: the state it came to, and whether the run may go on."""
    if message.user and not message.user.is_active:
        return _end(message, Delivery.DROPPED, SUSPENDED, clock()), True
    try:
        letter = _written(message, now=clock())
        mail = as_mail(message, letter) if letter else None
    except Exception as problem:  # whatever a function of any app raises, the others go on
        return _fault(message, problem, clock()), True
    unwanted = _unwanted(message, letter)
    if mail is None or unwanted:
        return _end(message, Delivery.DROPPED, unwanted, clock()), True
    try:
        line.open()
    except Exception as problem:
        return _put_off_all(message, problem, clock()), False
    try:
        line.hand_over(mail)
    except Exception as problem:
        return _refused(message, problem, clock()), not rules.breaks_connection(problem)
    return _end(message, Delivery.SENT, "", clock()), True


def _written(message: Message, *, now: dt.datetime) -> Letter | None:
    """Raises ``LookupError`` for a kind that nobody writes out."""
    write: Callable[..., Letter | None] = import_string(settings.MAIL_KINDS[message.kind])
    return write(message, now=now)


def _unwanted(message: Message, letter: Letter | None) -> str:
    """Why it is not sent; empty where it is. Without a word of theirs people want everything."""
    if letter is None:
        return POINTLESS
    wants = getattr(message.user, "mail_preference", None)
    if wants is None:
        return ""
    if letter.digest:
        return "" if wants.digest else NO_DIGESTS
    return "" if wants.immediate else NO_IMMEDIATE


def _fault(message: Message, problem: Exception, now: dt.datetime) -> str:
    """Its own words are not kept: they may be somebody's."""
    name, place = type(problem).__name__, traceback.extract_tb(problem.__traceback__)[-1]
    log.error(
        "Message %s (%s) could not be written out: %s at %s:%s",
        message.pk, message.kind, name, place.filename, place.lineno,
    )  # fmt: skip
    words = f"It could not be written out ({name}). This is a fault of the service."
    faults = message.faults + 1
    if faults >= rules.FAULT_LIMIT:
        return _end(message, Delivery.DEAD, words, now, faults=faults)
    due_at = now + rules.pause(faults + 2)
    return _mark(message, Delivery.WAITING, words, due_at=due_at, faults=faults)


def _refused(message: Message, problem: Exception, now: dt.datetime) -> str:
    refusal = rules.refusal(problem)
    log.warning("Message %s (%s) was not taken: %s", message.pk, message.kind, refusal.words)
    attempts = message.attempts + 1
    again = rules.next_try(tries=attempts, tried_at=message.tried_at or now, now=now)
    if refusal.for_good or again is None:
        return _end(message, Delivery.DEAD, refusal.words, now, attempts=attempts)
    return _mark(message, Delivery.WAITING, refusal.words, due_at=again, attempts=attempts)


def _put_off_all(message: Message, problem: Exception, now: dt.datetime) -> str:
    """Nobody's fault: everything that is due waits; what has waited for 48 hours is given up."""
    words = rules.away(problem)
    log.warning("%s", words)
    state = _mark(message, Delivery.WAITING, words, due_at=now)
    waiting = Message.objects.filter(state=Delivery.WAITING, due_at__lte=now)
    waiting.filter(tried_at__lte=now - rules.GIVE_UP_AFTER).update(
        state=Delivery.DEAD, ended_at=now, problem=words
    )
    pause = rules.pause_of_server(since=message.tried_at or now, now=now)
    waiting.update(due_at=now + pause, problem=words, tried_at=Coalesce("tried_at", now))
    return state


def _end(message: Message, state: Delivery, words: str, now: dt.datetime, **more: Any) -> str:
    sent_at = now if state == Delivery.SENT else None
    return _mark(message, state, words, ended_at=now, sent_at=sent_at, **more)


def _mark(message: Message, state: Delivery, words: str, **more: Any) -> str:
    """Only by who holds it: a worker that comes back after its lease changes nothing."""
    held = Message.objects.filter(pk=message.pk, state=Delivery.SENDING, taken_at=message.taken_at)
    held.update(state=state, problem=words, **more)
    return str(state.value)
