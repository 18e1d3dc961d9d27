"""In the background: seals of the history, checkpoints that leave the database, and tidying."""

from celery import shared_task
from django.utils import timezone

from accounts.actions import sealing, signing_in


@shared_task
def seal() -> None:
    """Every ten seconds: entries that have no seal yet."""
    sealing.seal(now=timezone.now())


@shared_task
def keep_checkpoint() -> None:
    """Every hour: every entry, and the head of the chain to the file beside the database."""
    sealing.keep_checkpoint(now=timezone.now())


@shared_task
def tidy() -> None:
    """Every night: sessions and counters of the throttle that have run out."""
    signing_in.tidy(now=timezone.now())
