"""The worker's side of imports: each takes the id of a run and may come twice, late or never."""

from celery import shared_task
from django.utils import timezone

from plans.actions import imports, mentions, versions


@shared_task
def preview_register_file(run_id: int) -> None:
    """Say what loading an uploaded file would do."""
    imports.preview(run_id=run_id, now=timezone.now(), today=timezone.localdate())


@shared_task
def load_register_file(run_id: int) -> None:
    """Load a file whose preview was confirmed."""
    imports.load(run_id=run_id, now=timezone.now(), today=timezone.localdate())


@shared_task
def read_version(run_id: int) -> None:
    """Read the text of a version that came as a file."""
    versions.read_version(run_id=run_id, now=timezone.now())


@shared_task
def recount_mentions(run_id: int) -> None:
    """Count every text by the words that now stand for each group."""
    mentions.recount(run_id=run_id, now=timezone.now(), clock=timezone.now)
