"""Hand a letter to the mail server: one connection for a run, and what every mail says in its headers."""

from email.utils import formataddr
from types import TracebackType
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.crypto import salted_hmac

from mail.access import unsubscribe_path
from mail.models import Message
from mail.writing import Letter, address


class Line:
    """The connection of a run, opened with its first letter; a context manager that closes it."""

    def __init__(self) -> None:
        self._backend: BaseEmailBackend | None = None

    def __enter__(self) -> "Line":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:  # fmt: skip
        if self._backend is not None:
            self._backend.close()

    def open(self) -> None:
        """Reach the mail server. Raises whatever the network or the server says."""
        if self._backend is None:
            backend = get_connection()
            backend.open()
            self._backend = backend

    def hand_over(self, mail: EmailMultiAlternatives) -> None:
        """Returns when the server has said that it has the mail; raises where it has not."""
        self.open()
        if not self._backend or not self._backend.send_messages([mail]):
            message = "The mail was not taken."
            raise RuntimeError(message)


def as_mail(message: Message, letter: Letter) -> EmailMultiAlternatives:
    """The letter with its headers; the same message has the same Message-ID however often it leaves.

    So who gets it twice, because a server died between taking it and saying so, may see one mail.
    """
    headers = {"Message-ID": _message_id(message.matter), "Auto-Submitted": "auto-generated"}
    if letter.digest and message.user:
        headers |= {  # RFC 8058
            "List-Unsubscribe": f"<{address(unsubscribe_path(message.user))}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    who = message.user or message
    return EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        to=[formataddr((" ".join(who.name.split()), who.email))],
        headers=headers,
        alternatives=[(letter.html, "text/html")],
    )


def _message_id(matter: str) -> str:
    host = urlsplit(settings.PUBLIC_ADDRESS).hostname or "localhost"
    return f"<{salted_hmac('mail.matter', matter, algorithm='sha256').hexdigest()[:32]}@{host}>"
