"""The history in the background: seals, and checkpoints that leave the database."""

from celery import shared_task
from django.utils import timezone

from accounts.actions import sealing


@shared_task
def seal() -> None:
    """Every ten seconds: entries that have no seal yet."""
    sealing.seal(now=timezone.now())


@shared_task
def keep_checkpoint() -> None:
    """Every hour: every entry, and the head of the chain to the file beside the database."""
    sealing.keep_checkpoint(now=timezone.now())
