"""Writes to the outbox. A message is posted in the transaction of what it tells of."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction

from accounts.models import User
from jobs import doorbell
from mail.models import Message

DELIVER = "mail.tasks.deliver"


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """To whom: a user, or somebody without an account by address and name."""

    user: User | None = None
    email: str = ""
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Post:
    """One of many messages of a kind: what is told to whom, about which record. See ``post``."""

    matter: str
    to: Recipient
    about: models.Model | None = None
    context: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def post(
    *,
    kind: str,
    matter: str,
    to: Recipient,
    now: dt.datetime,
    about: models.Model | None = None,
    context: Mapping[str, Any] | None = None,
) -> bool:
    """Put one message into the outbox; False where this matter has one already.

    ``kind`` is one of ``settings.MAIL_KINDS``; ``matter`` names what is told to whom and in which
    period, such as "record-named:12:3:1:u7", and makes it happen once. ``context`` holds ids for the function
    that writes the mail out, never words or links. ``about`` is the record whose page shows how
    delivery stands. The message leaves after the transaction is kept, never before.
    """
    one = Post(matter=matter, to=to, about=about, context=context or {})
    return post_all([one], kind=kind, now=now) == 1


@transaction.atomic(savepoint=False)
def post_all(posts: Iterable[Post], *, kind: str, now: dt.datetime) -> int:
    """Put many messages of one kind into the outbox; two statements, however many. How many are new.

    A matter that has a message already is left out.
    """
    wanted = {one.matter: one for one in posts}
    if not wanted:
        return 0
    there = set(Message.objects.filter(matter__in=wanted).values_list("matter", flat=True))
    new = [_message(one, kind, now) for matter, one in wanted.items() if matter not in there]
    if new:
        Message.objects.bulk_create(new, ignore_conflicts=True)
        transaction.on_commit(lambda: doorbell.send(DELIVER))
    return len(new)


def _message(one: Post, kind: str, now: dt.datetime) -> Message:
    about, to = one.about, one.to
    return Message(
        kind=kind,
        matter=one.matter,
        user=to.user,
        email="" if to.user else to.email,
        name="" if to.user else to.name,
        about_type=about._meta.label_lower if about else "",  # noqa: SLF001 - Django documents it
        about_key=str(about.pk) if about else "",
        context=dict(one.context),
        posted_at=now,
        due_at=now,
    )
