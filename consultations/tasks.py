"""The worker's side of consultations: each takes an id or nothing and may come twice, late or never."""

from celery import shared_task
from django.utils import timezone

from consultations.actions import suggestions


@shared_task
def suggest_themes(run_id: int) -> None:
    """Read the answers of a consultation and suggest themes for them."""
    suggestions.make_suggestions(run_id=run_id, now=timezone.now())
