"""The directory: search, filters, paging."""

import datetime as dt

import pytest

from accounts.roles import Role
from stakeholders.models import Category
from stakeholders.queries.directory import DirectoryFilters, directory
from tests.factories import accounts, stakeholders

pytestmark = pytest.mark.django_db

TODAY = dt.date(2016, 9, 12)


@pytest.fixture
def castle():
    return stakeholders.practice(
        name="Castle Street Surgery", code="P84001", postcode="M5 3AB", patients=None
    )


@pytest.fixture
def reader(client):
    client.force_login(accounts.user(Role.REVIEWER))
    return client


def found(**asked):
    return list(directory(DirectoryFilters(**asked), today=TODAY))


@pytest.mark.parametrize(
    "words", ["castle surg", "CASTLE", "surgery castle", "p84", "m5 3ab", "Cástle", "castle,street"]
)
def test_each_word_is_looked_up_by_its_beginning(castle, words):
    stakeholders.practice(name="Newcastle Road Practice", code="P84999x", patients=None)

    assert castle in found(words=words)


@pytest.mark.parametrize("words", ["astle", "castle nowhere", "%", "_", "健康", "surgeryx"])
def test_what_begins_no_word_is_not_found(castle, words):
    assert found(words=words) == []


def test_category_and_state_narrow_the_list(castle):
    closed = stakeholders.lmc(closed_on=dt.date(2016, 9, 11))
    last_day = stakeholders.lmc(closed_on=TODAY)

    assert found(category=Category.LMC, state="closed") == [closed]
    assert found(category=Category.LMC, state="open") == [last_day]
    assert set(found(state="open")) == {castle, last_day}


def test_whoever_closed_and_opened_again_is_listed_once_and_open(castle):
    castle.open_periods.update(valid_to=dt.date(2014, 1, 1))
    castle.open_periods.create(valid_from=dt.date(2015, 1, 1))

    assert found() == [castle]
    assert found()[0].is_open


def test_the_pages_hold_everybody_once_in_the_order_of_names(reader):
    for number in range(120):
        stakeholders.organisation(name=f"Body {number % 7:03d}", code=f"B{number:04d}")
    seen, url = [], "/organisations/"

    for _ in range(3):
        page = reader.get(url)
        seen += [entry.code for entry in page.context["entries"]]
        url = "/organisations/" + page.context["page"].next

    assert len(seen) == len(set(seen)) == 120
    assert page.context["page"].next == ""
    back = reader.get("/organisations/" + page.context["page"].previous)
    assert [entry.code for entry in back.context["entries"]] == seen[50:100]


@pytest.mark.parametrize("number", [3, 60])
def test_the_queries_are_as_many_however_long_the_list(reader, number, django_assert_num_queries):
    for _ in range(number):
        stakeholders.practice()

    with django_assert_num_queries(5):  # session, user, roles, page, count
        reader.get("/organisations/")


def test_an_empty_search_says_what_to_do(reader, castle):
    page = reader.get("/organisations/", {"q": "nowhere"}).text

    assert "No organisation found" in page
    assert "try fewer letters" in page
    assert 'value="nowhere"' in page


def test_invented_organisations_are_marked(reader, castle):
    type(castle).objects.update(is_synthetic=True)

    assert "GP practice, invented" in reader.get("/organisations/").text


@pytest.mark.parametrize(("asked", "offered"), [("", False), ("?q=castle", True)])
def test_filters_are_cleared_only_where_some_are_set(reader, castle, asked, offered):
    assert ("Clear filters" in reader.get(f"/organisations/{asked}").content.decode()) is offered
