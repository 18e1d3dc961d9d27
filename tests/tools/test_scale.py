"""The made-up country of the bench: as large and as uneven as it says, and the same each time."""

import datetime as dt
import json
import time
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import Count

from engagement.models import Event, EventPlan, Participation
from plans.membership import members
from plans.models import Plan
from stakeholders.models import Category, Organisation, Person
from tools.bench.scale import happenings, kept
from tools.bench.scale.build import write
from tools.bench.scale.sizes import SIZES, Size

TODAY = dt.date(2026, 11, 22)
SMALL = Size(name="tiny", events=300, years=3, written_to=30)


@pytest.mark.django_db
def test_the_country_is_as_large_and_as_uneven_as_it_says() -> None:
    write(SMALL, today=TODAY, say=str)
    with connection.cursor() as cursor:
        # As the bench does after building: else the tables count as empty as a moment ago.
        cursor.execute("ANALYZE")
    assert Organisation.objects.count() == 24_000
    assert Person.objects.count() == 45_000
    here = members(day=TODAY)
    assert len(here) == pytest.approx(54_500, rel=0.03)
    practices = Counter(one.footprint_id for one in here if one.category == Category.GP_PRACTICE)
    assert len(practices) == 200
    assert min(practices.values()) >= 1
    assert max(practices.values()) == pytest.approx(1_100, rel=0.15)

    assert Plan.objects.filter(closed_on__isnull=True).count() == 200
    assert Plan.objects.filter(closed_on__lt=TODAY).count() == 400
    outside = EventPlan.objects.exclude(
        held_on__range=(TODAY - dt.timedelta(days=365), TODAY)
    ).filter(plan__closed_on__isnull=True)
    assert not outside.exists()
    assert Event.objects.count() == 300
    assert not Event.objects.filter(recorded_at__date__gt=TODAY).exists()
    shared = Event.objects.annotate(plans=Count("credits")).filter(plans__gt=4)
    assert shared.exists()
    assert Participation.objects.count() == pytest.approx(300 * 14, rel=0.25)
    wrong = Participation.objects.exclude(held_on__in=Event.objects.values("held_on"))
    assert not wrong.exists()


@pytest.mark.django_db
def test_the_next_row_of_ours_takes_no_key_that_is_taken() -> None:
    write(SMALL, today=TODAY, say=str)
    last = Organisation.objects.latest("pk").pk
    assert Organisation.objects.create(code="NEW", name="New", category="other").pk > last


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_days_grow_denser_and_stay_within_the_years(size: Size) -> None:
    some = Size(name="few", events=2_000, years=size.years, written_to=1)
    days = list(happenings.days(some, TODAY))
    assert days == sorted(days)
    assert days[0] > TODAY - dt.timedelta(days=365 * size.years)
    assert days[-1] <= TODAY
    last_year = sum(day > TODAY - dt.timedelta(days=365) for day in days) / len(days)
    assert last_year == pytest.approx(1 if size.years == 1 else 0.19, abs=0.01)


@pytest.fixture
def mark(monkeypatch: pytest.MonkeyPatch) -> dict:
    """What is written down of a database that was built just now."""
    monkeypatch.setattr(kept, "generator", lambda: "g")
    monkeypatch.setattr(kept, "migrations", lambda: {"0001": "a", "0002": "b"})
    return {"generator": "g", "migrations": {"0001": "a", "0002": "b"}, "built_at": time.time()}


@pytest.mark.parametrize(
    ("changed", "is_true"),
    [
        ({}, True),
        ({"migrations": {"0001": "a"}}, True),
        ({"migrations": {"0001": "another"}}, False),
        ({"migrations": {"0001": "a", "0003": "gone"}}, False),
        ({"generator": "older"}, False),
        ({"built_at": time.time() - 29 * 86_400}, False),
    ],
    ids=["as it was", "newer migrations", "edited", "gone", "another generator", "old"],
)
def test_a_kept_database_is_used_while_it_is_still_true(mark, changed, is_true) -> None:
    assert kept._is_true(mark | changed) is is_true


def test_a_database_without_a_mark_is_built(tmp_path: Path) -> None:
    assert kept._read(tmp_path / "built.json") == {}
    assert not kept._is_true({})
    (tmp_path / "built.json").write_text(json.dumps({"generator": "g"}))
    assert kept._read(tmp_path / "built.json") == {"generator": "g"}
