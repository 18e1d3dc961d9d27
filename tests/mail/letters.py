"""Letters that tests send: MAIL_KINDS names these functions."""

from mail import writing
from mail.models import Message


def plain(message: Message, *, now) -> writing.Letter:
    return writing.Letter(subject=f"About {message.matter}", text="Words", html="<p>Words</p>")


def digest(message: Message, *, now) -> writing.Letter:
    return writing.Letter(subject="Summary", text="Words", html="<p>Words</p>", digest=True)


def pointless(message: Message, *, now) -> None:
    return None


def poison(message: Message, *, now) -> None:
    raise ValueError(message.user.email)


KINDS = {name: f"tests.mail.letters.{name}" for name in ("plain", "digest", "pointless", "poison")}
