"""Writes to the outbox. A message is posted in the transaction of what it tells of."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
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
    message = Message(
        kind=kind,
        matter=matter,
        user=to.user,
        email="" if to.user else to.email,
        name="" if to.user else to.name,
        about_type=about._meta.label_lower if about else "",  # noqa: SLF001 - Django documents it
        about_key=str(about.pk) if about else "",
        context=dict(context or {}),
        posted_at=now,
        due_at=now,
    )
    before = Message.objects.filter(matter=matter).exists()
    if before:
        return False
    Message.objects.bulk_create([message], ignore_conflicts=True)
    transaction.on_commit(lambda: doorbell.send(DELIVER))
    return True
