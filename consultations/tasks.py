"""The worker's side of consultations: each takes an id or nothing and may come twice, late or never."""

from celery import shared_task
from django.utils import timezone

from consultations.actions import (
    response_imports,
    response_writing,
    saved_forms,
    suggestions,
    telling,
)


@shared_task
def suggest_themes(run_id: int) -> None:
    """Read the answers of a consultation and suggest themes for them."""
    suggestions.make_suggestions(run_id=run_id, now=timezone.now())


@shared_task
def tell_who_answered() -> None:
    """Once a day: what became of their words, to everybody who wants to know."""
    telling.tell_moved(now=timezone.now())


@shared_task
def drop_saved_forms() -> None:
    """Every night: forms that somebody began and did not send in 14 days."""
    saved_forms.drop_old_forms(now=timezone.now())


@shared_task
def read_responses(run_id: int) -> None:
    """Say what stands in an export of a survey tool."""
    response_imports.read(run_id=run_id, now=timezone.now())


@shared_task
def check_responses(run_id: int) -> None:
    """Say what would come of each of its rows."""
    response_imports.check(run_id=run_id, now=timezone.now())


@shared_task
def write_responses(run_id: int) -> None:
    """Write what was confirmed of it."""
    response_writing.write(run_id=run_id, now=timezone.now())
