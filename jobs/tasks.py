"""The jobs' own job: says that the worker is alive and sends lost messages again."""

from celery import shared_task
from django.utils import timezone

from jobs import actions


@shared_task
def heartbeat() -> None:
    """Every 30 seconds by the schedule, and once when a worker starts."""
    now = timezone.now()
    actions.seen(name="worker", now=now)
    actions.send_waiting(now=now)
