"""The list checked row by row: each sentence names the person or the organisation."""

import datetime as dt

import pytest

from engagement.forms.attendance import MOST_ROWS, RowProblem, row_problems
from engagement.queries.attendees import attendees
from engagement.rules.attendees import Row
from tests.factories import stakeholders

pytestmark = pytest.mark.django_db
DAY = dt.date(2016, 4, 3)


def row(organisation, person=None, capacity: str = "provider", outcome: str = "attended") -> Row:
    return Row(
        organisation=organisation.pk,
        person=person.pk if person else None,
        capacity=capacity,
        outcome=outcome,
    )


def problems(*rows: Row, status: str = "happened", day: dt.date = DAY) -> list[RowProblem]:
    return row_problems(list(rows), attendees(rows, day=day), status=status, day=day)


def messages(*rows: Row, **options) -> list[str]:
    return [one.message for one in problems(*rows, **options)]


def test_a_complete_list_has_no_problems() -> None:
    assert problems(row(stakeholders.practice())) == []


def test_a_missing_capacity_names_the_person() -> None:
    practice = stakeholders.practice()
    doctor = stakeholders.person("Dr Meera Joshi", at=practice)
    (problem,) = problems(row(practice, doctor, capacity=""))
    assert problem.message == "Choose the capacity in which Dr Meera Joshi took part"
    assert (problem.key, problem.field) == (f"{practice.pk}-{doctor.pk}", "capacity")


def test_a_missing_outcome_names_the_organisation() -> None:
    practice = stakeholders.practice(name="Lever Edge Surgery")
    assert messages(row(practice, outcome="")) == ["Choose what happened with Lever Edge Surgery"]


@pytest.mark.parametrize("junk", ["chair", "\u202eprovider", "x" * 10_000, "PROVIDER"])
def test_answers_that_are_no_choices_are_asked_again(junk: str) -> None:
    assert len(problems(row(stakeholders.practice(), capacity=junk, outcome=junk))) == 2


@pytest.mark.parametrize(
    ("status", "words"),
    [("planned", "is only planned"), ("cancelled", "did not happen"), ("tried", "did not happen")],
)
def test_nobody_attends_what_did_not_happen(status: str, words: str) -> None:
    practice = stakeholders.practice(name="Castle Surgery")
    (message,) = messages(row(practice), status=status)
    assert message == (
        f"Castle Surgery cannot be down as “attended”: what was to be on 3 April 2016 {words}"
    )


def test_an_organisation_closed_on_the_day_is_refused() -> None:
    closed = stakeholders.practice(
        code="A81001", name="The Surgery", closed_on=dt.date(2015, 3, 31)
    )
    assert messages(row(closed)) == [
        "The Surgery (A81001) closed on 31 March 2015. Correct the date or the code."
    ]


def test_one_person_in_two_capacities_is_refused() -> None:
    practice, ccg = stakeholders.practice(), stakeholders.commissioner()
    doctor = stakeholders.person("Dr Meera Joshi", at=practice)
    (message,) = messages(row(practice, doctor), row(ccg, doctor, capacity="commissioner"))
    assert message == (
        "Dr Meera Joshi is on the list as provider and commissioner. A person speaks for one side"
        " at an event: choose the same for both lines, or remove one"
    )


def test_a_happened_event_needs_somebody() -> None:
    assert messages() == ["Add at least one person or organisation that took part"]
    (message,) = messages(row(stakeholders.practice(), outcome="apologised"))
    assert message.startswith("Nobody on the list took part.")
    assert problems(row(stakeholders.practice(), outcome="informed")) == []


def test_a_planned_event_needs_nobody_yet_and_a_tried_one_whom() -> None:
    assert messages(status="planned") == []
    assert messages(status="cancelled") == []
    assert messages(status="tried") == ["Add whom you tried to reach"]


def test_only_commissioners_are_accepted() -> None:
    assert problems(row(stakeholders.commissioner(), capacity="commissioner")) == []


def test_a_row_of_nobody_in_the_register_is_to_be_removed() -> None:
    gone = Row(organisation=999_999, person=None, capacity="provider", outcome="attended")
    assert messages(gone) == ["Remove the line that is not in the register any more"]


def test_five_hundred_are_allowed_and_there_is_a_limit() -> None:
    practice = stakeholders.practice()
    people = [row(practice)] * (MOST_ROWS + 1)
    assert problems(*people[:500]) == []
    (message,) = messages(*people)
    assert message.startswith("The list has 1,001 lines.")


def test_somebody_who_had_left_is_refused_with_the_day() -> None:
    practice = stakeholders.practice(name="Castle Surgery")
    doctor = stakeholders.person("Dr Meera Joshi", at=practice)
    doctor.posts.update(valid_to=dt.date(2016, 3, 31))
    assert messages(row(practice, doctor)) == [
        "Dr Meera Joshi left Castle Surgery on 31 March 2016. Correct the date, or remove this"
        " line and add who was there"
    ]
    assert messages(row(practice, doctor), day=dt.date(2016, 3, 31)) == []
    doctor.posts.create(organisation=practice, title="Partner", valid_from=dt.date(2016, 4, 2))
    assert messages(row(practice, doctor)) == []


def test_somebody_who_had_no_post_yet_is_let_be() -> None:
    practice = stakeholders.practice()
    doctor = stakeholders.person(at=stakeholders.practice())
    assert messages(row(practice, doctor)) == []


def test_somebody_who_also_commissions_has_no_usual_capacity() -> None:
    practice, ccg = stakeholders.practice(), stakeholders.commissioner(name="Bolton CCG")
    doctor = stakeholders.person("Dr Meera Joshi", at=practice)
    doctor.posts.create(organisation=ccg, title="Board member", valid_from=dt.date(2016, 1, 1))
    (attendee,) = attendees([row(practice, doctor)], day=DAY).values()
    assert (attendee.capacity, attendee.also_at) == ("", ("Bolton CCG",))
    (before,) = attendees([row(practice, doctor)], day=dt.date(2015, 12, 31)).values()
    assert (before.capacity, before.also_at) == ("provider", ())


def test_what_is_known_takes_as_many_queries_for_many_as_for_few(django_assert_num_queries) -> None:
    rows = []
    for _ in range(40):
        practice = stakeholders.practice()
        rows.append(row(practice, stakeholders.person(at=practice)))
    for some in (rows[:2], rows):
        with django_assert_num_queries(5):
            attendees(some, day=DAY)
