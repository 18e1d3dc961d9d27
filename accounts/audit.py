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
from jobs.bulk import insert

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
    AuditEntry.objects.create(**entry | {"on_behalf_of": str(on_behalf_of or "")[:200]})


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
    entries = [_entry(one, by=by, verb=verb, at=at) for one in told]
    if entries:
        insert(AuditEntry, tuple(entries[0]), (tuple(one.values()) for one in entries))


def _refuse_outside_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        message = "Record the audit row inside the action's own transaction."
        raise transaction.TransactionManagementError(message)


def _entry(one: Told, *, by: User | None, verb: str, at: dt.datetime) -> dict[str, Any]:
    """Column -> value, always in the same order."""
    values: Values = {}
    obj = one.obj
    return {
        "recorded_at": at,
        "happened_at": one.happened_at,
        "actor_id": by.pk if by else None,
        "on_behalf_of": "",
        "request_id": request_id.get(),
        "verb": verb,
        "object_type": obj._meta.label_lower,  # noqa: SLF001 - Django documents it
        "object_key": str(obj.pk),
        "object_label": sealed(
            str(obj)[:200], values, personal=getattr(obj, "audit_personal", False)
        ),
        "before": sealed(_plain(one.before), values),
        "after": sealed(_plain(one.after), values),
        "personal": values,
    }


def _plain(values: Mapping[str, Any] | None) -> dict[str, Any]:
    """Dates, decimals and identifiers as text, so that any change can be stored as JSON."""
    return {key: _plain_value(value) for key, value in (values or {}).items()}


_AS_IT_IS = frozenset({bool, int, float, str, type(None)})
_encoder = DjangoJSONEncoder()


def _plain_value(value: Any) -> Any:
    if type(value) in _AS_IT_IS:
        return value
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, dict):
        return {str(k): _plain_value(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        # Ten thousand parts of a list have four words each: what is plain is taken as a whole.
        as_it_is = _AS_IT_IS.issuperset(map(type, value))
        return list(value) if as_it_is else [_plain_value(item) for item in value]
    if isinstance(value, int | float | str):
        return value
    return _encoder.default(value)
