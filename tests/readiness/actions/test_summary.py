"""The summary of reach says what the definition says, whatever happened and whoever writes."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from engagement.actions import mark_counts_due, withdraw_event
from engagement.models import Event, EventPlan, Reach, SummaryDay
from plans.models import Plan
from readiness.actions import assess_plans, summary
from readiness.actions.summary import refresh_summary
from readiness.models import CriterionResult
from readiness.queries.facts import facts_for
from readiness.queries.summary import differences
from stakeholders.models import RegisterFile, Relationship
from tests.factories import accounts
from tests.readiness.actions.upheaval import Upheaval
from tests.readiness.country import TODAY, at, country

TOMORROW = TODAY + dt.timedelta(1)
STATEMENTS = 9


def every_plan():
    return list(Plan.objects.values_list("pk", flat=True))


def refreshed(day=TODAY):
    return refresh_summary(plan_ids=every_plan(), as_at=day)


def agree(day):
    """The summary is whole, reads as the definition does, and the comparison finds nothing."""
    plan_ids = every_plan()
    assert refreshed(day) == set(plan_ids)
    from_summary = facts_for(plan_ids, as_at=day, summary=True)
    assert from_summary == facts_for(plan_ids, as_at=day)
    assert differences(plan_ids, as_at=day) == []
    return from_summary


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_a_hundred_things_happen_and_nothing_differs(seed):
    """Goal 12. The summary is refreshed at odd moments, so that marks pile up in between."""
    here = Upheaval(seed)
    for _ in range(100):
        here.happen()
        if here.dice.random() < 0.3:
            agree(here.today)
    facts = agree(here.today)
    agree(here.today + dt.timedelta(days=30))
    assert sum(len(one.contacts) for one in facts.values()) > 10
    assert Reach.objects.exclude(last_heard=None).count() > 10


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "number"), [("BATCH", 1), ("FEW", 0)])
def test_few_at_a_time_or_many_comes_to_the_same(monkeypatch, name, number):
    monkeypatch.setattr(summary, name, number)
    here = Upheaval(7)
    for _ in range(25):
        here.happen()
    agree(here.today)


def counted(event):
    return list(EventPlan.objects.filter(event=event).values_list("own", flat=True))


def withdraw(event):
    withdraw_event(by=accounts.user(), event_id=event.pk, reason="Wrong", now=at(TODAY))


@pytest.mark.django_db
def test_nothing_is_written_where_nothing_is_owed(somewhere, django_assert_num_queries):
    somewhere.meeting(*somewhere.practices)
    agree(TODAY)
    with django_assert_num_queries(1):
        assert refresh_summary(plan_ids=[somewhere.plan.pk], as_at=TODAY) == {somewhere.plan.pk}


@pytest.mark.django_db
def test_the_statements_are_as_many_for_one_event_as_for_forty(
    somewhere, django_assert_num_queries
):
    agree(TODAY)
    plan_ids = [somewhere.plan.pk]
    for events in (1, 40):
        for number in range(events):
            held = somewhere.meeting(*somewhere.practices[: number % 5 + 1])
        with django_assert_num_queries(STATEMENTS):
            refresh_summary(plan_ids=plan_ids, as_at=TODAY)
        withdraw(held)
        with django_assert_num_queries(STATEMENTS + 3):
            refresh_summary(plan_ids=plan_ids, as_at=TODAY)
    agree(TODAY)


@pytest.mark.django_db
def test_what_lies_ahead_comes_by_its_date(somewhere):
    ahead = at(TODAY, hour=9)
    somewhere.meeting(
        *somewhere.practices[:2], held_on=TOMORROW, status="planned", recorded_at=ahead
    )
    agree(TODAY)
    row = Reach.objects.first()
    assert (row.asked_ahead, row.changes_on, row.last_attempt) == (TOMORROW, TOMORROW, None)
    agree(TOMORROW)
    row.refresh_from_db()
    assert (row.asked_ahead, row.changes_on, row.last_attempt) == (None, None, TOMORROW)


@pytest.mark.django_db
def test_killed_once_the_day_has_come_it_still_knows_what_came(somewhere, monkeypatch):
    somewhere.meeting(
        *somewhere.practices, held_on=TOMORROW, status="planned", recorded_at=at(TODAY, hour=9)
    )
    agree(TODAY)
    works = summary._worked_off
    monkeypatch.setattr(summary, "_worked_off", interrupted)
    with pytest.raises(KeyboardInterrupt):
        refreshed(TOMORROW)
    monkeypatch.setattr(summary, "_worked_off", works)
    assert SummaryDay.objects.get().as_at == TOMORROW
    agree(TOMORROW)


def interrupted(*_):
    raise KeyboardInterrupt


@pytest.mark.django_db
def test_a_practice_that_moves_away_by_its_date_is_counted_no_more_from_that_day(somewhere):
    held = somewhere.meeting(*somewhere.practices)
    Relationship.objects.filter(source=somewhere.practices[0]).update(valid_to=TODAY)
    agree(TODAY)
    assert counted(held) == [5]
    agree(TOMORROW)
    assert counted(held) == [4]


@pytest.mark.django_db
def test_a_newer_register_moves_the_counts_of_days_gone_by(somewhere):
    held = somewhere.meeting(*somewhere.practices)
    agree(TODAY)
    week_ago = TODAY - dt.timedelta(7)
    Relationship.objects.filter(source=somewhere.practices[0]).update(valid_to=week_ago)
    RegisterFile.objects.create(
        kind="memberships", shape="-", name="f.csv", as_at=TODAY, loaded_at=at(TODAY)
    )
    agree(TODAY)
    assert counted(held) == [4]


@pytest.mark.django_db
def test_the_summary_answers_for_no_day_before_its_own(somewhere):
    somewhere.meeting(*somewhere.practices)
    agree(TOMORROW)
    assert refreshed(TODAY) == frozenset()
    assert SummaryDay.objects.get().as_at == TOMORROW
    tally = assess_plans(plan_ids=None, as_at=TODAY, now=at(TODAY))
    assert tally.stored == 1


@pytest.mark.django_db
def test_a_row_that_nothing_is_left_of_goes(somewhere):
    held = somewhere.meeting(*somewhere.practices)
    agree(TODAY)
    withdraw(held)
    agree(TODAY)
    assert not Reach.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["_count", "_work_out"])
def test_killed_half_way_it_leaves_what_tells_what_there_is_to_do(somewhere, monkeypatch, step):
    first = somewhere.meeting(*somewhere.practices)
    agree(TODAY)
    withdraw(first)
    second = somewhere.meeting(somewhere.lmc)
    works = getattr(summary, step)

    def is_killed(*given):
        works(*given)
        raise KeyboardInterrupt

    monkeypatch.setattr(summary, step, is_killed)
    with pytest.raises(KeyboardInterrupt):
        refreshed()
    assert counted(second) == [None]
    assert Reach.objects.filter(is_due=True).count() == len(somewhere.practices)
    monkeypatch.setattr(summary, step, works)
    agree(TODAY)


class Apart:
    """Work in a thread and a transaction of its own, which goes on when it is told to."""

    def __init__(self, work):
        self.reached, self.may_go_on = threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self._run, args=(work,))

    def __enter__(self):
        self.thread.start()
        assert self.reached.wait(20)
        return self

    def __exit__(self, *_):
        self.may_go_on.set()
        self.thread.join(20)
        assert not self.thread.is_alive()

    def _run(self, work):
        try:
            with transaction.atomic():
                work()
                self.pause()
        finally:
            self.reached.set()
            connection.close()

    def pause(self):
        self.reached.set()
        assert self.may_go_on.wait(20)


def several_connections():
    """SQLite has one writer at a time and none of what follows can come about on it."""
    return connection.features.has_select_for_update_skip_locked


@pytest.mark.django_db(transaction=True)
def test_a_plan_whose_event_a_writer_holds_is_not_read_from_the_summary():
    """It is uncounted, and the writer may yet give up: the definition says what stands now."""
    here, there = country(), country(practices=1)
    held = here.meeting(*here.practices)
    there.meeting(*there.practices)
    if several_connections():
        with Apart(lambda: mark_counts_due(event_id=held.pk)):
            assert refreshed() == {there.plan.pk}
            assess_plans(plan_ids=None, as_at=TODAY, now=at(TODAY))
    else:
        assess_plans(plan_ids=None, as_at=TODAY, now=at(TODAY))
    breadth = CriterionResult.objects.get(assessment__plan=here.plan, key="gp_breadth")
    assert breadth.figure == "5 of 5 practices; 100% of patients"
    withdraw(held)
    agree(TODAY)
    assert not facts_for([here.plan.pk], as_at=TODAY)[here.plan.pk].contacts


@pytest.mark.django_db(transaction=True)
def test_a_writer_who_comes_while_a_refresh_runs_waits_and_is_not_forgotten():
    here = country()
    held = here.meeting(*here.practices)
    if several_connections():
        with Apart(refreshed):
            writer = threading.Thread(target=closing, args=(lambda: withdraw(held),))
            writer.start()
            writer.join(0.3)
            assert writer.is_alive()
        writer.join(20)
    else:
        refreshed()
        withdraw(held)
    assert counted(held) == [None]
    assert Reach.objects.filter(is_due=True).count() == len(here.practices)
    agree(TODAY)


@pytest.mark.django_db(transaction=True)
def test_of_two_refreshes_at_once_one_does_the_work_and_the_other_does_not_wait():
    here = country()
    refreshed()
    here.meeting(*here.practices)
    if several_connections():
        with Apart(refreshed):
            assert refreshed() == frozenset()
    assert refreshed() == {here.plan.pk}
    agree(TODAY)


@pytest.mark.django_db(transaction=True)
def test_writers_and_refreshes_at_once_end_in_agreement():
    here = Upheaval(11)
    for _ in range(15):
        here.happen()
    events = list(Event.objects.filter(withdrawn_at=None))
    works = [lambda one=one: withdraw(one) for one in events[:6]]
    works += [lambda: refreshed(here.today)] * 6
    if several_connections():
        with ThreadPoolExecutor(6) as pool:
            list(pool.map(closing, works))
    else:
        for work in works:
            work()
    agree(here.today)


def closing(work):
    try:
        return work()
    finally:
        connection.close()
