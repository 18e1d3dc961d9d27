"""The list of the responses to a consultation: filters, honest counts, paging."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.roles import Role
from consultations.models import Group, RespondentKind, Response
from consultations.queries.triage_list import ListFilters, filtered
from tests.factories import accounts, plans, stakeholders
from tests.factories import consultations as make

pytestmark = pytest.mark.django_db

SAME = "We all say the same here in the same words that somebody wrote for us to send"


@pytest.fixture
def asked():
    made = make.consultation(plans.plan(plans.footprint()))
    make.survey(made, "What do you need?")
    return made


@pytest.fixture
def reader(client):
    client.force_login(accounts.user(Role.REVIEWER))
    return client


def test_each_filter_finds_its_responses_and_no_others(asked):
    now = timezone.now()
    who = make.respondent(asked, group=Group.VCSE, organisation_name="Bolton Carers Forum",
                          kind=RespondentKind.ORGANISATION)  # fmt: skip
    wanted = make.waiting(
        asked, "More NURSES at night", by=who, route="paper", is_late=True,
        concerns=["email", "phone"],
    )  # fmt: skip
    done = make.response(asked, "Done", done_at=now, done_by=accounts.user())
    held = make.response(
        asked, "Held", moderation="held", moderation_reason="It attacks", done_at=now,
        done_by=accounts.user(),
    )  # fmt: skip
    again = make.response(asked, "Again", by=done.respondent, repeat_of=done)
    alike = [make.response(asked, SAME, fingerprint="f" * 64) for _ in range(2)]
    alone = make.response(asked, "Alone", fingerprint="a" * 64)
    make.waiting(make.consultation(asked.plan), "Of another consultation")
    everything = {wanted, done, held, again, *alike, alone}

    def found(**filters):
        return set(filtered(asked, ListFilters(**filters)))

    assert found() == everything
    for filters, expected in (
        ({"state": "waiting"}, {wanted}),
        ({"state": "held"}, {held}),
        ({"state": "cleared"}, everything - {wanted, held}),
        ({"state": "done"}, {done, held}),
        ({"state": "open"}, everything - {done, held}),
        ({"route": "paper"}, {wanted}),
        ({"group": "vcse"}, {wanted}),
        ({"late": "late"}, {wanted}),
        ({"late": "in-time"}, everything - {wanted}),
        ({"concern": "any"}, {wanted}),
        ({"concern": "phone"}, {wanted}),
        ({"concern": "nhs_number"}, set()),
        ({"campaign": "campaign"}, set(alike)),
        ({"campaign": "repeat"}, {again}),
        ({"campaign": "first"}, everything - {again, *alike}),
        ({"same_as": alike[0].pk}, set(alike)),
        ({"same_as": done.pk}, {done}),
        ({"words": "nurses at"}, {wanted}),
        ({"words": "carers forum"}, {wanted}),
        ({"words": "nowhere"}, set()),
        ({"words": "nurses", "state": "held"}, set()),
    ):
        assert found(**filters) == expected, filters


def test_distinct_organisations_come_before_raw_numbers(asked, reader):
    surgery = stakeholders.practice()
    one = make.for_organisation(asked, surgery)
    for _ in range(300):
        make.response(asked, SAME, by=one, fingerprint="f" * 64)
    Response.objects.filter(pk=one.responses.first().pk).update(done_at=timezone.now())

    page = reader.get(f"/consultations/{asked.pk}/responses/").text

    assert "1 organisation answered, in 300 responses." in page
    assert "299 responses are further ones of somebody who had answered" in page
    assert "Worked through: 1 of 300" in page


def test_what_was_wrong_is_said_and_the_list_stands(asked, reader):
    make.response(asked, "Here")
    page = reader.get(
        f"/consultations/{asked.pk}/responses/?state=x&campaign=y&concern=\0&q=" + "x" * 300
    ).text

    assert "“x” is not one of the choices" in page
    assert "Shorten it to 100 or fewer" in page
    empty = reader.get(f"/consultations/{asked.pk}/responses/?q=zzz").text
    assert "Clear a filter or search for other words." in empty
    assert reader.get(f"/consultations/{asked.pk}/responses/?campaign={10**30}").status_code == 200
    assert reader.get(f"/consultations/{asked.pk}/responses/?after=junk").status_code == 400


def test_pages_follow_one_another_and_take_as_many_queries_for_few_as_for_many(
    asked, reader, django_assert_num_queries
):
    day = timezone.localdate() - dt.timedelta(9)
    theme = make.theme(asked.plan)

    def fill(number):
        for place in range(number):
            sent = make.response(asked, f"Answer {place}", received_on=day)
            make.coding(sent.answers.get(), theme)

    address = f"/consultations/{asked.pk}/responses/"
    fill(3)
    with django_assert_num_queries(12):
        reader.get(address)
    fill(60)
    with django_assert_num_queries(12):
        page = reader.get(address)
    first = {line.url for line in page.context["lines"]}
    second = {line.url for line in reader.get(address + page.context["page"].next).context["lines"]}
    assert (len(first), len(second)) == (50, 13)
    assert not first & second


def test_nobody_is_led_to_work_they_may_not_do(asked, reader, client):
    make.waiting(asked, "Here")
    address = f"/consultations/{asked.pk}/responses/"

    assert "Work through them" not in reader.get(address).text
    client.force_login(plans.manager(asked.plan.footprint))
    assert "Work through them" in client.get(address).text
