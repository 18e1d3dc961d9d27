"""The administrator's pages: the outbox without a word of any mail, and the letter box."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from mail.models import Delivery, KeptMail, Message
from mail.presenters.deliveries import recipient
from ui.words import nhs_datetime, plural, sentence_case

_COLOURS = {
    Delivery.WAITING: "grey",
    Delivery.SENDING: "blue",
    Delivery.SENT: "green",
    Delivery.DEAD: "red",
    Delivery.DROPPED: "white",
}
_NAMES = {"digest": "Daily summary"}
"""Kinds whose own name says too little; what others are about stands in their names."""


@dataclass(frozen=True, kw_only=True)
class MessageLine:
    """One message of the outbox."""

    key: int
    to: str
    kind: str
    state: str
    colour: str
    when: str
    why: str
    tries: str


@dataclass(frozen=True, kw_only=True)
class KeptLine:
    """One mail that arrived in the demonstration."""

    url: str
    to: str
    subject: str
    when: str


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The outbox in a sentence."""

    dead: int
    sentence: str


def message_lines(messages: Iterable[Message]) -> list[MessageLine]:
    """A line each; the kind is the name by which the service knows it."""
    return [
        MessageLine(
            key=message.pk,
            to=recipient(message),
            kind=_NAMES.get(message.kind) or sentence_case(message.kind.replace("-", " ")),
            state=Delivery(message.state).label,
            colour=_COLOURS[Delivery(message.state)],
            when=nhs_datetime(message.ended_at or message.posted_at),
            why=message.problem,
            tries=plural(message.attempts, "refusal") if message.attempts else "",
        )
        for message in messages
    ]


def figures(counts: Mapping[str, int]) -> Figures:
    """How many wait, were sent and were not needed; and how many dead letters there are."""
    waiting = counts.get(Delivery.WAITING, 0) + counts.get(Delivery.SENDING, 0)
    sent, dropped = counts.get(Delivery.SENT, 0), counts.get(Delivery.DROPPED, 0)
    wait = "waits" if waiting == 1 else "wait"
    return Figures(
        dead=counts.get(Delivery.DEAD, 0),
        sentence=(
            f"{plural(sent, 'message was', 'messages were')} sent, {waiting:,} {wait} to be sent "
            f"and {plural(dropped, 'was', 'were')} not needed any more."
        ),
    )


def kept_lines(mails: Iterable[KeptMail]) -> list[KeptLine]:
    """A line each, with the page that shows the mail."""
    return [
        KeptLine(
            url=reverse("mail:letter", args=[mail.pk]),
            to=mail.sent_to,
            subject=mail.subject or "No subject",
            when=nhs_datetime(mail.arrived_at),
        )
        for mail in mails
    ]
