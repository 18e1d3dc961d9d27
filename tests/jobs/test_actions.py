"""Runs: taken by one worker at a time, tried three times, once for each slot."""

import datetime as dt

import pytest
from django.utils import timezone

from jobs import actions, doorbell, queries
from jobs.models import JobRun, RunState
from tests.factories import accounts

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(minutes=5)


def queued(**more) -> JobRun:
    return actions.queue(kind="count", title="Counting", by=None, now=NOW, **more)


def state_of(run: JobRun) -> str:
    return JobRun.objects.get(pk=run.pk).state


def test_queue_keeps_who_asked_and_sends_the_task_after_the_commit(
    settings, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    settings.JOB_TASKS = {"count": "somewhere.tasks.count"}
    sent = []
    monkeypatch.setattr(doorbell, "send", lambda *words: sent.append(words))
    person = accounts.user(name="Ann Admin")
    with django_capture_on_commit_callbacks(execute=True):
        run = actions.queue(kind="count", title="Counting", by=person, now=NOW, arguments={"a": 1})
        assert sent == []
    assert sent == [("somewhere.tasks.count", run.pk)]
    assert (run.requested_by, run.owner_key) == ("Ann Admin", str(person.pk))
    assert run.arguments == {"a": 1}


def test_start_gives_a_run_to_one_worker_only() -> None:
    run = queued()
    first = actions.start(run_id=run.pk, now=NOW)
    assert first is not None
    assert (first.state, first.attempts, first.started_at) == (RunState.RUNNING, 1, NOW)
    assert actions.start(run_id=run.pk, now=NOW) is None


def test_start_takes_up_a_run_whose_worker_has_gone_quiet() -> None:
    run = queued()
    actions.start(run_id=run.pk, now=NOW)
    actions.advance(run_id=run.pk, done=3, total=9, now=NOW + dt.timedelta(minutes=1))
    assert actions.start(run_id=run.pk, now=NOW + dt.timedelta(minutes=3)) is None
    again = actions.start(run_id=run.pk, now=NOW + dt.timedelta(minutes=3, seconds=1))
    assert again is not None
    assert (again.attempts, again.progress_done) == (2, 0)


def test_start_sets_a_run_aside_whose_worker_stopped_three_times() -> None:
    run = queued()
    for minutes in (0, 5, 10):
        assert actions.start(run_id=run.pk, now=NOW + dt.timedelta(minutes=minutes))
    assert actions.start(run_id=run.pk, now=NOW + dt.timedelta(minutes=15)) is None
    run.refresh_from_db()
    assert run.state == RunState.QUARANTINED
    assert run.message == "Its worker stopped each time before the work was done."


def test_start_of_an_unknown_run_is_nothing() -> None:
    assert actions.start(run_id=1, now=NOW) is None


def test_advance_is_kept_within_the_total_and_refused_once_ended() -> None:
    run = queued()
    actions.start(run_id=run.pk, now=NOW)
    assert actions.advance(run_id=run.pk, done=12, total=9, now=LATER)
    run.refresh_from_db()
    assert (run.progress_done, run.progress_total, run.alive_at) == (9, 9, LATER)
    assert actions.finish(run_id=run.pk, now=LATER)
    assert not actions.advance(run_id=run.pk, done=1, total=9, now=LATER)


def test_finish_keeps_counts_and_what_was_left_out() -> None:
    run = queued()
    actions.start(run_id=run.pk, now=NOW)
    actions.finish(run_id=run.pk, now=LATER, counts={"added": 3}, skipped={"closed": 2})
    run.refresh_from_db()
    assert (run.state, run.finished_at) == (RunState.DONE, LATER)
    assert (run.counts, run.skipped) == ({"added": 3}, {"closed": 2})


def test_finish_by_a_worker_that_lost_its_run_changes_nothing() -> None:
    run = queued()
    assert not actions.finish(run_id=run.pk, now=LATER)
    assert state_of(run) == RunState.QUEUED


def test_fail_is_tried_again_twice_and_then_set_aside_with_its_reason() -> None:
    run = queued()
    seen = []
    for _ in range(3):
        actions.start(run_id=run.pk, now=NOW)
        actions.fail(run_id=run.pk, reason="The file is locked.", now=LATER)
        seen.append(state_of(run))
    assert seen == [RunState.QUEUED, RunState.QUEUED, RunState.QUARANTINED]
    assert actions.start(run_id=run.pk, now=LATER) is None
    run.refresh_from_db()
    assert run.message == "The file is locked."


def test_fail_for_good_is_not_tried_again() -> None:
    run = queued()
    actions.start(run_id=run.pk, now=NOW)
    actions.fail(run_id=run.pk, reason="Row 3 has no code.", now=LATER, again=False)
    assert state_of(run) == RunState.FAILED
    assert actions.start(run_id=run.pk, now=LATER) is None


def test_a_slot_runs_once_however_often_it_is_asked_for() -> None:
    first = actions.begin_slot(kind="nightly", slot="2026-11-22", title="Nightly", now=NOW)
    assert first is not None
    assert actions.begin_slot(kind="nightly", slot="2026-11-22", title="Nightly", now=NOW) is None
    actions.finish(run_id=first.pk, now=LATER)
    assert actions.begin_slot(kind="nightly", slot="2026-11-22", title="Nightly", now=LATER) is None
    assert actions.begin_slot(kind="nightly", slot="2026-11-23", title="Nightly", now=LATER)
    assert JobRun.objects.count() == 2


def test_row_errors_are_cut_to_fit_and_keep_no_nul() -> None:
    run = queued()
    problem = actions.RowProblem(row=7, message="m" * 400, column="c" * 90, value="a\0" + "v" * 99)
    assert actions.record_row_errors(run_id=run.pk, problems=[problem]) == 1
    kept = queries.row_errors(run).get()
    assert (kept.row, len(kept.message), len(kept.column), len(kept.value)) == (7, 300, 60, 80)
    assert "\0" not in kept.value


def test_heartbeat_says_alive_and_sends_lost_messages_again(settings, monkeypatch) -> None:
    from jobs import tasks

    settings.JOB_TASKS = {"count": "somewhere.tasks.count"}
    now = timezone.now()
    sent = []
    monkeypatch.setattr(doorbell, "send", lambda *words: sent.append(words))
    lost = actions.queue(kind="count", title="a", by=None, now=now - dt.timedelta(minutes=1))
    abandoned = actions.queue(kind="count", title="b", by=None, now=now - dt.timedelta(minutes=9))
    actions.start(run_id=abandoned.pk, now=now - dt.timedelta(minutes=9))
    busy = actions.queue(kind="count", title="c", by=None, now=now - dt.timedelta(minutes=9))
    actions.start(run_id=busy.pk, now=now)
    actions.queue(kind="count", title="d", by=None, now=now)
    actions.queue(kind="of nobody", title="e", by=None, now=now - dt.timedelta(minutes=9))
    tasks.heartbeat()
    assert sent == [("somewhere.tasks.count", lost.pk), ("somewhere.tasks.count", abandoned.pk)]
    seen = queries.last_seen("worker")
    assert seen is not None
    assert seen >= now
