"""The doorbell is best effort: it never raises, and it stops trying for a while."""

import pytest
from celery import current_app

from jobs import doorbell


@pytest.fixture(autouse=True)
def _listening(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DOORBELL_TASK = "readiness.tasks.sweep"
    monkeypatch.setattr(doorbell, "_silent_until", 0.0)


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    names: list[str] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, **_: names.append(name))
    return names


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A broker that takes nothing."""
    tries: list[str] = []

    def refuse(name: str, **_: object) -> None:
        tries.append(name)
        raise OSError("connection refused")

    monkeypatch.setattr(current_app, "send_task", refuse)
    return tries


def test_ring_asks_for_the_task_of_the_settings(published: list[str]) -> None:
    assert doorbell.ring()
    assert published == ["readiness.tasks.sweep"]


def test_ring_without_a_task_is_silent(settings, published: list[str]) -> None:
    settings.DOORBELL_TASK = ""
    assert not doorbell.ring()
    assert published == []


def test_a_broker_that_refuses_is_logged_and_left_alone_for_a_while(
    refused: list[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    clock = iter([100.0, 100.0, 101.0, 100.0 + doorbell.SILENCE, 131.0])
    monkeypatch.setattr(doorbell.time, "monotonic", lambda: next(clock))
    assert not doorbell.ring()
    assert not doorbell.ring()
    assert len(refused) == 1
    assert "did not take readiness.tasks.sweep" in caplog.text
    assert not doorbell.ring()
    assert len(refused) == 2
