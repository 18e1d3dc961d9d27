"""The files' own jobs: each calls one action and may come twice, late or never."""

from celery import shared_task
from django.utils import timezone

from files import actions


@shared_task
def scan_waiting() -> None:
    """Every minute by the schedule, and when a file has come in."""
    actions.scan_waiting(now=timezone.now())


@shared_task
def verify() -> None:
    """Every hour by the schedule; the first after midnight does the night's work."""
    actions.verify(now=timezone.now(), clock=timezone.now)


@shared_task
def sweep() -> None:
    """Likewise."""
    actions.sweep(now=timezone.now())
