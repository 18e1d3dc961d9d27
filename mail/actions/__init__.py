"""Writes to the outbox and to what people want to receive."""

from mail.actions.posting import DELIVER, Post, Recipient, post, post_all

__all__ = ["DELIVER", "Post", "Recipient", "post", "post_all"]
