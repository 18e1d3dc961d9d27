"""How delivery stands, in a line for the page of the thing that a message is about."""

import datetime as dt
from collections.abc import Iterable

from mail.models import Delivery, Message
from ui.words import lower_first, nhs_datetime


def delivery_lines(messages: Iterable[Message]) -> list[str]:
    """A line each, such as "Sent to Jo Lee on 3 April 2016 at 10:42am". No addresses."""
    return [_line(message) for message in messages]


def recipient(message: Message) -> str:
    """The name of who gets it; "somebody" where none is known."""
    return message.user.name if message.user else message.name or "somebody without a name"


def _line(message: Message) -> str:
    name, why = recipient(message), lower_first(message.problem)
    if message.state == Delivery.SENT:
        return f"Sent to {name} on {_moment(message.sent_at)}"
    if message.state == Delivery.DEAD:
        return f"Could not be delivered to {name}: {why or 'no reason is known'}"
    if message.state == Delivery.DROPPED:
        return f"Not sent to {name}: {why or 'it was not needed any more'}"
    if message.state == Delivery.WAITING and message.problem:
        return f"Not yet delivered to {name}, next try on {_moment(message.due_at)}: {why}"
    return f"Waiting to be sent to {name}"


def _moment(moment: dt.datetime | None) -> str:
    return nhs_datetime(moment).replace(", ", " at ")
