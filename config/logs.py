"""Every log line names its request, so that it can be laid beside its audit row, and holds no token."""

import logging
import re

from django.apps import apps


class RequestId(logging.Filter):
    """Sets ``request_id`` on the record: the request's, or "-" outside one."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = _request_id() if apps.ready else "-"
        return True


TOKEN = re.compile(r"(?<=/)[\w:.~-]{38,}(?=[/?#\s\"']|$)")
"""A part of an address so long that it must be the token of a link. Keys of drafts have 36 letters."""


class NoTokens(logging.Filter):
    """Leaves the tokens of links out of addresses: whoever reads the log must not get in by them."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        without = TOKEN.sub("[token]", said)
        if without != said:
            record.msg, record.args = without, None
        return True


class NoHealth(logging.Filter):
    """Leaves out Django's line for an answer of ``/healthz`` that is 503.

    The answer itself is the news, whoever watches asks every few moments, and what is wrong has
    its own line.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        return record.name != "django.request" or not record.getMessage().endswith(": /healthz")


def _request_id() -> str:
    from accounts import audit  # noqa: PLC0415 - logging is set up before the apps are loaded

    return str(audit.request_id.get() or "-")
