"""An organisation's page: the register's facts, its people and its ledger."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.roles import Role
from engagement.actions.asking import ask_about
from engagement.models import Event
from plans.models import Capacity
from stakeholders.models import RelationshipKind, Succession
from tests.factories import accounts, engagement, plans, stakeholders

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    lmc = stakeholders.lmc(name="Salford LMC", code="LMC901")
    ccg = stakeholders.commissioner(name="NHS Salford CCG")
    stakeholders.tie(ccg, RelationshipKind.REPRESENTED_BY, lmc)
    practice = stakeholders.practice(ccg, name="Castle Surgery", code="P00001", patients=8400)
    plan = plans.plan(plans.footprint(ccg, name="Alpha"))
    return {"lmc": lmc, "ccg": ccg, "practice": practice, "plan": plan}


def page_for(client, user, code):
    client.force_login(user)
    answer = client.get(f"/organisations/{code}/")
    assert answer.status_code == 200
    return answer


def facts(client, code):
    rows = page_for(client, accounts.user(Role.REVIEWER), code).context["rows"]
    return {row.key: str(row.value) for row in rows}


def test_the_facts_of_a_practice(client, area):
    found = facts(client, "p00001")

    assert found["Kind"] == "GP practice"
    assert found["Open"] == "Since 1 April 2013"
    assert found["Registered patients"] == "8,400 on 1 April 2013"
    assert "NHS Salford CCG" in found["Commissioned by"]
    assert "Salford LMC" in found["Represented by"]
    page = page_for(client, accounts.user(Role.REVIEWER), "P00001").text
    assert "Alpha" in page


def test_closing_opening_again_and_succession(client, area):
    old = stakeholders.commissioner(name="Old CCG", code="OLD1", closed_on=dt.date(2015, 3, 31))
    old.open_periods.create(valid_from=dt.date(2016, 1, 1))
    Succession.objects.create(
        predecessor=old, successor=area["ccg"], happened_on=dt.date(2015, 4, 1)
    )

    assert facts(client, "OLD1")["Open"] == (
        "1 April 2013 to 31 March 2015, and since 1 January 2016"
    )
    assert "Followed by" in facts(client, "OLD1")["Succession"]
    assert "Took over from" in facts(client, area["ccg"].code)["Succession"]


def test_an_lmc_lists_the_practices_it_speaks_for(client, area):
    page = page_for(client, accounts.user(Role.REVIEWER), "LMC901").text

    assert "1 practice" in page
    assert "/organisations/P00001/" in page


def test_names_and_contact_details_by_reader(client, area):
    somebody = stakeholders.person("Dr Ashworth", at=area["lmc"], title="Chair")
    somebody.email = "ashworth@example.org"
    somebody.save()
    sees = {}
    for who, user in {
        "manager": plans.manager(area["plan"].footprint),
        "elsewhere": plans.manager(plans.footprint()),
        "reviewer": accounts.user(Role.REVIEWER),
        "lead": stakeholders.representative(area["lmc"]),
        "practice": stakeholders.representative(area["practice"]),
        "administrator": accounts.user(Role.ADMINISTRATOR),
    }.items():
        page = page_for(client, user, "LMC901").text
        sees[who] = ("Dr Ashworth" in page, "ashworth@example.org" in page)

    assert sees == {
        "manager": (True, True),
        "elsewhere": (False, False),
        "reviewer": (True, False),
        "lead": (True, True),
        "practice": (False, False),
        "administrator": (True, False),
    }


def ledger(client, user, code="LMC901"):
    return page_for(client, user, code).context["ledger"]


def test_the_ledger_says_what_counted_and_why_newest_first(client, area):
    first = engagement.event(area["plan"], held_on=dt.date(2016, 3, 1), title="Programme board")
    second = engagement.event(area["plan"], held_on=dt.date(2016, 5, 1), title="Liaison")
    engagement.took_part(area["lmc"], first, capacity=Capacity.COMMISSIONER)
    engagement.took_part(
        area["lmc"], second, capacity=Capacity.REPRESENTATIVE,
        person=stakeholders.person("Dr Ashworth"),
    )  # fmt: skip

    newest, oldest = ledger(client, accounts.user(Role.REVIEWER))

    assert (newest.title, newest.counts.word) == ("Liaison", "Heard")
    assert newest.sentence.startswith("Dr Ashworth attended as representative body.")
    assert newest.note.startswith("Counts as heard. For Alpha plan. Logged by")
    assert (oldest.title, oldest.counts.word) == ("Programme board", "By proxy")
    assert "Does not count: spoke as commissioner" in oldest.note


def test_an_event_of_another_area_cannot_count_there(client, area):
    event = engagement.event(plans.plan(plans.footprint(name="Beta")))
    engagement.took_part(area["lmc"], event)

    [entry] = ledger(client, accounts.user(Role.REVIEWER))

    assert "Not counted for Beta plan: outside that area today." in entry.note


def test_the_ledger_shows_what_the_reader_may_see(client, area):
    event = engagement.event(area["plan"])
    engagement.took_part(area["lmc"], event)

    assert len(ledger(client, plans.manager(area["plan"].footprint))) == 1
    assert ledger(client, plans.manager(plans.footprint())) == []
    assert len(ledger(client, stakeholders.representative(area["lmc"]))) == 1
    assert ledger(client, stakeholders.representative(area["practice"])) == []
    administrator = page_for(client, accounts.user(Role.ADMINISTRATOR), "LMC901")
    assert "ledger" not in administrator.context
    assert "Events are shown to regional managers" in administrator.text


def test_withdrawn_records_stay_in_the_ledger_and_say_so(client, area):
    event = engagement.event(area["plan"])
    engagement.took_part(area["lmc"], event)
    Event.objects.update(
        withdrawn_at=event.recorded_at, withdrawn_by=event.recorded_by, withdrawn_reason="Twice."
    )

    assert ledger(client, accounts.user(Role.REVIEWER))[0].counts.word == "Withdrawn"


def test_an_empty_ledger_says_what_to_do(client, area):
    page = page_for(client, accounts.user(Role.REVIEWER), "LMC901").text

    assert "No record of engagement" in page
    assert "log it: the ledger shows it here" in page


@pytest.mark.parametrize("number", [1, 60])
def test_the_queries_are_as_many_however_long_the_ledger(
    client, area, number, django_assert_num_queries
):
    for _ in range(number):
        event = engagement.event(area["plan"])
        engagement.took_part(area["lmc"], event, person=stakeholders.person(at=area["lmc"]))
        stakeholders.practice(area["ccg"])
    client.force_login(accounts.user(Role.REVIEWER))

    with django_assert_num_queries(20):  # one of them for what waits for its answer
        client.get("/organisations/LMC901/")


def test_the_ledger_says_which_records_wait_for_an_answer(client, area):
    manager = plans.manager(area["plan"].footprint)
    for title in ("Asked about", "Logged before we asked"):
        event = engagement.event(area["plan"], title=title, recorded_by=manager)
        engagement.took_part(area["lmc"], event)
        if title == "Asked about":
            ask_about(event=event, by=manager, now=timezone.now())

    page = page_for(client, manager, "LMC901").text

    assert page.count("Asked whether it is right, no answer.") == 1
