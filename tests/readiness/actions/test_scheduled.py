"""The sweep and the night: nothing depends on a message, nothing is done twice."""

import datetime as dt

import pytest

from jobs.models import JobRun, RunState
from plans.actions import mark_changed
from plans.models import Plan
from readiness import tasks
from readiness.actions import nightly, scheduled, sweep
from readiness.models import Assessment, Flag
from readiness.queries.assessments import NIGHTLY, nightly_slot
from tests.readiness.country import NOW, TODAY, at, country

TONIGHT = at(TODAY + dt.timedelta(1), hour=3)


def runs():
    return list(JobRun.objects.filter(kind=NIGHTLY).values_list("slot", "state").order_by("pk"))


@pytest.mark.parametrize(
    ("moment", "slot"),
    [
        (dt.datetime(2016, 7, 1, 2, 15), "2016-07-01"),
        (dt.datetime(2016, 7, 1, 2, 14), "2016-06-30"),
        (dt.datetime(2016, 7, 1, 23, 59), "2016-07-01"),
        (dt.datetime(2016, 7, 1, 0, 0), "2016-06-30"),
    ],
)
def test_the_slot_of_a_moment_is_the_newest_that_is_due(moment, slot):
    assert nightly_slot(moment) == slot


def test_nightly_assesses_every_plan_once_in_its_slot(somewhere):
    tally = nightly(now=NOW)
    assert tally.stored == 1
    assert nightly(now=NOW) is None
    assert runs() == [("2016-07-01", RunState.DONE)]
    assert JobRun.objects.get().counts["stored"] == 1
    assert Assessment.objects.count() == 1


def test_each_night_has_a_slot_of_its_own(somewhere):
    nightly(now=NOW)
    nightly(now=TONIGHT)
    assert [slot for slot, _ in runs()] == ["2016-07-01", "2016-07-02"]


def test_the_sweep_makes_a_missed_night_good_and_only_once(somewhere):
    sweep(now=NOW)
    assert runs() == [("2016-07-01", RunState.DONE)]
    sweep(now=NOW + dt.timedelta(seconds=20))
    assert Assessment.objects.count() == 1
    week = NOW + dt.timedelta(days=7)
    sweep(now=week)
    assert [slot for slot, _ in runs()] == ["2016-07-01", "2016-07-08"]
    assert Assessment.objects.get(is_current=True).as_at == week.date()


def test_the_sweep_assesses_only_what_was_written_to(somewhere):
    other = country(practices=1)
    sweep(now=NOW)
    mark_changed(plan_ids=[other.plan.pk], now=NOW)
    other.meeting(*other.practices)
    assert sweep(now=NOW).stored == 1
    assert Assessment.objects.filter(plan=other.plan).count() == 2
    assert Assessment.objects.filter(plan=somewhere.plan).count() == 1


def test_the_sweep_finds_a_plan_by_its_mark_alone(somewhere):
    sweep(now=NOW)
    Plan.objects.update(change_no=7)
    sweep(now=NOW)
    assert Plan.objects.get().assessed_no == 7


def test_the_sweep_with_nothing_to_do_asks_five_questions(somewhere, django_assert_num_queries):
    sweep(now=NOW)
    with django_assert_num_queries(5):
        sweep(now=NOW)


def test_a_night_that_fails_is_taken_up_again_and_says_why(somewhere, monkeypatch):
    def breaks(**_):
        raise OSError("the disk is full")

    works = scheduled.assess_plans
    monkeypatch.setattr(scheduled, "assess_plans", breaks)
    with pytest.raises(OSError, match="the disk is full"):
        sweep(now=NOW)
    assert JobRun.objects.get().message == "OSError: the disk is full"
    monkeypatch.setattr(scheduled, "assess_plans", works)
    sweep(now=NOW + dt.timedelta(seconds=20))
    assert runs() == [("2016-07-01", RunState.DONE)]
    assert Assessment.objects.count() == 1


def test_a_night_that_fails_three_times_waits_for_a_person_and_holds_up_no_sweep(
    somewhere, monkeypatch
):
    works = scheduled.assess_plans

    def breaks(**_):
        raise OSError("the disk is full")

    for number in range(3):
        monkeypatch.setattr(scheduled, "assess_plans", breaks)
        with pytest.raises(OSError, match="full"):
            sweep(now=NOW + dt.timedelta(seconds=20 * number))
    monkeypatch.setattr(scheduled, "assess_plans", works)
    assert sweep(now=NOW + dt.timedelta(minutes=2)).stored == 1
    assert runs() == [("2016-07-01", RunState.QUARANTINED)]


def test_the_night_leaves_closed_plans_alone_once_their_flags_are_cleared(somewhere):
    nightly(now=NOW)
    Plan.objects.update(closed_on=TODAY)
    nightly(now=TONIGHT)
    assert not Flag.objects.filter(cleared_at=None).exists()
    nightly(now=TONIGHT + dt.timedelta(1))
    assert Assessment.objects.count() == 2


def test_tasks_run_twice_have_one_effect(somewhere):
    for _ in range(2):
        tasks.sweep.delay()
        tasks.nightly.delay()
        tasks.assess.delay(somewhere.plan.pk)
    assert Assessment.objects.count() == 1
    assert JobRun.objects.filter(kind=NIGHTLY, state=RunState.DONE).count() == 1


def test_the_task_of_one_plan_assesses_that_plan(somewhere):
    country(practices=1)
    tasks.assess.delay(somewhere.plan.pk)
    assert Assessment.objects.get().plan == somewhere.plan
    tasks.assess.delay(10**9)
