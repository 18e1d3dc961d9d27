"""The audit trail: every action records what it did, in the same transaction."""

import datetime as dt
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from accounts.models import AuditEntry, User
from accounts.rules.personal import Values, sealed

request_id: ContextVar[str] = ContextVar("request_id", default="")


def record(  # noqa: PLR0913  (an entry has this many facts)
    *,
    by: User | None,
    verb: str,
    obj: models.Model,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    at: dt.datetime | None = None,
    on_behalf_of: object = "",
    happened_at: dt.datetime | None = None,
) -> None:
    """Write one audit row about ``obj``.

    ``by`` is None for the service's own jobs and for who has no account; ``on_behalf_of`` is the
    organisation that a representative speaks for, or who answered by a link. ``before`` and
    ``after`` hold only what changed. The text under a personal key (``rules.personal``), and the
    name of an object whose model says ``audit_personal = True``, can be redacted later.

    Raises ``TransactionManagementError`` outside a transaction: an audit row that could survive
    the write it speaks of, or be lost without it, would be worse than none.
    """
    _refuse_outside_transaction()
    one = Told(obj=obj, before=before, after=after, happened_at=happened_at)
    entry = _entry(one, by=by, verb=verb, at=at or timezone.now())  # noqa: TID251 - the moment of writing
    entry.on_behalf_of = str(on_behalf_of or "")[:200]
    entry.save()


@dataclass(frozen=True, kw_only=True)
class Told:
    """What one entry of many says about its object."""

    obj: models.Model
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    happened_at: dt.datetime | None = None


def record_all(*, by: User | None, verb: str, told: Iterable[Told], at: dt.datetime) -> None:
    """One entry for each object of a write that is done for all of them at once; one statement."""
    _refuse_outside_transaction()
    AuditEntry.objects.bulk_create(_entry(one, by=by, verb=verb, at=at) for one in told)


def _refuse_outside_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        message = "Record the audit row inside the action's own transaction."
        raise transaction.TransactionManagementError(message)


def _entry(one: Told, *, by: User | None, verb: str, at: dt.datetime) -> AuditEntry:
    values: Values = {}
    obj = one.obj
    return AuditEntry(
        recorded_at=at,
        happened_at=one.happened_at,
        actor=by,
        request_id=request_id.get(),
        verb=verb,
        object_type=obj._meta.label_lower,  # noqa: SLF001 - Django documents it
        object_key=str(obj.pk),
        object_label=sealed(str(obj)[:200], values, personal=getattr(obj, "audit_personal", False)),
        before=sealed(_plain(one.before), values),
        after=sealed(_plain(one.after), values),
        personal=values,
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
