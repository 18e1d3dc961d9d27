"""A broker that is stopped or hangs may not hold up a request."""

import os
import signal
import time
from collections.abc import Iterator

import pytest
from celery import Celery
from redis import Redis

from config import settings as product
from jobs import doorbell
from tools import servers

pytestmark = pytest.mark.broker
HANGING_BOUND = 2.5
"""Seconds that the first request after the fault may wait, as the settings promise."""
BREAKER_BOUND = 0.05


@pytest.fixture
def address() -> Iterator[str]:
    with servers.redis(servers.redis_program()) as started:
        yield started


@pytest.fixture(autouse=True)
def _publishing(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The product's own settings for a Redis, towards the one of this test."""
    app = Celery("test", broker=address, set_as_current=False)
    app.conf.update(
        broker_transport_options=product.REDIS_OPTIONS,
        broker_connection_timeout=product.CELERY_BROKER_CONNECTION_TIMEOUT,
        task_publish_retry=product.CELERY_TASK_PUBLISH_RETRY,
        task_ignore_result=True,
    )
    monkeypatch.setattr(doorbell, "current_app", app)
    monkeypatch.setattr(doorbell, "_silent_until", 0.0)


def seconds_of_a_failing_ring() -> float:
    began = time.monotonic()
    assert not doorbell.send("readiness.tasks.sweep")
    return time.monotonic() - began


def test_a_broker_that_answers_takes_the_message(address: str) -> None:
    assert doorbell.send("readiness.tasks.sweep")
    assert Redis.from_url(address).llen("celery") == 1


def test_a_hanging_broker_holds_up_one_request_briefly_and_the_next_not_at_all(
    address: str,
) -> None:
    doorbell.send("readiness.tasks.sweep")
    process = Redis.from_url(address).info()["process_id"]
    os.kill(process, signal.SIGSTOP)
    try:
        assert seconds_of_a_failing_ring() < HANGING_BOUND
        assert seconds_of_a_failing_ring() < BREAKER_BOUND
    finally:
        os.kill(process, signal.SIGCONT)


def test_a_stopped_broker_holds_up_one_request_briefly(address: str) -> None:
    doorbell.send("readiness.tasks.sweep")
    Redis.from_url(address).shutdown(nosave=True)
    assert seconds_of_a_failing_ring() < HANGING_BOUND
    assert seconds_of_a_failing_ring() < BREAKER_BOUND
