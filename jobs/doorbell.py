"""Wakes the worker early. Best effort: work is found by its rows, never by its message.

A message that is lost, or a broker that is stopped or hangs, delays work until the schedule comes
round and loses nothing. So no request may wait for the broker: the settings bound one try to two
seconds, and after a failure no try is made for a while.
"""

import logging
import time

from celery import current_app
from django.conf import settings

log = logging.getLogger(__name__)

SILENCE = 30.0
"""Seconds without a further try after a failure."""

_silent_until = 0.0


def ring() -> bool:
    """Ask for the task that picks up marked work (DOORBELL_TASK). True if the broker took it."""
    task = settings.DOORBELL_TASK
    return bool(task) and send(task)


def send(task: str, *arguments: int | str) -> bool:
    """Publish one message; never raises and never waits long. True if the broker took it."""
    global _silent_until  # noqa: PLW0603 - the breaker belongs to the process
    if time.monotonic() < _silent_until:
        return False
    try:
        current_app.send_task(task, args=arguments, expires=600, ignore_result=True)
    except Exception:  # whatever the broker's client raises, the request goes on
        _silent_until = time.monotonic() + SILENCE
        log.warning("The broker did not take %s; the schedule will do it.", task, exc_info=True)
        return False
    return True
