"""Home by role."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.roles import Role
from engagement.actions.drafts import start_draft
from engagement.models import Status
from jobs.models import Heartbeat
from plans.models import Consultation
from readiness.actions import assess_plans
from stakeholders.models import RegisterFile
from tests.factories import accounts, engagement, plans, stakeholders
from tests.factories import consultations as made
from tests.readiness.country import NOW, TODAY, country
from tests.readiness.pages.conftest import assessed, signed_in, words


def test_home_of_a_manager_shows_each_plan_as_a_card(manager, place):
    page = words(manager.get("/"))

    assert "1 plan, " in page
    assert "<b>7 of 17</b> not met" in page
    assert "8 musts without data" in page
    assert "1 of 5 practices heard; 20% of patients" in page
    assert "Every LMC heard" in page
    assert "Submission on 21 October 2016, in 112 days" in page
    assert "Log engagement" in page


def test_home_says_whom_to_ring_first(place):
    silent = country()
    assessed(silent)
    client = signed_in(plans.manager(silent.plan.footprint))

    page = words(client.get("/"))

    assert f"<b>Ring {silent.lmc.name} first</b>: it has not been heard." in page
    assert f"1 LMC not heard: {silent.lmc.name}" in page
    assert page.index(f'value="{silent.lmc.code}"') < page.index(
        f'value="{silent.practices[0].code}"'
    )
    assert f"6,000 patients. Not heard in {silent.plan.footprint.name}" in page


def test_home_of_many_plans_shows_the_worst_six(place):
    many = [country(practices=1) for _ in range(8)]
    assessed(*many)
    client = signed_in(plans.manager(*[one.plan.footprint for one in many]))

    page = words(client.get("/"))

    assert page.count("wt-panel--bad") == 6
    assert "All 8 plans on the board, 2 of them not shown here" in page


def test_home_names_an_lmc_of_two_plans_once(place):
    silent = country()
    again = plans.plan(plans.footprint(silent.commissioner, name="Second"))
    assessed(silent)
    assess_plans(plan_ids=[again.pk], as_at=TODAY, now=NOW)
    client = signed_in(plans.manager(silent.plan.footprint, again.footprint))

    page = words(client.get("/"))

    assert page.count(f'value="{silent.lmc.code}"') == 1
    assert (
        f"{silent.plan.footprint.name} and Second" in page
        or f"Second and {silent.plan.footprint.name}" in page
    )


def test_home_shows_flags_planned_events_and_drafts(place):
    person = plans.manager(place.plan.footprint)
    engagement.event(
        place.plan,
        status=Status.PLANNED,
        held_on=TODAY + dt.timedelta(1),
        title="LMC liaison",
        recorded_at=NOW,
    )
    start_draft(by=person, now=NOW, plan_ids=[place.plan.pk])

    page = words(signed_in(person).get("/"))

    assert "Flags to act on" in page
    assert "GP breadth" in page
    assert "LMC liaison" in page
    assert "Tomorrow. Meeting, nobody invited yet" in page
    assert "Finish your draft" in page


def test_home_says_what_waits_in_the_consultations_of_the_managers_plans(manager, place):
    page = words(manager.get("/"))
    assert 'id="consultations"' not in page
    elsewhere = country()
    open_now = made.consultation(place.plan, title="Urgent care")
    made.waiting(open_now, "Nurses")
    made.response(open_now, "Cleared")
    quiet = made.consultation(place.plan, title="Quiet", lasts=10)
    left = made.consultation(
        place.plan, title="Beds", opened=90, lasts=30, themes=5, themes_answered=3
    )
    for unseen in (
        made.consultation(place.plan, opened=90, lasts=30, themes=5, themes_answered=5),
        made.consultation(place.plan, opened=-5),
        made.consultation(place.plan, dropped_on=TODAY, dropped_reason="Given up"),
        made.consultation(elsewhere.plan, opened=10),
    ):
        Consultation.objects.filter(pk=unseen.pk).update(title="Not here")

    section = words(manager.get("/")).split('id="consultations"')[1].split("</section>")[0]

    assert section.index("Quiet") < section.index("Urgent care") < section.index("Beds")
    assert "Last day 1 July 2016, today" in section
    assert "No response waits to be read" in section
    assert (
        f'href="{reverse("consultations:triage", args=[open_now.pk])}">Read 1 response<' in section
    )
    assert "Last day 2 August 2016, in 32 days" in section
    assert "Closed on 2 May 2016" in section
    assert f'href="/plans/{place.plan.code}/themes/">Answer 2 of 5 themes<' in section
    assert "Not here" not in section
    for one in (open_now, quiet, left):
        assert f'href="{reverse("consultations:consultation", args=[one.pk])}"' in section


def test_home_lists_six_consultations_and_says_how_many_more_there_are(manager, place):
    for number in range(8):
        made.consultation(place.plan, title=f"Number {number}")

    section = words(manager.get("/")).split('id="consultations"')[1].split("</section>")[0]

    assert section.count("Number ") == 6
    assert "among them 2 with work that is not shown here" in section


def test_home_when_nothing_is_wrong_says_what_is_next(place):
    place.plan.readiness_flags.all().delete()
    client = signed_in(plans.manager(place.plan.footprint))

    page = words(client.get("/"))

    assert "No flags to act on" in page
    assert "The next submission is on 21 October 2016." in page
    assert "Nothing is planned" in page


def test_home_of_a_manager_without_footprints_says_whom_to_ask(db):
    page = words(signed_in(plans.manager()).get("/"))

    assert "No footprints yet" in page
    assert "Log engagement</a>" not in page.split("<main")[1]


def test_home_of_a_manager_whose_plans_are_all_closed_leads_to_them(place):
    manager = plans.manager(place.plan.footprint)
    type(place.plan).objects.update(closed_on=dt.date(2016, 1, 31))

    page = words(signed_in(manager).get("/"))

    assert "Every plan of yours is closed" in page
    assert f'href="/plans/{place.plan.code}/"' in page.split("<main")[1]
    assert "0 plans" not in page
    assert "No footprints yet" not in page


def test_home_of_a_manager_who_reviews_too_shows_their_own_plans(place):
    country()
    person = plans.manager(place.plan.footprint)
    person.role_grants.create(role=Role.REVIEWER, valid_from=accounts.LONG_AGO)

    assert "1 plan, " in words(signed_in(person).get("/"))


def test_home_of_a_reviewer_is_the_board(reviewer):
    assert reviewer.get("/").headers["Location"] == reverse("readiness:board")


def test_home_of_a_lead_is_the_answer(lead):
    assert lead.get("/").headers["Location"] == reverse("engagement:consulted")


def test_home_of_an_administrator_shows_register_and_jobs(administrator):
    RegisterFile.objects.create(
        kind="practices", shape="epraccur", name="epraccur.csv", sha256="0" * 64,
        as_at=dt.date(2016, 2, 26), loaded_at=NOW,
    )  # fmt: skip
    Heartbeat.objects.create(name="worker", seen_at=NOW - dt.timedelta(seconds=20))

    page = words(administrator.get("/"))

    assert "epraccur.csv" in page
    assert "26 February 2016 (126 days ago)" in page
    assert "Working, seen 1 July 2016, 11:59am" in page
    assert "All counted" in page
    assert "No plan is open yet." in page
    assert "manage.py open_round" in page


@pytest.mark.parametrize(
    ("seen", "sentence"),
    [
        (None, "Never seen. Start it."),
        (dt.timedelta(minutes=3), "Not seen since 1 July 2016, 11:57am"),
    ],
)
def test_home_of_an_administrator_says_when_the_worker_is_gone(administrator, seen, sentence):
    if seen:
        Heartbeat.objects.create(name="worker", seen_at=NOW - seen)

    page = words(administrator.get("/"))

    assert sentence in page
    assert "No register file has been loaded" in page


def test_home_without_a_role_says_whom_to_ask(db):
    assert "You have no role yet" in words(signed_in(accounts.user()).get("/"))


@pytest.mark.parametrize("number", [1, 7])
def test_home_takes_as_many_queries_for_few_plans_as_for_many(
    place, django_assert_num_queries, number
):
    many = [country(practices=3) for _ in range(number)]
    assessed(*many)
    for one in many:
        engagement.event(one.plan, status=Status.PLANNED, held_on=TODAY, recorded_at=NOW)
        for days in (10, 90):
            made.waiting(made.consultation(one.plan, opened=days), "Nurses")
    client = signed_in(plans.manager(*[one.plan.footprint for one in many]))

    with django_assert_num_queries(17):
        client.get("/")


def test_home_escapes_what_people_typed(place):
    lmc = stakeholders.lmc(name="<b>LMC</b>")
    stakeholders.practice(place.commissioner, represented_by=lmc)
    assessed(place)

    page = signed_in(plans.manager(place.plan.footprint)).get("/").content.decode()

    assert "&lt;b&gt;LMC&lt;/b&gt;" in page
    assert "<b>LMC</b>" not in page
