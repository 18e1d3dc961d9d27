"""``/healthz``: is the service whole? For the machine that watches it and for ``make run``.

Answers 200, or 503 where a part is missing, always with the same four facts as JSON.
"""

import datetime as dt
import logging

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.celery import app
from jobs import queries as jobs
from plans.queries import staleness

log = logging.getLogger(__name__)

WORKER_IS_LATE = dt.timedelta(minutes=2)
"""The schedule has the worker say that it is alive every 30 seconds."""


@require_safe
@never_cache
@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """Database, broker and worker decide; the oldest stale plan is told in seconds (null: none)."""
    now = timezone.now()
    facts: dict[str, object] = {"database": False, "worker": False, "oldest_stale_plan": None}
    try:
        facts["database"] = _database_answers()
        facts["worker"] = _worker_was_seen(now)
        facts["oldest_stale_plan"] = staleness.oldest_change_waiting(now=now)
    except DatabaseError:
        log.warning("The database did not answer.", exc_info=True)
    facts["broker"] = _broker_answers()
    whole = all(facts[part] for part in ("database", "worker", "broker"))
    return JsonResponse({"ok": whole} | facts, status=200 if whole else 503)


def _database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _worker_was_seen(now: dt.datetime) -> bool:
    seen = jobs.last_seen("worker")
    return seen is not None and now - seen < WORKER_IS_LATE


def _broker_answers() -> bool:
    """One connection, given up after two seconds; the queue of files only has to be there."""
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    try:
        with app.connection_for_write(transport_options=options) as broker:
            broker.ensure_connection(max_retries=1, timeout=2)  # Redis is pinged by it
    except Exception:  # whatever the broker's client raises, the answer is no
        log.warning("The broker did not answer.", exc_info=True)
        return False
    return True
