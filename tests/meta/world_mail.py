"""What the addresses of mail need: a dead letter, and the link that stops somebody's summaries."""

import datetime as dt

from mail.access import unsubscribe_path
from mail.models import Message
from tests.factories import accounts


def values(now: dt.datetime) -> dict[str, object]:
    """Names for the matrix: neither belongs to an area."""
    person = accounts.user(name="Somebody with a dead letter")
    dead = Message.objects.create(
        kind="digest",
        matter="digest:walk",
        user=person,
        state="dead",
        problem="There is no mailbox with this address (550).",
        posted_at=now,
        due_at=now,
        ended_at=now,
    )
    return {"dead-letter": dead.pk, "stop-link": unsubscribe_path(person).split("/")[2]}
