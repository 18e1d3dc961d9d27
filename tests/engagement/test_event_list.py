"""The event list: filters, paging, the file."""

import csv
import datetime as dt

import pytest

from accounts.roles import Role
from engagement.models import Channel, Event, Level, Status
from engagement.presenters.events import turnout_words
from engagement.queries.events import EventFilters, Turnout, filtered, turnouts
from stakeholders.models import Category
from tests.factories import accounts, engagement, plans, stakeholders

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    client.force_login(accounts.user(Role.REVIEWER))
    return client


def withdraw(event):
    Event.objects.filter(pk=event.pk).update(
        withdrawn_at=event.recorded_at, withdrawn_by=event.recorded_by, withdrawn_reason="Twice."
    )


def found(**asked):
    return set(filtered(Event.objects.all(), EventFilters(**asked)))


def test_each_filter_finds_its_events_and_no_others():
    plan, lmc = plans.plan(plans.footprint()), stakeholders.lmc(code="LMC999")
    wanted = engagement.event(
        plan, held_on=dt.date(2016, 5, 10), channel=Channel.SURVEY, level=Level.INVOLVE,
        status=Status.PLANNED, title="What surgeries need",
    )  # fmt: skip
    engagement.took_part(lmc, wanted)
    engagement.took_part(stakeholders.lmc(), wanted)
    other = engagement.event(plans.plan(plans.footprint()), held_on=dt.date(2016, 5, 9))
    engagement.took_part(stakeholders.practice(), other)

    assert found() == {wanted, other}
    for asked in (
        {"plan": plan.code}, {"since": dt.date(2016, 5, 10)}, {"channel": Channel.SURVEY},
        {"level": Level.INVOLVE}, {"status": Status.PLANNED}, {"organisation": "LMC999"},
        {"category": Category.LMC}, {"words": "SURGERIES"},
        {"since": dt.date(2016, 5, 10), "until": dt.date(2016, 5, 10), "plan": plan.code},
    ):  # fmt: skip
        assert found(**asked) == {wanted}, asked
    assert found(until=dt.date(2016, 5, 9)) == {other}
    assert found(words="nowhere to be found") == set()


def test_withdrawn_records_are_shown_only_where_they_are_asked_for():
    kept, gone = engagement.event(), engagement.event()
    withdraw(gone)

    assert found() == {kept}
    assert found(status="withdrawn") == {gone}


def test_each_organisation_counts_once_by_the_best_that_came_of_it():
    event, practice = engagement.event(), stakeholders.practice()
    engagement.took_part(practice, event, person=stakeholders.person())
    engagement.took_part(practice, event, person=stakeholders.person(), outcome="invited")
    engagement.took_part(stakeholders.practice(), event, outcome="no_show")
    engagement.took_part(stakeholders.practice(), event, outcome="informed")

    assert turnouts([event]) == {event.pk: Turnout(took_part=1, asked=1, told=1)}


@pytest.mark.parametrize(
    ("turnout", "words"),
    [
        (Turnout(), "0 organisations named"),
        (Turnout(took_part=1), "1 organisation took part"),
        (Turnout(told=1200), "1,200 organisations told"),
        (Turnout(took_part=12, asked=3, told=1), "12 organisations took part, 3 asked, 1 told"),
    ],
)
def test_the_turnout_in_words(turnout, words):
    assert turnout_words(turnout) == words


def test_the_pages_hold_every_event_once_newest_first(reader):
    author = accounts.user()
    for number in range(120):
        engagement.event(held_on=dt.date(2016, 1, 1) + dt.timedelta(number % 9), recorded_by=author)
    seen, url = [], "/events/"

    for _ in range(3):
        page = reader.get(url)
        seen += [row.event for row in page.context["rows"]]
        url = "/events/" + page.context["page"].next

    assert len(set(seen)) == 120
    assert seen == sorted(seen, key=lambda event: (event.held_on, event.pk), reverse=True)
    back = reader.get("/events/" + page.context["page"].previous)
    assert [row.event for row in back.context["rows"]] == seen[50:100]


@pytest.mark.parametrize("number", [2, 60])
def test_the_queries_are_as_many_however_long_the_list(reader, number, django_assert_num_queries):
    plan = plans.plan(plans.footprint())
    for _ in range(number):
        event = engagement.event(plan)
        engagement.took_part(stakeholders.practice(), event)

    with django_assert_num_queries(8):  # session, user, roles; plans, page, credits, turnout, count
        reader.get("/events/")
    with django_assert_num_queries(7):
        reader.get("/events.csv")


def test_late_logging_is_said(reader):
    recorded = dt.datetime(2016, 8, 2, 12, tzinfo=dt.UTC)
    engagement.event(held_on=dt.date(2016, 3, 30), recorded_at=recorded)

    assert "Logged 125 days later" in reader.get("/events/").text


def test_the_file_holds_the_filtered_list_and_runs_no_formula(reader):
    wanted = engagement.event(plans.plan(plans.footprint(name="Alpha")), title="=1+1")
    engagement.took_part(stakeholders.practice(), wanted)
    engagement.event(title="Another", channel=Channel.SURVEY)

    answer = reader.get("/events.csv", {"channel": "meeting"})
    header, row = csv.reader(answer.content.decode("utf-8-sig").splitlines())

    assert answer.headers["Content-Disposition"] == 'attachment; filename="events.csv"'
    assert dict(zip(header, row, strict=True)) == {
        "Date": "10 May 2016", "Event": "'=1+1", "Channel": "Meeting", "Level": "Consult",
        "Status": "Happened", "Plans": "Alpha plan", "Organisations that took part": "1",
        "Organisations asked": "0", "Organisations told": "0",
        "Logged by": wanted.recorded_by.name, "Logged on": "10 May 2016",
        "Days from event to record": "0",
    }  # fmt: skip


def test_a_file_that_was_cut_says_so(reader, monkeypatch):
    for module in ("ui.keyset", "engagement.presenters.events"):
        monkeypatch.setattr(f"{module}.COUNTED_UP_TO", 2)
    for _ in range(3):
        engagement.event()

    lines = reader.get("/events.csv").content.decode("utf-8-sig").splitlines()

    assert len(lines) == 4
    assert lines[-1].startswith("Not complete: only the newest 2 events")


def test_an_empty_list_says_what_to_do(reader, client):
    assert "As soon as a regional manager logs one" in reader.get("/events/").text
    assert "Clear a filter" in reader.get("/events/", {"q": "zzz"}).text
    client.force_login(plans.manager(plans.footprint()))
    assert "Log the first contact" in client.get("/events/").text


def test_a_plan_outside_the_scope_is_not_among_the_choices(client):
    ours, theirs = plans.plan(plans.footprint()), plans.plan(plans.footprint())
    client.force_login(plans.manager(ours.footprint))

    page = client.get("/events/", {"plan": theirs.code})

    assert "is not one of the choices" in page.text
    assert theirs.title not in page.text
    assert ours.title in page.text


@pytest.mark.parametrize(
    ("asked", "offered"), [("", False), ("?q=board", True), ("?level=x", True)]
)
def test_filters_are_cleared_only_where_some_are_set(reader, asked, offered):
    assert ("Clear filters" in reader.get(f"/events/{asked}").content.decode()) is offered
