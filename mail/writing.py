"""What a message says, once it is written out."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A mail in plain text and HTML. A digest can be unsubscribed from with one click."""

    subject: str
    text: str
    html: str
    digest: bool = False
