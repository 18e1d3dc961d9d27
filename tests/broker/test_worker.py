"""A real worker process over the real broker, on the database of this test."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db.models import F

from config.celery import app
from jobs import actions, doorbell
from plans.models import Plan
from readiness import actions as readiness
from readiness.models import Assessment
from tests.factories import plans
from tests.worker import running_worker, until, worker_environment
from tools.supervisor import end_with_parent

pytestmark = [pytest.mark.broker, pytest.mark.django_db(transaction=True)]
SOON = 20.0
A_ROUND = 45.0
"""Seconds in which the schedule has come round: it sweeps every 20."""


@pytest.fixture(autouse=True)
def _empty_queue() -> Iterator[None]:
    """No message of one test reaches the next."""
    yield
    app.control.purge()


@pytest.fixture
def stale_plan() -> Plan:
    readiness.ensure_policies()  # emptied with the rest after each of these tests
    return plans.plan(plans.footprint())


@pytest.fixture
def scheduler() -> Iterator[None]:
    command = [sys.executable, "-m", "celery", "--app", "config", "beat", "--loglevel", "WARNING"]
    process = subprocess.Popen(
        command, env=worker_environment(), cwd=settings.BASE_DIR, preexec_fn=end_with_parent
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(10)


def is_assessed(plan: Plan) -> bool:
    return Plan.objects.filter(pk=plan.pk, assessed_no=F("change_no")).exists()


def test_the_doorbell_has_a_stale_plan_assessed_within_seconds(stale_plan: Plan) -> None:
    with running_worker():
        assert doorbell.ring()
        until(lambda: is_assessed(stale_plan), limit=SOON)
    assert Assessment.objects.filter(plan=stale_plan).count() == 1


def test_a_message_delivered_five_times_to_two_workers_has_the_effect_of_one(
    stale_plan: Plan,
) -> None:
    with running_worker("--hostname", "one"), running_worker("--hostname", "two"):
        for _ in range(5):
            assert doorbell.ring()
        until(lambda: is_assessed(stale_plan), limit=SOON)
    assert Assessment.objects.filter(plan=stale_plan).count() == 1


def test_a_message_sent_while_no_worker_was_there_is_done_when_one_comes(stale_plan: Plan) -> None:
    assert doorbell.ring()
    with running_worker():
        until(lambda: is_assessed(stale_plan), limit=SOON)


def test_a_lost_message_is_made_good_by_the_schedule(stale_plan: Plan, scheduler: None) -> None:
    with running_worker():
        until(lambda: is_assessed(stale_plan), limit=A_ROUND)


def test_a_worker_that_is_told_to_stop_stops(stale_plan: Plan) -> None:
    with running_worker() as worker:
        pass
    assert worker.returncode == 0


def test_a_slot_asked_for_by_two_schedulers_at_once_runs_once() -> None:
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connection
    from django.utils import timezone

    now = timezone.now()

    def ask(_: int) -> bool:
        try:
            return bool(actions.begin_slot(kind="night", slot="1", title="Night", now=now))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as several:
        assert sum(several.map(ask, range(16))) == 1
