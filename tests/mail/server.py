"""A mail server on this machine that answers as a test tells it to."""

import asyncio
import email
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


@dataclass
class Behaviour:
    """What the server does: ``recipients`` and ``data`` are answers by the local part of an address;
    ``drops`` are addresses after whose mail it keeps it and breaks off without a word, once each."""

    recipients: dict[str, str] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)
    drops: set[str] = field(default_factory=set)
    hangs: set[str] = field(default_factory=set)
    kept: list[EmailMessage] = field(default_factory=list)
    dropped: int = 0
    port: int = 0

    def arrived(self) -> Counter[str]:
        """How many mails of each Message-ID the server has kept."""
        return Counter(str(mail["Message-ID"]) for mail in self.kept)

    async def handle_RCPT(self, server: SMTP, session, envelope, address: str, options):  # noqa: N802
        answer = self.recipients.get(address.partition("@")[0])
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session, envelope) -> str:  # noqa: N802
        who = envelope.rcpt_tos[0].partition("@")[0]
        if who in self.hangs:
            await asyncio.sleep(5)
        if who in self.data:
            return self.data[who]
        self.kept.append(email.message_from_bytes(envelope.content))
        if who in self.drops:
            self.drops.discard(who)
            self.dropped += 1
            server.transport.close()
        return "250 OK"


@contextmanager
def running() -> Iterator[Behaviour]:
    """The server, on a free port of the loopback."""
    behaviour = Behaviour()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        behaviour.port = free.getsockname()[1]
    controller = Controller(behaviour, hostname="127.0.0.1", port=behaviour.port)
    controller.start()
    try:
        yield behaviour
    finally:
        controller.stop()


@contextmanager
def silent() -> Iterator[int]:
    """A server that takes a connection and then says nothing; its port."""
    listening = socket.create_server(("127.0.0.1", 0))
    taken: list[socket.socket] = []

    def accept() -> None:
        with suppress(OSError):
            while True:
                taken.append(listening.accept()[0])

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        for one in taken:
            one.close()
        thread.join(20)
        assert not thread.is_alive()
