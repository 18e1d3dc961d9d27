"""The audit trail: every action records what it did, in the same transaction."""

import datetime as dt
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from accounts.models import AuditEntry, User

request_id: ContextVar[str] = ContextVar("request_id", default="")


def record(
    *,
    by: User | None,
    verb: str,
    obj: models.Model,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    at: dt.datetime | None = None,
) -> None:
    """Write one audit row about ``obj``.

    ``by`` is None for the service's own jobs. ``before`` and ``after`` hold only what changed.
    Raises ``TransactionManagementError`` outside a transaction: an audit row that could survive
    the write it speaks of, or be lost without it, would be worse than none.
    """
    if not transaction.get_connection().in_atomic_block:
        message = "Record the audit row inside the action's own transaction."
        raise transaction.TransactionManagementError(message)
    AuditEntry.objects.create(
        recorded_at=at or timezone.now(),  # noqa: TID251 - the moment of writing
        actor=by,
        request_id=request_id.get(),
        verb=verb,
        object_type=obj._meta.label_lower,  # noqa: SLF001 - Django documents it
        object_key=str(obj.pk),
        object_label=str(obj)[:200],
        before=_plain(before),
        after=_plain(after),
    )


def _plain(values: Mapping[str, Any] | None) -> dict[str, Any]:
    """Dates, decimals and identifiers as text, so that any change can be stored as JSON."""
    encoder = DjangoJSONEncoder()
    return {key: _plain_value(encoder, value) for key, value in (values or {}).items()}


def _plain_value(encoder: DjangoJSONEncoder, value: Any) -> Any:
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, dict):
        return {str(k): _plain_value(encoder, v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain_value(encoder, item) for item in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return encoder.default(value)
