"""The mark that every write leans on: this plan's figures may have moved."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Case, F, Value, When

from jobs import doorbell
from plans.models import Plan


def mark_changed(*, plan_ids: Iterable[int] | None, now: dt.datetime) -> None:
    """Say that something was written which may move the figures of these plans (None: all).

    Call it inside the transaction of the write itself: either both are kept or neither. The sweep
    finds the plans by this mark; the doorbell only makes it quicker.
    """
    plans = Plan.objects.all() if plan_ids is None else Plan.objects.filter(pk__in=set(plan_ids))
    plans.update(
        changed_at=Case(
            When(change_no__gt=F("assessed_no"), then=F("changed_at")),
            default=Value(now),
        ),
        change_no=F("change_no") + 1,
    )
    transaction.on_commit(doorbell.ring)
