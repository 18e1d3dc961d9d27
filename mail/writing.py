"""What a message says, once it is written out: the same words as plain text and as HTML."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

SUBJECT_LENGTH = 180
"""Letters of a subject; what is longer is cut, with an ellipsis."""

WANTED = frozenset({"name", "why"})


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A mail in plain text and HTML. A digest can be unsubscribed from with one click."""

    subject: str
    text: str
    html: str
    digest: bool = False


def write(
    template: str, context: Mapping[str, Any], *, subject: str, digest: bool = False
) -> Letter:
    """The letter made of ``templates/mail/TEMPLATE.txt`` and ``TEMPLATE.html``.

    ``context`` holds, beside what the templates ask for, ``name``: whom it is for, and ``why``: a
    sentence that says why they get it ("You get this because you represent Bolton LMC."). Links in
    it are made by ``address``. Raises ``KeyError`` where either is missing.
    """
    if missing := WANTED - context.keys():
        raise KeyError(f"{template} lacks {', '.join(sorted(missing))}.")
    subject = _one_line(subject)
    whole = {
        "service_name": settings.SERVICE_NAME,
        "service_address": address("/"),
        "preferences_address": address("/account/messages/"),
        "demonstration": settings.DEMONSTRATION,
        "unsubscribe": "",
        **context,
        "subject": subject,
        "digest": digest,
    }
    return Letter(
        subject=subject,
        text=_tidy(render_to_string(f"mail/{template}.txt", whole)),
        html=render_to_string(f"mail/{template}.html", whole),
        digest=digest,
    )


def address(path: str) -> str:
    """A path of the service ("/events/3/") as a link that works from a mail."""
    return settings.PUBLIC_ADDRESS + path


def _one_line(subject: str) -> str:
    """No line break: what follows one would be read as a header."""
    line = " ".join(subject.split())
    return line if len(line) <= SUBJECT_LENGTH else f"{line[: SUBJECT_LENGTH - 1].rstrip()}…"


def _tidy(text: str) -> str:
    """Without the empty lines that tags leave behind."""
    lines = (line.rstrip() for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"
