"""The record in the background: each calls one action and may come twice, late or never."""

from celery import shared_task
from django.utils import timezone

from engagement.actions import responding


@shared_task
def credit_responses() -> None:
    """Every 20 seconds by the schedule: organisations that answered a consultation."""
    responding.credit_responses(now=timezone.now())
