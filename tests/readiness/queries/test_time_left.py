"""How many working days a version shown on the day would leave before the submission."""

import datetime as dt

import pytest

from readiness.queries.facts import facts_for
from tests.factories import plans

pytestmark = pytest.mark.django_db

FRIDAY = dt.date(2016, 10, 21)


@pytest.mark.parametrize(
    ("days_before", "left"),
    [(15, 11), (14, 10), (13, 10), (1, 1), (0, 0), (-1, 0)],
    ids=["above ten", "ten", "a weekend begins", "the eve", "the day", "over"],
)
def test_the_time_left_is_counted_as_for_a_version_shown_today(days_before, left):
    plan = plans.plan(plans.footprint(), submission_on=FRIDAY)
    as_at = FRIDAY - dt.timedelta(days=days_before)
    assert facts_for([plan.pk], as_at=as_at)[plan.pk].papers.working_days_left == left
