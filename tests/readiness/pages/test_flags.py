"""Open flags: most urgent first, each with the step that clears it."""

import datetime as dt

import pytest
from django.urls import reverse

from plans.models import PlanType
from readiness.actions import assess_plans
from readiness.models import Flag
from readiness.presenters.flags import next_step
from tests.factories import plans
from tests.readiness.country import NOW, TODAY, country
from tests.readiness.pages.conftest import assessed, signed_in, words

FLAGS = "/flags/"


def test_flags_say_what_where_since_when_and_what_next(manager, place):
    page = words(manager.get(FLAGS))

    assert "open flags. None is urgent yet." in page
    assert "GP breadth" in page
    assert "1 of 5 practices; 20% of patients" in page
    assert "Open since 1 July 2016" in page
    assert "21 October 2016, in 112 days" in page
    assert (
        f'<a href="{reverse("readiness:missing", args=[place.plan.code])}">Open the missing list'
        in page
    )


def test_flags_the_most_urgent_come_first(reviewer, place):
    near = country()
    near.plan.submission_on = TODAY + dt.timedelta(10)
    near.plan.save()
    assessed(near)

    page = words(reviewer.get(FLAGS))

    assert "of them urgent." in page
    assert page.index(near.plan.footprint.name + "</a>") < page.index(
        place.plan.footprint.name + "</a>"
    )


@pytest.mark.parametrize(
    ("query", "shown"), [("severity=notice", True), ("severity=urgent", False)]
)
def test_flags_filter_by_severity(manager, place, query, shown):
    page = words(manager.get(f"{FLAGS}?{query}"))

    assert ("1 of 5 practices" in page) is shown
    assert ("No flag fits these filters" in page) is not shown


def test_flags_filter_by_plan(reviewer, place):
    other = country()
    assessed(other)

    page = words(reviewer.get(f"{FLAGS}?plan={other.plan.code}"))

    assert f'href="{reverse("readiness:dossier", args=[other.plan.code])}"' in page
    assert f'href="{reverse("readiness:dossier", args=[place.plan.code])}"' not in page


def test_flags_filter_as_the_board_does(reviewer, place):
    region, other = plans.region("North"), country()
    other.plan.footprint.regions.create(region=region, valid_from=plans.LONG_AGO)
    other.plan.plan_type = PlanType.NHP_2026
    other.plan.save()
    assess_plans(plan_ids=None, as_at=TODAY, now=NOW)
    own, theirs = (
        f'href="{reverse("readiness:dossier", args=[one.plan.code])}"' for one in (place, other)
    )

    for query in ("type=nhp_2026", f"region={region.code}"):
        page = words(reviewer.get(f"{FLAGS}?{query}"))
        assert theirs in page
        assert own not in page


def test_flags_of_a_plan_that_has_none_left(manager, place):
    Flag.objects.filter(plan=place.plan).delete()

    page = words(manager.get(f"{FLAGS}?plan={place.plan.code}"))

    assert "No flag fits these filters" in page
    assert "is not one of the choices" not in page


@pytest.mark.parametrize("junk", ["plan=%00", "severity=dire", "plan=" + "x" * 10_000])
def test_flags_answer_junk_with_a_sentence(manager, junk):
    response = manager.get(f"{FLAGS}?{junk}")

    assert response.status_code == 200
    assert "is not one of the choices" in words(response)


@pytest.mark.parametrize("page", ["0", "999", "x", "%00"])
def test_flags_answer_junk_pages(manager, page):
    assert manager.get(f"{FLAGS}?page={page}").status_code == 200


def test_flags_only_of_plans_in_scope(place):
    elsewhere = signed_in(plans.manager(country().plan.footprint))

    page = words(elsewhere.get(FLAGS))

    assert "No flags to act on" in page


def test_flags_are_not_for_administrators(administrator):
    assert administrator.get(FLAGS).status_code == 403


def test_flags_cleared_are_gone(manager, place):
    Flag.objects.filter(plan=place.plan).delete()

    assert "No open flags." in words(manager.get(FLAGS))


@pytest.mark.parametrize("number", [1, 6])
def test_flags_take_as_many_queries_for_few_as_for_many(
    reviewer, place, django_assert_num_queries, number
):
    for _ in range(number):
        country(practices=1)
    assess_plans(plan_ids=None, as_at=TODAY, now=NOW)

    with django_assert_num_queries(9):
        reviewer.get(FLAGS)


@pytest.mark.parametrize(
    ("key", "can_log", "words_of", "url"),
    [
        ("gp_breadth", True, "Open the missing list", "/plans/p/missing/"),
        ("lmc_reached", False, "See which LMCs are missing", "/plans/p/missing/?category=lmcs"),
        ("gp_seat", True, "Record the seats", "/plans/p/seats/"),
        ("lmc_saw_plan", True, "Record what is on paper", "/plans/p/papers/"),
        ("lmc_saw_plan", False, "See what would clear it", "/plans/p/#lmc_saw_plan"),
        ("gp_support_shown", True, "See what reviewers judged", "/plans/p/judgements/"),
        ("gp_seat", False, "See what would clear it", "/plans/p/#gp_seat"),
        ("recent", True, "Log engagement", "/events/log/?plan=p"),
        ("recent", False, "See what would clear it", "/plans/p/#recent"),
    ],
)
def test_next_step_is_one_that_the_reader_may_take(key, can_log, words_of, url):
    link = next_step(key, "p", "Place", can_log=can_log)

    assert (link.text, link.url) == (words_of, url)
