"""Readiness in the background: each takes no more than ids and calls one action."""

from celery import shared_task
from django.utils import timezone

from readiness import actions
from readiness.actions.digest import send_digests


@shared_task
def sweep() -> None:
    """Every 20 seconds by the schedule, and when the doorbell rings: whatever is stale."""
    actions.sweep(now=timezone.now())


@shared_task
def nightly() -> None:
    """Every plan, once a night."""
    actions.nightly(now=timezone.now())


@shared_task
def digest() -> None:
    """A summary for everybody to whom something is new, every morning."""
    send_digests(now=timezone.now())


@shared_task
def assess(plan_id: int) -> None:
    """One plan, now."""
    now = timezone.now()
    actions.assess_plans(plan_ids=[plan_id], as_at=timezone.localdate(now), now=now)
