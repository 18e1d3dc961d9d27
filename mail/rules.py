"""When a message is tried again, when it is given up, and what a mail server's answer means. Pure."""

import datetime as dt
import re
import smtplib
from dataclasses import dataclass

GIVE_UP_AFTER = dt.timedelta(hours=48)
"""From the first try; then the message is a dead letter."""

FAULT_LIMIT = 3
"""Times that a message may fail to be written out, or lose its worker, before it is given up."""

LEASE = dt.timedelta(minutes=5)
"""A message that was taken so long ago has lost its worker. Longer than a run may last."""

RUN_SECONDS = 60.0
"""After which a run takes no further message; the next one goes on."""

CONNECTION_TIMEOUT = 10
"""Seconds that a mail server may keep us waiting, at each step."""

AWAY = "The mail server could not be reached"
"""How every problem begins that is the server's and no message's."""

_MINUTES = (1, 2, 5, 15, 30, 60, 120, 240)
_CLOSING = 421  # the server ends the session (RFC 5321 3.8)
_UNKNOWN_BOX = frozenset({550, 551, 553})


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Why a mail was not taken; ``for_good`` where asking again cannot help."""

    words: str
    for_good: bool = False


def pause(tries: int) -> dt.timedelta:
    """How long to wait after so many tries (1 or more): a minute, then ever longer, up to 4 hours."""
    return dt.timedelta(minutes=_MINUTES[min(max(tries, 1), len(_MINUTES)) - 1])


def next_try(*, tries: int, tried_at: dt.datetime, now: dt.datetime) -> dt.datetime | None:
    """When to try again; None 48 hours after the first try. The last try is at the 48th hour."""
    end = tried_at + GIVE_UP_AFTER
    return None if now >= end else min(now + pause(tries), end)


def pause_of_server(*, since: dt.datetime, now: dt.datetime) -> dt.timedelta:
    """How long to leave a server in peace that has been away since then: 1 to 15 minutes."""
    return min(max((now - since) / 4, dt.timedelta(minutes=1)), dt.timedelta(minutes=15))


def refusal(problem: Exception) -> Refusal:
    """What went wrong while a mail was handed over, without a word of the server's own.

    Its words may repeat the address or the mail. Only what says that there is no such mailbox is
    for good (RFC 5321 4.2.1, RFC 3463: 5.1.x and 5.2.1): other refusals with a 5, such as
    "relaying denied", are as a rule ours or the server's to mend, and would kill every message.
    """
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(problem.recipients.values()))
        return _of_recipient(code, said)
    if isinstance(problem, smtplib.SMTPSenderRefused):
        words = f"The mail server refused our own address ({problem.smtp_code})."
    elif isinstance(problem, smtplib.SMTPResponseException):
        words = f"The mail server refused the mail ({problem.smtp_code})."
    elif _is_cut(problem):
        words = "The mail server broke off before it said that it had the mail."
    else:
        words = f"The mail could not be handed over ({type(problem).__name__})."
    return Refusal(words=words)


def away(problem: Exception) -> str:
    """Why no connection came about."""
    if isinstance(problem, smtplib.SMTPAuthenticationError):
        return f"{AWAY}: it refused our name or password."
    if isinstance(problem, smtplib.SMTPResponseException):
        return f"{AWAY}: it refused to talk to us ({problem.smtp_code})."
    if isinstance(problem, TimeoutError | smtplib.SMTPServerDisconnected):
        return f"{AWAY}: it broke off, or gave no answer for {CONNECTION_TIMEOUT} seconds."
    return f"{AWAY}: no connection ({type(problem).__name__})."


def breaks_connection(problem: Exception) -> bool:
    """Whether nothing more can be sent over the connection on which this happened."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return any(code == _CLOSING for code, _ in problem.recipients.values())
    if isinstance(problem, smtplib.SMTPResponseException):
        return problem.smtp_code == _CLOSING
    return _is_cut(problem)


def _is_cut(problem: Exception) -> bool:
    if isinstance(problem, smtplib.SMTPException):  # which is an OSError, cut or not
        return isinstance(problem, smtplib.SMTPServerDisconnected)
    return isinstance(problem, OSError)


def _of_recipient(code: int, said: bytes | str) -> Refusal:
    text = said.decode("ascii", "replace") if isinstance(said, bytes) else said
    detail = re.match(r"5\.(\d{1,3})\.(\d{1,3})\b", text)
    unknown = detail[1] == "1" or detail.groups() == ("2", "1") if detail else code in _UNKNOWN_BOX
    if 500 <= code < 600 and unknown:
        words = f"There is no mailbox with this address ({code}). Ask the person for another one."
        return Refusal(words=words, for_good=True)
    return Refusal(words=f"The mail server refused the address for now ({code}).")
