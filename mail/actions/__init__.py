"""Writes to the outbox and to what people want to receive."""

from mail.actions.delivering import deliver
from mail.actions.posting import DELIVER, Post, Recipient, post, post_all

__all__ = ["DELIVER", "Post", "Recipient", "deliver", "post", "post_all"]
