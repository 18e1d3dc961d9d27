"""/healthz: whole is 200, anything missing is 503 and named."""

import datetime as dt

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from config import health
from jobs import actions
from plans.models import Plan
from tests.factories import plans

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker_was_seen() -> None:
    actions.seen(name="worker", now=timezone.now())


def test_whole_without_signing_in(client: Client, worker_was_seen: None) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {
        "ok": True, "database": True, "broker": True, "worker": True, "oldest_stale_plan": None,
    }  # fmt: skip


def test_no_worker_was_ever_seen(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["worker"] is False


def test_a_worker_not_seen_for_two_minutes_is_missing(client: Client) -> None:
    actions.seen(name="worker", now=timezone.now() - dt.timedelta(minutes=2))
    assert client.get("/healthz").status_code == 503


def test_the_oldest_stale_plan_is_told_in_seconds(client: Client, worker_was_seen: None) -> None:
    for minutes in (1, 10):
        plan = plans.plan(plans.footprint())
        changed = timezone.now() - dt.timedelta(minutes=minutes)
        Plan.objects.filter(pk=plan.pk).update(change_no=2, assessed_no=1, changed_at=changed)
    assert 600 <= client.get("/healthz").json()["oldest_stale_plan"] < 660


def test_a_broker_that_is_gone(
    client: Client, worker_was_seen: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(**_: object) -> None:
        raise OSError("no route")

    monkeypatch.setattr(health.app, "connection_for_write", gone)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["broker"] is False


def test_a_database_that_does_not_answer(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent() -> bool:
        raise DatabaseError("server closed the connection")

    monkeypatch.setattr(health, "_database_answers", silent)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["database"] is False
