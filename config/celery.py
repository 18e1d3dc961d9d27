"""The Celery application and the whole schedule of the service, as a table."""

import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import beat_init, worker_init, worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("widen_the_tent")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Messages expire: when the worker was away, one run of each is enough to catch up.
app.conf.beat_schedule = {
    "reassess-stale-plans": {
        "task": "readiness.tasks.sweep",
        "schedule": 20.0,
        "options": {"expires": 20},
    },
    "reassess-every-plan": {
        "task": "readiness.tasks.nightly",
        "schedule": crontab(hour="2", minute="15"),  # Europe/London
        "options": {"expires": 6 * 60 * 60},
    },
    "scan-files-that-wait": {
        "task": "files.tasks.scan_waiting",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    # Every hour, so that a missed night is made good; each night's work is done once.
    "prove-kept-files": {
        "task": "files.tasks.verify",
        "schedule": crontab(minute="35"),
        "options": {"expires": 30 * 60},
    },
    "clear-away-files": {
        "task": "files.tasks.sweep",
        "schedule": crontab(minute="50"),
        "options": {"expires": 30 * 60},
    },
    "seal-the-history": {
        "task": "accounts.tasks.seal",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
    "keep-a-checkpoint-of-the-history": {
        "task": "accounts.tasks.keep_checkpoint",
        "schedule": crontab(minute="5"),
        "options": {"expires": 30 * 60},
    },
    "tidy-sessions": {
        "task": "accounts.tasks.tidy",
        "schedule": crontab(hour="3", minute="20"),
        "options": {"expires": 6 * 60 * 60},
    },
    # At the end of the day, so that whoever said much is told once of a day's decisions.
    "tell-who-answered-a-consultation": {
        "task": "consultations.tasks.tell_who_answered",
        "schedule": crontab(hour="17", minute="30"),  # Europe/London
        "options": {"expires": 6 * 60 * 60},
    },
    "drop-forms-that-nobody-sent": {
        "task": "consultations.tasks.drop_saved_forms",
        "schedule": crontab(hour="3", minute="25"),
        "options": {"expires": 6 * 60 * 60},
    },
    "send-the-daily-summaries": {
        "task": "readiness.tasks.digest",
        "schedule": crontab(hour="7", minute="0"),  # Europe/London
        "options": {"expires": 6 * 60 * 60},
    },
    "deliver-messages": {
        "task": "mail.tasks.deliver",
        "schedule": 15.0,
        "options": {"expires": 15},
    },
    "say-that-the-worker-is-alive": {
        "task": "jobs.tasks.heartbeat",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
}


@worker_init.connect
@beat_init.connect
def refuse_unsafe_database(**_: object) -> None:
    """A worker on a SQLite that loses writes stops here, naming what is missing."""
    from config import sqlite  # noqa: PLC0415 - Django is not set up when this file is imported

    sqlite.refuse_unless_safe()


@worker_ready.connect
def say_alive(**_: object) -> None:
    """Seen from the first second, not from the first beat of the schedule."""
    app.send_task("jobs.tasks.heartbeat", expires=30)
