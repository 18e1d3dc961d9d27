"""Seats and arrangements: listed for all in scope, kept by the footprint's managers."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from accounts.roles import Role
from engagement.models import Channel, Outcome, Status
from engagement.queries.boards import board_attendance
from plans.actions.seats import SeatFacts, add_seat, end_seat
from plans.models import Arrangement, BoardSeat, Capacity, Plan
from plans.presenters.seat_lines import bodies_in_order
from plans.queries.seats import organisations_named
from plans.rules.seats import Attendance
from stakeholders.models import Category
from tests.factories import accounts, engagement, plans, stakeholders

TODAY = dt.date(2016, 7, 1)
NOW = timezone.make_aware(dt.datetime.combine(TODAY, dt.time(12)))


@pytest.fixture(autouse=True)
def on_that_day():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def plan(db) -> Plan:
    return plans.plan(plans.footprint(name="Greater Manchester"))


@pytest.fixture
def lmc(db):
    return stakeholders.lmc(name="Bolton LMC", code="LMC045")


@pytest.fixture
def manager(plan, client) -> Client:
    client.force_login(plans.manager(plan.footprint))
    return client


@pytest.fixture
def reviewer(db) -> Client:
    opened = Client()
    opened.force_login(accounts.user(Role.REVIEWER))
    return opened


def url(plan: Plan, name: str = "seats", *args) -> str:
    return reverse(f"plans:{name}", args=[plan.code, *args])


def words(response) -> str:
    return " ".join(response.content.decode().split())


def seat_of(plan, organisation, **facts) -> BoardSeat:
    values = {
        "body": "Programme board",
        "title": "GP member",
        "capacity": Capacity.REPRESENTATIVE,
        "valid_from": dt.date(2016, 2, 1),
    }
    return BoardSeat.objects.create(plan=plan, organisation=organisation, **{**values, **facts})


SEAT = {
    "body": "Programme board",
    "title": "GP member",
    "organisation": "lmc045",
    "capacity": "representative",
    "voting": "yes",
    "valid_from": "1/2/2016",
}

ARRANGEMENT = {
    "organisation": "Healthwatch Bolton",
    "description": "Memorandum",
    "valid_from": "3 April 2016",
}


def test_seats_are_listed_with_what_counts(reviewer, plan, lmc):
    seat_of(plan, lmc)
    seat_of(plan, stakeholders.practice(name="The Surgery"), capacity=Capacity.COMMISSIONER)
    seat_of(plan, None, title="Vacant chair")

    page = words(reviewer.get(url(plan)))

    assert "One of 2 people speaks for general practice. 1 GP who sits for a commissioner" in page
    assert "Counts" in page
    assert "Does not count: sits as commissioner" in page
    assert "Vacant" in page
    assert "Add a seat" not in page


def test_seats_that_ended_are_kept_in_words(reviewer, plan, lmc):
    seat_of(plan, lmc, valid_to=dt.date(2016, 6, 30))

    page = words(reviewer.get(url(plan)))

    assert "Vacant since 1 July 2016, for 1 day" in page
    assert "Bolton LMC" in page
    assert "1 February 2016 to 30 June 2016" in page
    assert "No seats are recorded" in page


def test_add_seat_records_it_and_marks_the_plan(manager, plan, lmc):
    before = plan.change_no

    response = manager.post(url(plan, "seat-add"), SEAT, follow=True)

    seat = BoardSeat.objects.get(plan=plan)
    assert (seat.organisation, seat.voting, seat.valid_from) == (lmc, True, dt.date(2016, 2, 1))
    plan.refresh_from_db()
    assert plan.change_no == before + 1
    entry = AuditEntry.objects.get(object_type="plans.boardseat")
    assert (entry.verb, entry.became["body"]) == ("added", "Programme board")
    assert "The seat is recorded." in words(response)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"body": ""}, "Enter the board or body"),
        ({"capacity": ""}, "Choose the capacity in which the member sits"),
        ({"organisation": "XYZ"}, "“XYZ” is not an organisation open on 1 July 2016."),
        ({"valid_from": "2/7/2016"}, "The first day must be 1 July 2016 or earlier"),
        ({"valid_from": "soon"}, "The first day must be a real date"),
        ({"title": "x\x00y"}, "holds characters that cannot be read"),
        ({"title": "x" * 10_000}, "must be 120 characters or fewer"),
    ],
)
def test_add_seat_says_what_is_wrong_and_keeps_the_rest(manager, plan, lmc, changes, sentence):
    response = manager.post(url(plan, "seat-add"), {**SEAT, **changes})

    page = words(response)
    assert response.status_code == 200
    assert sentence in page
    assert page.count("There is a problem") == 1
    if "body" not in changes:
        assert 'value="Programme board"' in page
    assert not BoardSeat.objects.exists()


def test_add_seat_asks_which_of_several_organisations(manager, plan, lmc):
    stakeholders.organisation(Category.COUNCIL, name="Bolton Council", code="BOL")

    page = words(manager.post(url(plan, "seat-add"), {**SEAT, "organisation": "bolton"}))

    assert "could be Bolton Council (BOL) and Bolton LMC (LMC045)" in page


def test_a_seat_sent_twice_is_one_seat_and_one_entry(manager, plan, lmc):
    for _ in range(2):
        manager.post(url(plan, "seat-add"), SEAT)

    assert BoardSeat.objects.filter(plan=plan).count() == 1
    assert AuditEntry.objects.filter(object_type="plans.boardseat").count() == 1


def test_a_health_and_wellbeing_board_is_recorded_by_the_name_that_counts(manager, plan, lmc):
    manager.post(url(plan, "seat-add"), {**SEAT, "body": "Bolton Health & Well-being Board"})

    assert BoardSeat.objects.get(plan=plan).body == "Bolton Health and Wellbeing Board"


def test_add_seat_without_an_organisation_is_vacant(manager, plan):
    manager.post(url(plan, "seat-add"), {**SEAT, "organisation": ""})

    assert BoardSeat.objects.get(plan=plan).organisation is None


@pytest.mark.parametrize("ended", [False, True], ids=["recorded as vacant", "its holder left"])
def test_a_vacant_seat_is_filled_under_its_own_name(manager, reviewer, plan, lmc, ended):
    gone = dt.date(2016, 5, 31)
    seat = seat_of(
        plan,
        lmc if ended else None,
        title="GP & chair",
        voting=False,
        valid_to=gone if ended else None,
    )
    form = f"{url(plan, 'seat-add')}?fills={seat.pk}"
    assert f'<a href="{form}">Fill it' in words(manager.get(url(plan)))
    assert "Fill it" not in words(reviewer.get(url(plan)))
    opened = manager.get(form)
    assert "Fill the seat: GP &amp; chair, Programme board" in words(opened)
    assert set(opened.context["form"].fields) == {
        "organisation", "capacity", "voting", "valid_from",
    }  # fmt: skip

    typed = {"organisation": "LMC045", "capacity": Capacity.PROVIDER, "voting": "no"}
    early = words(manager.post(form, {**typed, "valid_from": "31/1/2016"}))
    assert "The first day must be" in early
    assert "Enter the organisation" in words(manager.post(form, {**typed, "organisation": ""}))
    first, second = (
        words(manager.post(form, {**typed, "valid_from": "10/6/2016"}, follow=True)) for _ in "12"
    )

    assert "The seat is filled." in first
    assert "Somebody holds this seat already." in second
    assert "Fill it" not in second
    seat.refresh_from_db()
    assert seat.valid_to == (gone if ended else dt.date(2016, 6, 9))
    held = BoardSeat.objects.exclude(pk=seat.pk).get()
    assert (held.body, held.title, held.organisation, held.capacity, held.voting) == (
        "Programme board", "GP & chair", lmc, Capacity.PROVIDER, False,
    )  # fmt: skip
    assert held.valid_from == dt.date(2016, 6, 10)
    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == (["added"] if ended else ["ended", "added"])


def test_a_seat_that_is_recorded_as_vacant_today_is_filled_today(manager, plan, lmc):
    seat = seat_of(plan, None, valid_from=TODAY)
    typed = {"organisation": "LMC045", "capacity": "provider", "voting": "yes"}

    manager.post(f"{url(plan, 'seat-add')}?fills={seat.pk}", {**typed, "valid_from": "1/7/2016"})

    seat.refresh_from_db()
    assert seat.valid_to == TODAY
    assert BoardSeat.objects.get(organisation=lmc).valid_from == TODAY


def test_the_seat_of_another_plan_is_not_filled(manager, plan, lmc):
    other = seat_of(plans.plan(plans.footprint(name="Elsewhere")), None)
    form = f"{url(plan, 'seat-add')}?fills={other.pk}"

    assert manager.get(form).status_code == manager.post(form, SEAT).status_code == 404
    assert manager.get(f"{url(plan, 'seat-add')}?fills=x%00").status_code == 200
    assert BoardSeat.objects.get() == other


def test_add_arrangement_records_it(manager, plan):
    trust = stakeholders.organisation(Category.HEALTHWATCH, name="Healthwatch Bolton")

    response = manager.post(url(plan, "arrangement-add"), ARRANGEMENT, follow=True)

    assert Arrangement.objects.get(plan=plan).organisation == trust
    assert "Memorandum" in words(response)
    manager.post(url(plan, "arrangement-add"), ARRANGEMENT)
    assert Arrangement.objects.count() == 1, "sent twice"
    assert AuditEntry.objects.filter(object_type="plans.arrangement").exists()


def test_end_seat_gives_it_a_last_day(manager, plan, lmc):
    seat = seat_of(plan, lmc)

    manager.post(url(plan, "seat-end", seat.pk), {"last_day": "30/6/2016"})

    seat.refresh_from_db()
    assert seat.valid_to == dt.date(2016, 6, 30)
    assert AuditEntry.objects.get(verb="ended").became == {"valid_to": "2016-06-30"}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1/1/2016", "The last day must be 1 February 2016 or later, because it began then"),
        ("2/7/2016", "The last day must be 1 July 2016 or earlier"),
        ("", "Enter the last day"),
    ],
)
def test_end_seat_refuses_days_that_cannot_be(manager, plan, lmc, typed, sentence):
    seat = seat_of(plan, lmc)

    assert sentence in words(manager.post(url(plan, "seat-end", seat.pk), {"last_day": typed}))


def test_end_seat_says_when_somebody_else_was_first(plan, lmc):
    person = plans.manager(plan.footprint)
    facts = SeatFacts(
        body="Board", title="GP", organisation=lmc, capacity="provider", voting=True,
        valid_from=dt.date(2016, 2, 1),
    )  # fmt: skip
    seat = add_seat(plan=plan, facts=facts, by=person, now=NOW)
    BoardSeat.objects.filter(pk=seat.pk).update(valid_to=TODAY)

    assert end_seat(seat=seat, last_day=TODAY, by=person, now=NOW) is False
    assert not AuditEntry.objects.filter(verb="ended").exists()


def test_end_arrangement_gives_it_a_last_day(manager, plan, lmc):
    one = Arrangement.objects.create(
        plan=plan, organisation=lmc, description="Memorandum", valid_from=dt.date(2016, 2, 1)
    )

    manager.post(url(plan, "arrangement-end", one.pk), {"last_day": "1 July 2016"})

    one.refresh_from_db()
    assert one.valid_to == TODAY


def test_end_of_another_plans_seat_is_not_found(manager, plan, lmc):
    elsewhere = plans.plan(plans.footprint())
    seat = seat_of(elsewhere, lmc)

    assert manager.get(url(plan, "seat-end", seat.pk)).status_code == 404
    assert manager.get(url(elsewhere, "seat-end", seat.pk)).status_code == 404


def test_seats_are_not_kept_by_readers(reviewer, plan, lmc):
    seat = seat_of(plan, lmc)

    for name, args in (("seat-add", []), ("arrangement-add", []), ("seat-end", [seat.pk])):
        assert reviewer.post(url(plan, name, *args), SEAT).status_code == 403


def test_a_manager_who_also_speaks_for_an_lmc_may_not_keep_the_seats_of_its_plan(plan, lmc):
    commissioner = stakeholders.commissioner()
    plans.belong(commissioner, plan.footprint)
    stakeholders.practice(commissioner, represented_by=lmc)
    person = plans.manager(plans.footprint())
    person.role_grants.create(role=Role.REPRESENTATIVE, valid_from=accounts.LONG_AGO)
    person.stakeholders_representatives.create(organisation=lmc, valid_from=accounts.LONG_AGO)
    client = Client()
    client.force_login(person)

    assert client.get(url(plan)).status_code == 200
    assert client.get(url(plan, "seat-add")).status_code == 403


@pytest.mark.parametrize("number", [1, 12])
def test_seats_take_as_many_queries_for_few_as_for_many(
    manager, plan, lmc, django_assert_num_queries, number
):
    for count in range(number):
        seat_of(plan, lmc, title=f"Seat {count}")
        Arrangement.objects.create(
            plan=plan, organisation=lmc, description=f"Paper {count}", valid_from=TODAY
        )

        made = engagement.event(plan, title=f"Meeting {count}", channel=Channel.BOARD)
        engagement.took_part(lmc, made)

    with django_assert_num_queries(9):
        page = words(manager.get(url(plan)))
    assert page.count(f"Came to {number} of {number} meeting") == number


def attendance_of(plan, seats) -> list[tuple[int, int, int, int, int]]:
    bodies = bodies_in_order(seats)
    found = board_attendance(plan=plan, seats=seats, bodies=bodies, day=TODAY)
    return [
        (one.meetings, one.present, one.apologies, one.absent, one.silent)
        for one in (found.get(seat.pk, Attendance()) for seat in seats)
    ]


def test_attendance_is_that_of_the_seats_own_holder_body_and_time(plan, lmc):
    one, other = (stakeholders.person(name=name) for name in ("Dr One", "Dr Other"))
    trust = stakeholders.organisation(Category.TRUST)
    hwb = "Health and Wellbeing Board"
    seats = [
        seat_of(plan, lmc, person=one, valid_from=dt.date(2016, 3, 1)),
        seat_of(plan, lmc, title="Deputy", valid_to=dt.date(2016, 4, 30)),
        seat_of(plan, trust, title="Trust member"),
        seat_of(plan, lmc, body=hwb, title="Observer"),
        seat_of(plan, None, title="Chair"),
    ]
    board = {"channel": Channel.BOARD}
    before, march, april, may = (
        engagement.event(plan, title="Board", held_on=dt.date(2016, month, 10), **board)
        for month in (2, 3, 4, 5)
    )
    of_hwb = engagement.event(plan, title=f"{hwb}, May", held_on=dt.date(2016, 5, 11), **board)
    forum = engagement.event(plan, title="Forum", held_on=dt.date(2016, 5, 12))
    planned = engagement.event(
        plan, title="Board", held_on=dt.date(2016, 8, 1), status=Status.PLANNED, **board
    )
    for event in (before, march, forum, planned):
        engagement.took_part(lmc, event, person=one)
    engagement.took_part(lmc, april, person=one, outcome=Outcome.APOLOGISED)
    engagement.took_part(lmc, april, person=other)
    engagement.took_part(lmc, may, person=other)
    engagement.took_part(lmc, of_hwb)
    engagement.took_part(trust, march, outcome=Outcome.NO_SHOW)

    assert attendance_of(plan, seats) == [
        (3, 1, 1, 0, 1),  # Dr One: March came, April sent apologies, May is not on the list
        (3, 3, 0, 0, 0),  # whoever came for the LMC, until its last day
        (4, 0, 0, 1, 3),
        (1, 1, 0, 0, 0),
        (0, 0, 0, 0, 0),
    ]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("lmc045", ["Bolton LMC"]),
        ("bolton lmc", ["Bolton LMC"]),
        ("bolt", ["Bolton Council", "Bolton LMC"]),
        ("closed", []),
        ("!!!", []),
    ],
)
def test_organisations_named(db, lmc, typed, names):
    stakeholders.organisation(Category.COUNCIL, name="Bolton Council")
    stakeholders.organisation(Category.TRUST, name="Closed Trust", closed_on=dt.date(2016, 6, 30))

    assert [one.name for one in organisations_named(typed, day=TODAY)] == names
