"""Delivery in the background."""

from celery import shared_task
from django.utils import timezone

from mail import actions


@shared_task
def deliver() -> None:
    """Every 15 seconds by the schedule, and when a message was posted: whatever is due."""
    actions.deliver(now=timezone.now())
