"""Which plans wait for an assessment, and for how long."""

import datetime as dt

from django.db.models import F, Min

from plans.models import Plan


def oldest_change_waiting(*, now: dt.datetime) -> float | None:
    """Seconds since the oldest change that no assessment has read yet; None when all are read."""
    waiting = Plan.objects.filter(change_no__gt=F("assessed_no"))
    since = waiting.aggregate(since=Min("changed_at"))["since"]
    return max(0.0, (now - since).total_seconds()) if since else None
