"""Pages of a plan as at a past day, and as far as it had been recorded by another."""

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse

from readiness.models import Assessment, CriterionResult
from tests.factories import engagement, plans, readiness, stakeholders
from tests.readiness.country import TODAY, at, country
from tests.readiness.pages.conftest import signed_in, words

MAY = dt.date(2016, 5, 2)
JUNE = dt.date(2016, 6, 20)


def url(made, name: str = "readiness:dossier", **query: object) -> str:
    asked = "&".join(f"{key.replace('_', '-')}={value}" for key, value in query.items())
    return f"{reverse(name, args=[made.plan.code])}?{asked}"


@pytest.fixture
def late(place):
    """A meeting in May that was recorded in June, beside the one of today."""
    held = place.meeting(
        *place.practices[1:3], held_on=MAY, title="Told late", recorded_at=at(JUNE)
    )
    return place, held


@pytest.mark.parametrize(
    ("query", "figure"),
    [
        ({}, "1 of 5 practices"),
        ({"as_at": dt.date(2016, 5, 1)}, "0 of 5 practices"),
        ({"as_at": MAY}, "2 of 5 practices"),
        ({"as_at": MAY, "known": dt.date(2016, 6, 19)}, "0 of 5 practices"),
        ({"as_at": MAY, "known": JUNE}, "2 of 5 practices"),
        ({"as_at": dt.date(2016, 6, 30)}, "2 of 5 practices"),
    ],
)
def test_the_figures_are_those_of_the_day_as_they_were_known(reviewer, late, query, figure):
    place, _ = late

    assert f'wt-crit__figure">{figure}' in words(reviewer.get(url(place, **query)))


def test_a_record_withdrawn_since_counted_while_it_stood(reviewer, late):
    place, held = late
    held.withdrawn_at, held.withdrawn_reason = at(TODAY), "It was another plan."
    held.withdrawn_by = held.recorded_by
    held.save()

    assert "0 of 5 practices" in words(reviewer.get(url(place, as_at=MAY)))
    assert "2 of 5 practices" in words(reviewer.get(url(place, as_at=MAY, known=JUNE)))


def test_a_past_day_is_computed_and_nothing_is_stored(reviewer, late):
    place, _ = late
    before = (Assessment.objects.count(), CriterionResult.objects.count())

    page = words(reviewer.get(url(place, as_at=MAY)))

    assert "As at 2 May 2016, as it is recorded now." in page
    assert (
        f'<a href="{reverse("readiness:dossier", args=[place.plan.code])}">Back to today</a>'
        in page
    )
    assert "Submission on 21 October 2016, in 172 days" in page
    assert "As at 2 May 2016, worked out 1 July 2016, midday." in page
    assert (Assessment.objects.count(), CriterionResult.objects.count()) == before


def test_a_past_day_is_read_only(manager, late):
    place, _ = late

    page = words(manager.get(url(place, as_at=MAY)))
    list_of_day = words(manager.get(url(place, "readiness:missing", as_at=MAY)))
    seats = words(manager.get(url(place, "plans:seats", as_at=MAY)))

    assert f"{reverse('engagement:log')}?plan=" not in page
    assert "open flag" not in page
    assert "hx-trigger" not in page
    assert "Log engagement with ticked" not in list_of_day
    assert 'type="checkbox"' not in list_of_day
    assert "Add a seat" not in seats


def test_nobody_decides_or_lets_pass_on_a_past_day(reviewer, late):
    place, _ = late

    assert "Let it pass by exception" in words(reviewer.get(url(place)))
    page = words(reviewer.get(url(place, as_at=MAY)))
    assert "Let it pass by exception" not in page
    assert "Decide on this plan" not in page


def test_links_keep_the_day(reviewer, late):
    place, _ = late
    kept = "as-at=2016-05-02&amp;known=2016-06-20"

    page = reviewer.get(url(place, as_at=MAY, known=JUNE)).content.decode()
    missing = reviewer.get(url(place, "readiness:missing", as_at=MAY, known=JUNE)).content.decode()

    code = place.plan.code
    assert f'href="/plans/{code}/missing/?{kept}"' in page
    assert f'href="/plans/{code}/seats/?{kept}"' in page
    assert f'href="/plans/{code}/missing/?category=lmcs&amp;{kept}"' in missing
    assert f'href="/plans/{code}/missing.csv?{kept}"' in missing
    assert f'href="/plans/{code}/?{kept}"' in missing
    assert '<input type="hidden" name="as-at" value="2016-05-02"' in missing


def test_the_missing_list_of_a_day(reviewer, late):
    place, _ = late

    then = words(reviewer.get(url(place, "readiness:missing", as_at=MAY)))
    unknown = words(reviewer.get(url(place, "readiness:missing", as_at=MAY, known=MAY)))

    assert "3 of 5 practices not heard" in then
    assert "by 2 May 2016. Practices open on that day." in then
    assert "5 of 5 practices not heard" in unknown
    assert "As at 2 May 2016, as it had been recorded by 2 May 2016." in unknown


def test_the_file_of_a_day_says_so_in_its_name(reviewer, late):
    place, _ = late

    answer = reviewer.get(url(place, "readiness:missing-csv", as_at=MAY, known=MAY))
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))

    assert (
        f"missing-{place.plan.code}-2016-05-02-known-2016-05-02.csv"
        in answer["Content-Disposition"]
    )
    assert {row["Last attempt"] for row in rows} == {"Never tried"}
    assert len(rows) == 5


def test_the_list_of_a_day_says_nothing_of_what_was_tried_later(reviewer, place):
    page = words(reviewer.get(url(place, "readiness:missing", as_at=dt.date(2016, 6, 30))))

    assert "1 July 2016, attended" not in page


def test_the_seats_of_a_day(reviewer, place):
    seat = {"body": "Board", "capacity": "provider", "organisation": place.practices[0]}
    place.plan.seats.create(
        title="GP lead", valid_from=MAY, valid_to=JUNE, recorded_at=at(JUNE), **seat
    )
    place.plan.seats.create(title="GP deputy", valid_from=TODAY, **seat)

    then = words(reviewer.get(url(place, "plans:seats", as_at=MAY)))
    unknown = words(reviewer.get(url(place, "plans:seats", as_at=MAY, known=MAY)))

    assert "One of 1 person speaks for general practice." in then
    assert "GP deputy" not in then
    assert "GP lead" not in unknown


EVERY_PAGE = [
    "readiness:dossier",
    "readiness:missing",
    "readiness:judgements",
    "plans:seats",
    "plans:papers",
    "plans:shown",
]


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_a_day_that_cannot_be_shown_is_told_above_the_page_of_today(manager, place, name):
    page = words(manager.get(url(place, name, as_at="2030-01-01")))

    assert "Check the day" in page
    assert "1 January 2030 lies in the future." in page
    assert "Back to today" not in page


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_a_day_opens_no_plan_that_is_out_of_scope(place, name):
    elsewhere = signed_in(stakeholders.representative(country().lmc))

    assert elsewhere.get(url(place, name, as_at=MAY)).status_code == 404


def test_one_day_is_never_shown_for_another(reviewer, late):
    place, _ = late
    reviewer.get(url(place))
    today = reviewer.get(url(place))

    then = reviewer.get(url(place, as_at=MAY), headers={"if-none-match": today["ETag"]})
    unknown = reviewer.get(url(place, as_at=MAY, known=MAY))
    again = reviewer.get(url(place))

    assert then.status_code == 200
    assert "2 of 5 practices" in words(then)
    assert "0 of 5 practices" in words(unknown)
    assert "1 of 5 practices" in words(again)


def test_a_past_day_is_kept_until_something_is_recorded(reviewer, late):
    place, _ = late
    reviewer.get(url(place, as_at=MAY))
    kept = reviewer.get(url(place, as_at=MAY))["ETag"]

    same = reviewer.get(url(place, as_at=MAY), headers={"if-none-match": kept})
    place.plan.change_no += 1
    place.plan.save()
    changed = reviewer.get(url(place, as_at=MAY), headers={"if-none-match": kept})

    assert (same.status_code, changed.status_code) == (304, 200)


def test_the_form_offers_the_day_that_is_shown(reviewer, late):
    place, _ = late

    page = reviewer.get(url(place, as_at=MAY)).content.decode()

    assert "Show the plan as at another day" in page
    assert 'name="as-at" value="2 May 2016"' in page


def test_a_plan_that_no_policy_judges_is_shown_without_results(reviewer, place):
    place.plan.plan_type = "other"
    place.plan.save()

    page = words(reviewer.get(url(place, as_at=MAY)))

    assert "No policy judges a plan of this type." in page


@pytest.mark.parametrize(("practices", "meetings"), [(2, 1), (20, 8)])
@pytest.mark.parametrize(
    ("known", "queries"), [(None, (42, 7)), (TODAY - dt.timedelta(1), (45, 12))]
)
def test_a_past_day_takes_as_many_queries_for_little_as_for_much(
    place, django_assert_num_queries, practices, meetings, known, queries
):
    made = country(practices=practices)
    for number in range(meetings):
        held_on = TODAY - dt.timedelta(number + 2)
        made.meeting(made.lmc, *made.practices, held_on=held_on, recorded_at=at(held_on))
    client = signed_in(plans.manager(made.plan.footprint))
    asked = {"as_at": TODAY - dt.timedelta(1)} | ({"known": known} if known else {})

    with django_assert_num_queries(queries[0]):
        client.get(url(made, **asked))
    with django_assert_num_queries(queries[1]):
        client.get(url(made, "readiness:missing", **asked))


def test_others_in_the_matrix_are_those_known_then(reviewer, late):
    place, _ = late
    trust = stakeholders.organisation("trust", name="Acute Hospitals")
    plans.belong(trust, place.plan.footprint)
    engagement.took_part(trust, place.meeting(held_on=MAY, recorded_at=at(JUNE)))

    then = words(reviewer.get(url(place, as_at=MAY)))
    unknown = words(reviewer.get(url(place, as_at=MAY, known=MAY)))

    assert "2 May 2016, 0 days" in then
    assert "2 May 2016, 0 days" not in unknown


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_every_page_says_which_day_it_is_of(reviewer, place, name):
    page = words(reviewer.get(url(place, name, as_at=MAY, known=JUNE)))

    assert "As at 2 May 2016, as it had been recorded by 20 June 2016." in page
    assert "Back to today" in page
    assert f'href="/plans/{place.plan.code}/?as-at=2016-05-02&amp;known=2016-06-20"' in page or (
        name == "readiness:dossier"
    )


def test_a_judgement_withdrawn_since_stood_on_the_day(reviewer, place):
    given = readiness.judgement(place.plan, judged_on=MAY, recorded_at=at(MAY))
    given.withdrawn_at, given.withdrawn_reason = at(TODAY), "The section was another."
    given.withdrawn_by = given.recorded_by
    given.save()

    then = words(reviewer.get(url(place, "readiness:judgements", as_at=MAY, known=JUNE)))
    now = words(reviewer.get(url(place, "readiness:judgements")))
    before = words(reviewer.get(url(place, "readiness:judgements", as_at=dt.date(2016, 5, 1))))

    assert "Section 4" in then
    assert "Withdrawn" not in then
    assert "Withdrawn on 1 July 2016" in now
    assert "Section 4" not in before
