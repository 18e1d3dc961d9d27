"""Writes to the outbox and to what people want to receive."""

from mail.actions.delivering import deliver
from mail.actions.outbox import try_again
from mail.actions.posting import DELIVER, Post, Recipient, post, post_all
from mail.actions.wanting import choose, unsubscribe

__all__ = [
    "DELIVER",
    "Post",
    "Recipient",
    "choose",
    "deliver",
    "post",
    "post_all",
    "try_again",
    "unsubscribe",
]
