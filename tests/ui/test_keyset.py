"""Paging by the last row seen."""

import datetime as dt

import pytest
from django.core.exceptions import BadRequest
from django.test import RequestFactory

from engagement.models import Event
from tests.factories import accounts, engagement
from ui import keyset

pytestmark = pytest.mark.django_db

DAY = dt.date(2016, 5, 10)


@pytest.fixture
def events(monkeypatch):
    """Seven events on three days; pages of three."""
    monkeypatch.setattr(keyset, "PAGE_SIZE", 3)
    author = accounts.user()
    days = (0, 0, 0, 1, 1, 2, 2)
    return [engagement.event(held_on=DAY + dt.timedelta(n), recorded_by=author) for n in days]


def page(query, *, descending=True):
    request = RequestFactory().get(f"/events/{query}")
    at = keyset.cursor(request, keyset.day_key)
    return keyset.page(Event.objects.all(), request, column="held_on", at=at, descending=descending)


@pytest.mark.parametrize("descending", [True, False])
def test_forwards_and_back_show_every_row_once(events, descending):
    order = events[::-1] if descending else events
    pages, query = [], "?plan=x"
    for _ in range(3):
        pages.append(page(query, descending=descending))
        query = pages[-1].next

    assert [row for one in pages for row in one.rows] == order
    assert pages[0].previous == pages[2].next == ""
    back = page(pages[2].previous, descending=descending)
    assert back.rows == pages[1].rows
    assert page(back.previous, descending=descending).rows == pages[0].rows


def test_the_rest_of_the_address_is_kept(events):
    first = page("?plan=x&q=a+b")

    assert first.next.startswith("?plan=x&q=a+b&after=")
    second = page(first.next)
    assert second.previous.count("before=") == 1
    assert "after=" not in second.previous


def test_past_either_end_is_the_page_at_that_end(events):
    assert page("?after=2000-01-01_1").rows == events[2::-1]
    assert page("?before=2999-01-01_1").rows == events[:3:-1]
    assert page("?before=2999-01-01_1").previous == ""


def test_an_empty_list_is_one_empty_page():
    nothing = page("?after=2016-05-10_1")

    assert (nothing.rows, nothing.previous, nothing.next) == ([], "", "")


@pytest.mark.parametrize("cursor", ["x", "_", "2016-05-10_", "2016-02-30_1", "2016-05-10_0x1"])
def test_a_cursor_that_is_none_is_refused(cursor):
    with pytest.raises(BadRequest):
        page(f"?after={cursor}")


@pytest.mark.parametrize("key", ["x" * 401, "a%00b", ""])
def test_a_name_that_cannot_be_one_is_refused(key):
    request = RequestFactory().get(f"/organisations/?after={key}_1")

    with pytest.raises(BadRequest):
        keyset.cursor(request, keyset.text_key)


def test_counting_stops_where_it_says(events, monkeypatch):
    monkeypatch.setattr(keyset, "COUNTED_UP_TO", 5)

    assert keyset.bounded_count(Event.objects.all()) == 6
    assert keyset.count_in_words(6, "event") == "more than 5 events"
    assert keyset.count_in_words(1, "event") == "1 event"
    assert keyset.count_in_words(2, "body", "bodies") == "2 bodies"
