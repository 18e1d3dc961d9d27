"""The schedule, the doorbell and the kinds of run name tasks that exist."""

from celery import current_app
from django.conf import settings

from config.celery import app
from config.settings import DOORBELL_TASK
from tests.broker import double_run

LISTED = set(double_run.CASES)
"""Every task that a worker knows: a new one gets its case there, and so its proof that five deliveries
have the effect of one."""


def test_every_task_is_listed_and_every_listed_task_exists() -> None:
    app.loader.import_default_modules()
    ours = {name for name in current_app.tasks if not name.startswith("celery.")}
    assert ours == LISTED


def test_the_schedule_and_the_settings_name_tasks_that_exist() -> None:
    named = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert named | {DOORBELL_TASK} | set(settings.JOB_TASKS.values()) <= LISTED


def test_a_message_of_the_schedule_expires_before_it_piles_up() -> None:
    assert all(entry["options"]["expires"] for entry in app.conf.beat_schedule.values())


def test_the_nightly_job_runs_at_a_quarter_past_two_in_london() -> None:
    assert app.conf.timezone == "Europe/London"
    assert app.conf.enable_utc is False
    nightly = app.conf.beat_schedule["reassess-every-plan"]["schedule"]
    assert (nightly.hour, nightly.minute) == ({2}, {15})
