"""The night compares the summary with the definition: what differs is named, and then mended."""

import datetime as dt

import pytest

from accounts.models import AuditEntry
from engagement.models import EventPlan, Reach
from jobs.models import JobRun, RowError
from plans.models import Plan
from readiness.actions import checking, nightly, sweep
from readiness.queries.assessments import NIGHTLY
from readiness.queries.summary import differences
from tests.readiness.country import NOW, TODAY, at, country

pytestmark = pytest.mark.django_db

TONIGHT = at(TODAY + dt.timedelta(1), hour=3)


@pytest.fixture
def heard(somewhere):
    somewhere.meeting(*somewhere.practices)
    nightly(now=NOW)
    return somewhere


def last_run() -> JobRun:
    return JobRun.objects.filter(kind=NIGHTLY).latest("pk")


def told() -> list[tuple[str, str, str, str]]:
    columns = ("sheet", "column", "value", "message")
    return list(RowError.objects.filter(run=last_run()).values_list(*columns))


def apart() -> list[object]:
    return differences(list(Plan.objects.values_list("pk", flat=True)), as_at=TONIGHT.date())


def other_day(here):
    Reach.objects.filter(organisation=here.practices[0]).update(last_heard=dt.date(2016, 4, 3))
    return str(here.practices[0]), "reach of", "last heard 3 April 2016", "last heard 1 July 2016"


def lost(here):
    Reach.objects.filter(organisation=here.practices[1]).delete()
    return str(here.practices[1]), "reach of", "said nothing", "first heard 1 July 2016"


def made_up(here):
    Reach.objects.create(plan=here.plan, organisation=here.lmc, last_told=TODAY)
    return str(here.lmc), "reach of", "last told 1 July 2016", "the record says nothing"


def miscounted(here):
    credit = EventPlan.objects.get()
    EventPlan.objects.filter(pk=credit.pk).update(own=7, told=1)
    return str(credit.event_id), "counts of event", "said own 7, told 1", "says own 5, told 0"


@pytest.mark.parametrize("tamper", [other_day, lost, made_up, miscounted])
def test_the_night_names_a_row_that_was_tampered_with_and_the_next_sweep_mends_it(heard, tamper):
    value, column, *words = tamper(heard)
    nightly(now=TONIGHT)
    assert last_run().counts["summary differences"] == 1
    ((sheet, named, who, message),) = told()
    assert (sheet, named, who) == (heard.plan.code, column, value)
    assert all(one in message for one in words)
    entry = AuditEntry.objects.get(verb="summary differed")
    assert entry.became["plans"] == [heard.plan.code]
    assert entry.object_key == str(last_run().pk)
    assert sweep(now=TONIGHT + dt.timedelta(seconds=20)).overtaken == 0
    assert apart() == []
    nightly(now=TONIGHT + dt.timedelta(1))
    assert last_run().counts["summary differences"] == 0
    assert told() == []


def test_a_night_without_a_difference_marks_nothing(heard):
    before = Plan.objects.get().change_no
    nightly(now=TONIGHT)
    assert last_run().counts["summary differences"] == 0
    assert last_run().skipped["summaries not compared"] == 0
    assert Plan.objects.get().change_no == before
    assert not AuditEntry.objects.filter(verb="summary differed").exists()


def test_of_many_differences_all_are_counted_and_marked_and_the_first_are_named(heard, monkeypatch):
    monkeypatch.setattr(checking, "NAMED_AT_MOST", 4)
    other = country(practices=3)
    other.meeting(*other.practices)
    nightly(now=TONIGHT)
    Reach.objects.update(last_heard=None)
    nightly(now=TONIGHT + dt.timedelta(1))
    assert last_run().counts["summary differences"] == 8
    assert [row.row for row in RowError.objects.filter(run=last_run())] == [1, 2, 3, 4]
    assert Reach.objects.filter(is_due=True).count() == 8


def test_what_a_writer_has_marked_is_no_difference(heard):
    """An event of this minute is not in the summary yet, and nobody need be told."""
    Reach.objects.update(last_heard=None, is_due=True)
    assert apart() == []
