"""Dates of the demonstration are counted from today, whatever day that is."""

import datetime as dt
import itertools

import pytest

from readiness.demonstration.calendar import neighbourhood_round, register_day, stp_round

DAYS = [
    dt.date(2026, 11, 22),
    dt.date(2028, 2, 29),
    dt.date(2026, 12, 31),
    dt.date(2027, 1, 1),
]


@pytest.mark.parametrize("today", DAYS)
def test_stp_submits_in_the_days_given_and_started_250_days_ago(today):
    days = stp_round(today, submission_in=39)
    assert (today - days.starts_on).days == 250
    assert (today - days.first_draft_on).days == 90
    assert (days.submission_on - today).days == 39


@pytest.mark.parametrize("today", DAYS)
def test_neighbourhood_plan_has_its_first_draft_ahead(today):
    days = neighbourhood_round(today, submission_in=100)
    assert days.starts_on < today < days.first_draft_on < days.submission_on


@pytest.mark.parametrize("today", DAYS)
@pytest.mark.parametrize("make", [stp_round, neighbourhood_round])
def test_stages_follow_each_other_from_start_to_submission(today, make):
    days = make(today, submission_in=60)
    stages = days.stages
    assert stages[0].starts_on == days.starts_on
    assert stages[-1].ends_on == days.submission_on
    for one, following in itertools.pairwise(stages):
        assert one.ends_on + dt.timedelta(days=1) == following.starts_on


@pytest.mark.parametrize("today", DAYS)
def test_register_began_well_before_any_plan(today):
    assert register_day(today) < today - dt.timedelta(days=365 * 6)
