"""The request's id on every log line, so that a line can be laid beside its audit row."""

import logging

from django.apps import apps


class RequestId(logging.Filter):
    """Sets ``request_id`` on the record: the request's, or "-" outside one."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = _request_id() if apps.ready else "-"
        return True


def _request_id() -> str:
    from accounts import audit  # noqa: PLC0415 - logging is set up before the apps are loaded

    return str(audit.request_id.get() or "-")
