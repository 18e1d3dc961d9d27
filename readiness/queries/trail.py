"""What records said before they were changed, as the audit trail tells it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from accounts.models import AuditEntry
from accounts.rules.personal import opened
from engagement.models import Event
from plans.models import (
    Activity,
    Arrangement,
    BoardSeat,
    Commitment,
    Consultation,
    MustAsk,
    PlanVersion,
)

AMENDING = ("event amended", "event did not happen", "changed", "ended")
"""Verbs whose ``before`` holds what was replaced, by the names of the columns."""

AMENDED = (
    *(Event, PlanVersion, Activity, Consultation, MustAsk, Commitment, BoardSeat, Arrangement),
)
"""What can be brought up to date and not only withdrawn."""

Before = Mapping[str, Mapping[int, Mapping[str, Any]]]
"""Table -> row id -> column -> what it said; only columns that were changed since."""


def label_of(model: type[Any]) -> str:
    """The name of a table in the audit trail."""
    return str(model._meta.label_lower)  # noqa: SLF001 - Django documents it


def replaced_since(moment: dt.datetime | None) -> Before:
    """What every change since the moment replaced, so that the first has the last word.

    None, which is now: nothing, and no statement; or else one.
    """
    if moment is None:
        return {}
    changes = AuditEntry.objects.filter(
        recorded_at__gte=moment, object_type__in=map(label_of, AMENDED), verb__in=AMENDING
    )
    found: dict[str, dict[int, dict[str, Any]]] = defaultdict(dict)
    columns = ("object_type", "object_key", "before", "personal")
    for table, key, before, values in changes.order_by("recorded_at", "pk").values_list(*columns):
        found[table][int(key)] = {**opened(before, values), **found[table].get(int(key), {})}
    return found


def day(value: dt.date | str | None) -> dt.date | None:
    """A day out of the audit trail, where it is text."""
    return dt.date.fromisoformat(value) if isinstance(value, str) else value
