"""The missing list: who, where, what was last tried, the ticks and the file."""

import csv
import io

import pytest
from django.urls import reverse

from engagement.models import Channel, Level, Outcome, Status
from plans.models import Capacity
from readiness.presenters.missing_lines import last_words
from readiness.queries.pages.missing import LastContact
from stakeholders.models import Category
from tests.factories import plans, stakeholders
from tests.readiness.country import TODAY, country
from tests.readiness.pages.conftest import assessed, signed_in, words


def url(place, query: str = "", name: str = "missing") -> str:
    return f"{reverse(f'readiness:{name}', args=[place.plan.code])}?{query}"


def rows(response) -> list[dict[str, str]]:
    body = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(body)))


def test_missing_title_is_the_number(manager, place):
    page = words(manager.get(url(place)))

    assert "4 of 5 practices not heard" in page
    assert "They look after 24,000 patients, 80% of the footprint." in page
    assert "Hear 1 more practice." in page


def test_missing_lists_those_not_heard_largest_first(manager, place):
    largest = stakeholders.practice(place.commissioner, patients=20_000, name="The Large Surgery")

    page = manager.get(url(place)).content.decode()

    heard, missing = place.practices[0], place.practices[1]
    assert f'value="{heard.code}"' not in page
    assert page.index(f'value="{largest.code}"') < page.index(f'value="{missing.code}"')


def test_missing_ticks_send_codes_and_the_plan_to_the_log(manager, place):
    page = manager.get(url(place)).content.decode()

    assert f'<input type="hidden" name="plan" value="{place.plan.code}">' in page
    assert f'action="{reverse("engagement:log")}" method="post"' in page
    assert "Log engagement with ticked practices" in page

    answer = manager.post(
        reverse("engagement:log"),
        {"plan": place.plan.code, "organisation": [one.code for one in place.practices[1:3]]},
    )
    assert answer.status_code == 302


@pytest.mark.parametrize("who", ["reviewer", "lead"])
def test_missing_is_read_without_ticks_by_those_who_do_not_log(request, place, who):
    page = request.getfixturevalue(who).get(url(place)).content.decode()

    assert "4 of 5 practices not heard" in page
    assert 'type="checkbox"' not in page


def test_missing_outside_the_scope_is_not_found(place):
    elsewhere = signed_in(plans.manager(country().plan.footprint))

    assert elsewhere.get(url(place)).status_code == 404
    assert elsewhere.get(url(place, name="missing-csv")).status_code == 404


def test_missing_is_not_for_administrators(administrator, place):
    assert administrator.get(url(place)).status_code == 403


def test_missing_by_locality_is_also_the_filter(manager, place):
    page = manager.get(url(place, f"locality={place.commissioner.code}")).content.decode()

    assert "1 of 5" in page
    assert 'aria-current="true"' in page


def test_missing_lmcs_and_partners_have_lists_of_their_own(manager, place):
    trust = stakeholders.organisation(Category.TRUST, name="Acute Hospitals")
    plans.belong(trust, place.plan.footprint)

    lmcs = words(manager.get(url(place, "category=lmcs")))
    partners = words(manager.get(url(place, "category=others")))

    assert "0 of 1 LMC not heard" in lmcs
    assert "has been heard" in lmcs
    assert "Acute Hospitals" in partners
    assert "NHS trust" in partners
    assert "By name." in partners
    assert "Patients" not in partners


def test_missing_says_what_was_last_tried(manager, place):
    place.meeting(place.practices[0])
    told = place.meeting(level=Level.INFORM, channel=Channel.NEWSLETTER)
    told.participations.create(
        organisation=place.practices[1],
        capacity=Capacity.PROVIDER,
        outcome=Outcome.INFORMED,
        held_on=TODAY,
    )

    page = words(manager.get(url(place)))

    assert "Newsletter, 1 July 2016, was sent it" in page
    assert "Informed" in page
    assert "Never tried" in page


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, "Meeting, 1 July 2016, no response"),
        ({"status": Status.PLANNED}, "Meeting, 1 July 2016, planned"),
        ({"status": Status.CANCELLED}, "Meeting, 1 July 2016, cancelled"),
        ({"outcome": Outcome.APOLOGISED}, "Meeting, 1 July 2016, apologies"),
        (
            {"outcome": Outcome.ATTENDED, "capacity": Capacity.COMMISSIONER},
            "Meeting, 1 July 2016, attended as commissioner: does not count",
        ),
        (
            {"outcome": Outcome.ATTENDED, "level": Level.INFORM},
            "Meeting, 1 July 2016, attended, but was only informed",
        ),
    ],
)
def test_last_words_say_what_came_of_it(facts, expected):
    values = {
        "held_on": TODAY,
        "channel": Channel.MEETING,
        "status": Status.HAPPENED,
        "level": Level.CONSULT,
        "outcome": Outcome.ATTEMPTED,
        "capacity": Capacity.PROVIDER,
    }

    assert last_words(LastContact(**{**values, **facts}), today=TODAY) == expected


def test_missing_only_the_fewest(manager, place):
    page = words(manager.get(url(place, "fewest=1")))

    assert "1 practice not heard, the fewest that reach 40%" in page
    assert "Show everybody who is missing" in page


@pytest.mark.parametrize(
    "junk",
    [
        "locality=9Z9",
        "lmc=%00",
        "size=huge",
        "attempt=' OR 1=1--",
        "category=" + "x" * 10_000,
        "fewest=9",
    ],
)
def test_missing_answers_junk_with_a_sentence(manager, place, junk):
    response = manager.get(url(place, junk))

    assert response.status_code == 200
    assert "is not one of the choices" in words(response)


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "%00"])
def test_missing_answers_junk_pages(manager, place, page):
    assert manager.get(url(place, f"page={page}")).status_code == 200


def test_missing_says_when_everybody_was_heard(manager, place):
    place.meeting(*place.practices)

    page = words(manager.get(url(place)))

    assert "0 of 5 practices not heard" in page
    assert "Nobody is missing from this list today." in page


def test_missing_of_an_empty_footprint_says_what_to_do(place):
    empty = plans.plan(plans.footprint(name="Nowhere"))
    client = signed_in(plans.manager(empty.footprint))

    page = words(client.get(reverse("readiness:missing", args=[empty.code])))

    assert "No practices are recorded for Nowhere" in page
    assert "An administrator can import it." in page


def test_missing_pages_hold_fifty(place):
    big = country(practices=60)
    client = signed_in(plans.manager(big.plan.footprint))

    first, second = client.get(url(big)), client.get(url(big, "page=2"))

    assert "Showing 1 to 50 of 60" in words(first)
    assert "Showing 51 to 60 of 60" in words(second)


@pytest.mark.parametrize("practices", [3, 40])
def test_missing_takes_as_many_queries_for_few_practices_as_for_many(
    place, django_assert_num_queries, practices
):
    made = country(practices=practices)
    assessed(made)
    client = signed_in(plans.manager(made.plan.footprint))

    with django_assert_num_queries(9):
        client.get(url(made))
    with django_assert_num_queries(8):
        b"".join(client.get(url(made, name="missing-csv")).streaming_content)


def test_missing_file_has_the_same_filters(manager, place):
    stakeholders.practice(place.commissioner, name="=cmd|'/c calc'!A1", patients=12_000)

    response = manager.get(url(place, "size=large", name="missing-csv"))

    assert response.streaming
    assert (
        response["Content-Disposition"]
        == f'attachment; filename="missing-{place.plan.code}-2016-07-01.csv"'
    )
    found = rows(response)
    assert [row["Name"] for row in found] == ["'=cmd|'/c calc'!A1"]
    assert found[0]["Patients"] == "12000"
    assert found[0]["Last attempt"] == "Never tried"


def test_missing_file_begins_with_a_mark_that_excel_reads(manager, place):
    body = b"".join(manager.get(url(place, name="missing-csv")).streaming_content)

    assert body.startswith("\ufeffCode,Name".encode())


def test_chooser_shows_what_the_assessments_say(manager, place):
    page = words(manager.get("/missing/"))

    assert place.plan.footprint.name in page
    assert "4 of 5" in page
    assert "Nobody" in page


def test_chooser_without_plans_says_what_to_do(db):
    page = words(signed_in(plans.manager()).get("/missing/"))

    assert "No plans in your scope yet" in page


@pytest.mark.parametrize("number", [1, 8])
def test_chooser_takes_as_many_queries_for_few_plans_as_for_many(
    reviewer, django_assert_num_queries, number
):
    assessed(*[country(practices=1) for _ in range(number)])

    with django_assert_num_queries(5):
        reviewer.get("/missing/")
