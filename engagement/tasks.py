"""The record in the background: each calls one action and may come twice, late or never."""

from celery import shared_task
from django.utils import timezone

from engagement.actions import attendance_lists, attendance_writing


@shared_task
def read_attendance_list(run_id: int) -> None:
    """Say what stands in an attendance list."""
    attendance_lists.read(run_id=run_id, now=timezone.now())


@shared_task
def match_attendance_list(run_id: int) -> None:
    """Match its rows with the register and the record."""
    attendance_lists.match(run_id=run_id, now=timezone.now())


@shared_task
def write_attendance_list(run_id: int) -> None:
    """Write what was confirmed of it."""
    attendance_writing.write(run_id=run_id, now=timezone.now())
