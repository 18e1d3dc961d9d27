"""Words for messages: how delivery stands, the outbox and the demonstration's letter box."""

from mail.presenters.deliveries import delivery_lines
from mail.presenters.outbox import (
    Figures,
    KeptLine,
    MessageLine,
    figures,
    kept_lines,
    message_lines,
)

__all__ = [
    "Figures",
    "KeptLine",
    "MessageLine",
    "delivery_lines",
    "figures",
    "kept_lines",
    "message_lines",
]
