"""What the administrator does about a dead letter."""

import datetime as dt

from django.db import transaction

from accounts import audit
from accounts.models import User
from jobs import doorbell
from mail.actions.posting import DELIVER
from mail.models import Delivery, Message


@transaction.atomic
def try_again(*, message_id: int, by: User, now: dt.datetime) -> bool:
    """Give a dead letter another 48 hours; False where it is none (any more)."""
    dead = Message.objects.filter(pk=message_id, state=Delivery.DEAD)
    fresh = {"attempts": 0, "faults": 0, "tried_at": None, "taken_at": None, "ended_at": None}
    if not dead.update(state=Delivery.WAITING, due_at=now, problem="", **fresh):
        return False
    message = Message.objects.get(pk=message_id)
    audit.record(by=by, verb="queued again", obj=message, at=now)
    transaction.on_commit(lambda: doorbell.send(DELIVER))
    return True
