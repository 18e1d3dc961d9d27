"""The worker's side of imports: each takes the id of a run and may come twice, late or never."""

from celery import shared_task
from django.utils import timezone

from plans.actions import imports


@shared_task
def preview_register_file(run_id: int) -> None:
    """Say what loading an uploaded file would do."""
    imports.preview(run_id=run_id, now=timezone.now(), today=timezone.localdate())


@shared_task
def load_register_file(run_id: int) -> None:
    """Load a file whose preview was confirmed."""
    imports.load(run_id=run_id, now=timezone.now(), today=timezone.localdate())
