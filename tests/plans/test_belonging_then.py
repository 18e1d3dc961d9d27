"""Who belonged on several days in the past, in one statement: what the one day's statement says."""

import datetime as dt

import pytest

from plans.membership import members
from plans.queries.belonging_then import members_by_day
from tests.factories import plans, stakeholders

pytestmark = pytest.mark.django_db


def test_several_days_at_once_are_what_each_of_them_is_alone(django_assert_num_queries):
    commissioners = [stakeholders.commissioner() for _ in range(2)]
    footprints = [plans.footprint(one) for one in commissioners]
    for ended in (None, dt.date(2016, 3, 31), dt.date(2016, 6, 30)):
        for one in commissioners:
            stakeholders.practice(one, closed_on=ended)
    days = [dt.date(2016, 3, 1), dt.date(2016, 4, 3), dt.date(2016, 9, 1)]
    wanted = {day: {one.pk for one in footprints[: number + 1]} for number, day in enumerate(days)}

    with django_assert_num_queries(1):
        found = members_by_day(wanted)

    alone = [
        (day, one.footprint_id, one.category, one.organisation_id)
        for day, ids in wanted.items()
        for one in members(day=day, footprint_ids=ids)
    ]
    assert sorted(found, key=str) == sorted(alone, key=str)
    assert len({day for day, *_ in found}) == len(days)
    with django_assert_num_queries(0):
        assert members_by_day({}) == []
